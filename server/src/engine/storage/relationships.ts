/**
 * Relationships of a model: which tables a table reaches, and how its rows point to theirs.
 *
 * Active many-to-one and one-to-one relationships extend a table; a one-to-one relationship does so both ways. Filters
 * that come over other kinds of relationships, or against the direction, are the business of flows.ts.
 */
import type { RelationshipSpec } from '../../plan/database.ts';
import type { ColumnRef, Passing, RelationshipUse } from '../../plan/plan.ts';
import type { Inflow } from '../../plan/scan.ts';
import type { Reason } from '../../plan/values.ts';
import { stopped } from '../budget.ts';
import { inflowsOf, sourcesOf, type Flows } from './flows.ts';
import { prevailing, type Way } from './ways.ts';

/** Each row of the `many` side points to one row of the `one` side; a one-to-one relationship has a link each way. */
export interface Link {
  readonly many: ColumnRef;
  readonly one: ColumnRef;
  readonly active: boolean;
  /** Its relationship, by place among all. */
  readonly relationship: number;
  readonly isOneToOne: boolean;
}

export interface Relationships {
  /** Every relationship that gives its one side a blank row for orphans, inactive ones included. */
  readonly links: readonly Link[];
  /** @param crossed relationships over which it is not to lead */
  expanded(table: string, crossed?: readonly number[]): readonly string[];
  /** The tables whose filters come to a table, itself first. */
  sources(table: string): readonly string[];
  /** The links to follow from a table to another of its expanded table, or why there is no single way. */
  route(from: string, to: string): readonly Link[] | Reason;
  /** Where filters come in from beyond the expanded table. */
  inflows(root: string, filtered: readonly string[], crossed: readonly number[]): readonly Inflow[] | Reason;
  /** With some relationships in use instead of others between their tables; `links` have the same order. */
  using(inUse: readonly RelationshipUse[] | undefined): Relationships;
}

/** A relationship as it stands in a context. */
export interface Standing {
  readonly spec: RelationshipSpec;
  readonly active: boolean;
  readonly passing: Passing;
  /** More than 0 where USERELATIONSHIP names it. */
  readonly weight: number;
}

export function relationshipsOf(specs: readonly RelationshipSpec[]): Relationships {
  const others = new Map<string, Relationships>();
  const own = relationshipsIn(specs.map((spec) => ({ spec, active: spec.active, passing: passingOf(spec), weight: 0 })), (inUse) => {
    if (inUse === undefined || inUse.length === 0) return own;
    const key = JSON.stringify(inUse);
    const known = others.get(key) ?? withUses(specs, inUse);
    others.set(key, known);
    return known;
  });
  const withUses = (all: readonly RelationshipSpec[], inUse: readonly RelationshipUse[]): Relationships =>
    relationshipsIn(all.map((spec) => standingOf(spec, inUse)), own.using);
  return own;
}

function relationshipsIn(all: readonly Standing[], using: Relationships['using']): Relationships {
  const links = all.flatMap(linksOf);
  const forward = new Map<string, Link[]>();
  for (const link of links) if (link.active) append(forward, link.many.table, link);
  const expandedBy = memo((key: string): readonly string[] => {
    const [table, ...crossed] = JSON.parse(key) as [string, ...number[]];
    const found = [table];
    for (const it of found) {
      for (const link of forward.get(it) ?? []) if (!crossed.includes(link.relationship) && !found.includes(link.one.table)) found.push(link.one.table);
    }
    return found;
  });
  const wholly = memo((table: string) => expandedBy(JSON.stringify([table])));
  const expandedOf = (table: string, crossed: readonly number[] = []): readonly string[] =>
    (crossed.length === 0 ? wholly(table) : expandedBy(JSON.stringify([table, ...crossed])));
  const routeBy = memo((key: string): readonly Link[] | Reason => {
    const [from, to] = JSON.parse(key) as [string, string];
    const routes = routesBetween(forward, from, to, (it) => expandedOf(it).includes(to));
    if (routes.length === 0) return { id: 'feature-not-supported', what: `a relationship from ${from} to ${to}` };
    return prevailing(routes.map((it) => wayOf(all, from, it))) ?? ambiguous(to, from, routes.map((it) => wayOf(all, from, it)));
  });
  const route = (from: string, to: string): readonly Link[] | Reason => routeBy(JSON.stringify([from, to]));
  const flows: Flows = { all, expanded: expandedOf, route };
  const sources = memo((table: string) => sourcesOf(flows, table));
  const inflows = memo((key: string): readonly Inflow[] | Reason => {
    const [root, filtered, crossed] = JSON.parse(key) as [string, string[], number[]];
    return inflowsOf(flows, root, filtered, crossed);
  });
  return {
    links, route, sources, using,
    expanded: expandedOf,
    inflows: (root, filtered, crossed) => inflows(JSON.stringify([root, [...filtered].sort(), crossed])),
  };
}

const wayOf = (all: readonly Standing[], from: string, links: readonly Link[]): Way<readonly Link[]> => ({
  tables: [from, ...links.map((it) => it.one.table)],
  hops: links.map((it) => ({ relationship: it.relationship, kind: it.isOneToOne ? 'one-to-one' : 'one-to-many', weight: all[it.relationship]?.weight ?? 0 })),
  of: links,
});

/** Why filters of `from` do not come to `to`: the ways that are equal. */
export function ambiguous(from: string, to: string, ways: readonly Way<unknown>[]): Reason {
  const shown = ways.slice(0, 2).map((it) => (it.tables[0] === from ? it.tables : [...it.tables].reverse()).join(' → '));
  return { id: 'type-error', detail: `filters on ${from} come to ${to} by several ways, and none prevails: ${shown.join(' and ')}` };
}

/** What modifiers, the innermost last, make of a relationship. */
function standingOf(spec: RelationshipSpec, inUse: readonly RelationshipUse[]): Standing {
  let active = spec.active;
  let weight = 0;
  let given: Passing | undefined;
  const tables = [spec.from.table, spec.to.table];
  for (const use of inUse) {
    const isThis = sameColumn(spec.from, use.from) && sameColumn(spec.to, use.to);
    if (use.passing !== undefined) {
      if (isThis) given = use.passing;
      continue;
    }
    if (!tables.includes(use.from.table) || !tables.includes(use.to.table)) continue;
    active = isThis;
    weight = isThis ? (use.level ?? 1) : 0;
  }
  // Whether CROSSFILTER puts a relationship in use is not documented.
  if (given !== undefined && given !== 'none' && !active) throw stopped({ id: 'feature-not-supported', what: 'CROSSFILTER of a relationship that is not active' });
  const passing = given ?? passingOf(spec);
  return { spec, active: active && passing !== 'none', passing, weight };
}

const passingOf = (spec: RelationshipSpec): Passing => {
  if (spec.cardinality === 'one-to-one' || spec.crossFilter === 'both') return 'both';
  // Of a many-to-many relationship that filters one way, the rows of the `to` side filter those of the `from` side.
  return spec.cardinality === 'many-to-many' ? 'toFiltersFrom' : 'single';
};

export const sameColumn = (a: ColumnRef, b: ColumnRef): boolean => a.table === b.table && a.column === b.column;

function linksOf({ spec, active }: Standing, relationship: number): readonly Link[] {
  const { from, to } = spec;
  switch (spec.cardinality) {
    case 'many-to-many': return [];
    case 'one-to-many': return [{ many: to, one: from, active, relationship, isOneToOne: false }];
    case 'many-to-one': return [{ many: from, one: to, active, relationship, isOneToOne: false }];
    case 'one-to-one': return [{ many: from, one: to, active, relationship, isOneToOne: true }, { many: to, one: from, active, relationship, isOneToOne: true }];
  }
}

/** Some ways from one table to another, over links from many to one. */
function routesBetween(
  forward: ReadonlyMap<string, readonly Link[]>, from: string, to: string, leadsThere: (table: string) => boolean,
): readonly (readonly Link[])[] {
  const found: (readonly Link[])[] = [];
  const walk = (table: string, taken: readonly Link[], seen: readonly string[]): void => {
    if (found.length >= MAX_WAYS) return;
    if (table === to) {
      found.push(taken);
      return;
    }
    for (const link of forward.get(table) ?? []) {
      if (!seen.includes(link.one.table) && leadsThere(link.one.table)) walk(link.one.table, [...taken, link], [...seen, link.one.table]);
    }
  };
  walk(from, [], [from]);
  return found;
}

/** More ways than these are not told apart. */
export const MAX_WAYS = 64;

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function memo<V>(make: (key: string) => V): (key: string) => V {
  const made = new Map<string, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
