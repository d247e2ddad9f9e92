/**
 * How filters come from table to table over relationships of every kind.
 *
 * Filters on the expanded table of what is counted reach it row by row. All other filters come in at some table of the
 * expanded table: from the many side of a relationship that filters both ways, or over a many-to-many relationship.
 * There the rows that are visible beyond the relationship tell which rows are visible here.
 */
import type { Inflow } from '../../plan/scan.ts';
import type { Reason } from '../../plan/values.ts';
import { ambiguous, MAX_WAYS, type Link, type Standing } from './relationships.ts';
import { prevailing, type HopKind, type Way } from './ways.ts';

export interface Flows {
  readonly all: readonly Standing[];
  expanded(table: string, crossed?: readonly number[]): readonly string[];
  route(from: string, to: string): readonly Link[] | Reason;
}

/** A relationship as a filter passes it. */
interface Step {
  readonly relationship: number;
  readonly from: string;
  readonly to: string;
  readonly kind: HopKind;
}

/** The steps by which filters pass a relationship. */
function stepsOf({ spec, active, passing }: Standing, relationship: number): readonly Step[] {
  if (!active || passing === 'none') return [];
  const [a, b] = [spec.from.table, spec.to.table];
  const step = (from: string, to: string, kind: HopKind): Step => ({ relationship, from, to, kind });
  switch (spec.cardinality) {
    case 'one-to-one': return [step(a, b, 'one-to-one'), step(b, a, 'one-to-one')];
    case 'many-to-many': return [
      ...(passing === 'fromFiltersTo' || passing === 'both' ? [step(a, b, 'many-to-many')] : []),
      ...(passing === 'toFiltersFrom' || passing === 'both' ? [step(b, a, 'many-to-many')] : []),
    ];
    case 'many-to-one': return [step(b, a, 'one-to-many'), ...(passing === 'both' ? [step(a, b, 'many-to-one')] : [])];
    case 'one-to-many': return [step(a, b, 'one-to-many'), ...(passing === 'both' ? [step(b, a, 'many-to-one')] : [])];
  }
}

export function sourcesOf({ all }: Flows, table: string): readonly string[] {
  const steps = all.flatMap(stepsOf);
  const found = [table];
  for (const it of found) for (const step of steps) if (step.to === it && !found.includes(step.from)) found.push(step.from);
  return found;
}

export function inflowsOf(flows: Flows, root: string, filtered: readonly string[], crossed: readonly number[]): readonly Inflow[] | Reason {
  const steps = flows.all.flatMap(stepsOf).filter((it) => !crossed.includes(it.relationship));
  const reach = flows.expanded(root, crossed);
  const found = new Map<number, Inflow>();
  for (const table of filtered) {
    if (reach.includes(table)) continue;
    const ways = waysBetween(flows, steps, table, root);
    if (ways.length === 0) continue;
    const way = ways.length >= MAX_WAYS ? undefined : prevailing(ways);
    if (way === undefined) return ambiguous(table, root, ways);
    const inflow = inflowOf(flows, way, reach);
    if ('id' in inflow) return inflow;
    found.set(inflow.relationship, inflow);
  }
  return [...found.values()];
}

/** The ways that a filter can take, without passing a table twice. */
function waysBetween({ all }: Flows, steps: readonly Step[], from: string, to: string): readonly Way<readonly Step[]>[] {
  const found: Way<readonly Step[]>[] = [];
  const near = leadingTo(steps, to);
  const walk = (table: string, taken: readonly Step[], seen: readonly string[]): void => {
    if (found.length >= MAX_WAYS) return;
    if (table === to) {
      found.push({ tables: seen, hops: taken.map(({ relationship, kind }) => ({ relationship, kind, weight: all[relationship]?.weight ?? 0 })), of: taken });
      return;
    }
    for (const step of steps) {
      if (step.from === table && near.has(step.to) && !seen.includes(step.to)) walk(step.to, [...taken, step], [...seen, step.to]);
    }
  };
  walk(from, [], [from]);
  return found;
}

function leadingTo(steps: readonly Step[], to: string): ReadonlySet<string> {
  const found = new Set([to]);
  for (const it of found) for (const step of steps) if (step.to === it) found.add(step.from);
  return found;
}

/** The last step of a way that comes from beyond the expanded table. */
function inflowOf(flows: Flows, way: readonly Step[], reach: readonly string[]): Inflow | Reason {
  const last = way.findLastIndex((it) => !reach.includes(it.from));
  const entry = way[last];
  const standing = entry === undefined ? undefined : flows.all[entry.relationship];
  if (entry === undefined || standing === undefined) throw new Error('a way that comes from nowhere');
  const within = way.slice(last + 1);
  // Beyond the entry, rows find each other over the relationships that extend the root.
  const root = way.at(-1)?.to ?? entry.to;
  if (!isRoute(flows.route(root, entry.to), within.map((it) => it.relationship).reverse())) return otherWay(entry.to, root);
  const { spec } = standing;
  const [here, there] = spec.from.table === entry.from ? [spec.to, spec.from] : [spec.from, spec.to];
  const { relationship, from } = entry;
  if (entry.kind === 'many-to-many') return { relationship, from, key: there, into: here, limited: true };
  if (!isRoute(flows.route(from, entry.to), [relationship])) return otherWay(from, entry.to);
  return { relationship, from, key: here, into: here, limited: false };
}

const isRoute = (route: readonly Link[] | Reason, wanted: readonly number[]): boolean =>
  !('id' in route) && route.length === wanted.length && route.every((it, i) => it.relationship === wanted[i]);

const otherWay = (from: string, to: string): Reason => ({ id: 'feature-not-supported', what: `filters from ${from} to ${to} by another way than rows lead`, verb: 'are' });
