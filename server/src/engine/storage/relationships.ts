/**
 * Relationships of a model: which tables a table reaches, how its rows point to theirs, and what is beyond what is
 * carried out.
 *
 * Only active many-to-one relationships in one direction extend a table. A filter that DAX would carry over any other
 * kind is told by `unsupportedReach`, so that nobody reads a number that lacks it.
 */
import type { RelationshipSpec } from '../../plan/database.ts';
import type { ColumnRef, RelationshipUse } from '../../plan/plan.ts';
import type { Reason } from '../../plan/values.ts';

/** A many-to-one relationship: each row of the `many` side points to one row of the `one` side. */
export interface Link {
  readonly many: ColumnRef;
  readonly one: ColumnRef;
  readonly active: boolean;
}

export interface Relationships {
  /** Every relationship that gives its one side a blank row for orphans, inactive ones included. */
  readonly links: readonly Link[];
  expanded(table: string): readonly string[];
  /** The links to follow from a table to another of its expanded table, or why there is no single way. */
  route(from: string, to: string): readonly Link[] | Reason;
  unsupportedReach(root: string, filtered: string): Reason | undefined;
  /** With some relationships in use instead of others between their tables; `links` have the same order. */
  using(inUse: readonly RelationshipUse[] | undefined): Relationships;
}

export function relationshipsOf(specs: readonly RelationshipSpec[]): Relationships {
  const links = specs.filter((it) => it.cardinality !== 'many-to-many').map(linkOf);
  const forward = new Map<string, Link[]>();
  for (const link of links) if (link.active) append(forward, link.many.table, link);
  const flows = flowsOf(specs);
  const expandedOf = memo((table: string): readonly string[] => {
    const found = [table];
    for (const it of found) for (const link of forward.get(it) ?? []) if (!found.includes(link.one.table)) found.push(link.one.table);
    return found;
  });
  const reachedBy = memo((filtered: string): ReadonlySet<string> => {
    const found = [filtered];
    for (const it of found) for (const next of flows.get(it) ?? []) if (!found.includes(next)) found.push(next);
    return new Set(found);
  });
  const others = new Map<string, Relationships>();
  const own: Relationships = {
    links,
    expanded: expandedOf,
    route(from, to) {
      const routes = routesBetween(forward, from, to, (it) => expandedOf(it).includes(to));
      const [only] = routes;
      if (only === undefined) return { id: 'feature-not-supported', what: `a relationship from ${from} to ${to} is` };
      return routes.length === 1 ? only : { id: 'feature-not-supported', what: `several ways over relationships from ${from} to ${to} are` };
    },
    unsupportedReach(root, filtered) {
      if (expandedOf(root).includes(filtered) || !reachedBy(filtered).has(root)) return undefined;
      return { id: 'feature-not-supported', what: 'filters over bidirectional, one-to-one and many-to-many relationships are' };
    },
    using(inUse) {
      if (inUse === undefined || inUse.length === 0) return own;
      const key = JSON.stringify(inUse);
      const known = others.get(key) ?? relationshipsOf(inUse.reduce(withUse, specs));
      others.set(key, known);
      return known;
    },
  };
  return own;
}

/** Between the two tables only this relationship is active. */
function withUse(specs: readonly RelationshipSpec[], { from, to }: RelationshipUse): readonly RelationshipSpec[] {
  const tables = [from.table, to.table];
  return specs.map((it) => {
    if (!tables.includes(it.from.table) || !tables.includes(it.to.table)) return it;
    return { ...it, active: sameColumn(it.from, from) && sameColumn(it.to, to) };
  });
}

const sameColumn = (a: ColumnRef, b: ColumnRef): boolean => a.table === b.table && a.column === b.column;

function linkOf(spec: RelationshipSpec): Link {
  return spec.cardinality === 'one-to-many'
    ? { many: spec.to, one: spec.from, active: spec.active }
    : { many: spec.from, one: spec.to, active: spec.active };
}

/** For each table the tables that a filter on it goes on to. */
function flowsOf(specs: readonly RelationshipSpec[]): ReadonlyMap<string, readonly string[]> {
  const flows = new Map<string, string[]>();
  for (const spec of specs) {
    if (!spec.active) continue;
    const { many, one } = linkOf(spec);
    append(flows, one.table, many.table);
    const both = spec.crossFilter === 'both' || spec.cardinality === 'one-to-one' || spec.cardinality === 'many-to-many';
    if (both) append(flows, many.table, one.table);
  }
  return flows;
}

/** Up to two ways from one table to another; more than one is ambiguous, however many there are. */
function routesBetween(
  forward: ReadonlyMap<string, readonly Link[]>, from: string, to: string, leadsThere: (table: string) => boolean,
): readonly (readonly Link[])[] {
  const found: (readonly Link[])[] = [];
  const walk = (table: string, taken: readonly Link[], seen: readonly string[]): void => {
    if (found.length > 1) return;
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
