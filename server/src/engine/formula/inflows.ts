/**
 * Filters that come from beyond the expanded table of what is counted.
 *
 * The visible rows beyond a relationship are asked for the values by which they meet the rows here; these values are one
 * more filter, told for each context where the contexts see different rows. What is asked for costs one scan a
 * relationship, however many contexts there are.
 */
import type { ColumnRef } from '../../plan/plan.ts';
import type { Inflow, ScanResult, ScanScope } from '../../plan/scan.ts';
import { stopped } from '../budget.ts';
import { allCombinations } from '../context/changes.ts';
import { itemOf, type FilterItem } from '../context/items.ts';
import { toCells, type Vector } from '../values/vector.ts';
import type { Batch } from './batch.ts';
import type { Job } from './job.ts';
import { answered } from './results.ts';
import { columnOf, type Spoiled } from './rows.ts';
import { scopeOf } from './scopes.ts';
import { all, ask, shareIn, shared, type Shared, type Task } from './task.ts';

/** A filter that came in: one for all contexts, or tuples for the contexts `contexts` leads to. */
export interface CameIn {
  readonly item: FilterItem;
  readonly owners: Int32Array;
  readonly contexts: Int32Array | undefined;
  readonly spoiled: Spoiled;
}

/** Over which relationships filters of the batch come in. */
export function inflowsInto(job: Job, batch: Batch, root: string, crossed: readonly number[]): readonly Inflow[] {
  const { catalog } = job.engine;
  const reach = catalog.expanded(root, batch.relationships, crossed);
  const beyond = new Set<string>();
  for (const item of batch.filters) for (const { facet } of item.facets) if (!reach.includes(facet.table)) beyond.add(facet.table);
  if (beyond.size === 0) return [];
  const inflows = catalog.inflows(root, [...beyond], batch.relationships, crossed);
  if ('id' in inflows) throw stopped(inflows);
  return inflows;
}

export const comeIn = (job: Job, batch: Batch, inflows: readonly Inflow[], crossed: readonly number[]): Task<CameIn[]> =>
  all(inflows.map((it) => cameIn(job, batch, it, [...crossed, it.relationship])));

/** What was asked of a scope, by column. */
const asked = new WeakMap<ScanScope, Map<string, Shared<ScanResult>>>();

function* cameIn(job: Job, batch: Batch, { from, key, into, limited }: Inflow, crossed: readonly number[]): Task<CameIn> {
  const { scope, contexts, spoiled } = yield* scopeOf(job, batch, from, !limited, crossed);
  const known = asked.get(scope) ?? new Map<string, Shared<ScanResult>>();
  asked.set(scope, known);
  const result = answered(yield* shareIn(known, `${key.table}\u0000${key.column}`, () => ask({ kind: 'groups', scope, by: [key] })), 'groups');
  const values = result.vectors[0] as Vector;
  if (limited) yield* refuseBlankPartners(job, values, into);
  const item = itemOf([{ facet: { kind: 'column', ...into }, base: undefined, cell: { ...shared<Vector>(), state: 'done', value: values }, *load() {
    return values;
  } }], values.length, { kind: 'all' });
  return { item, owners: result.owners, contexts, spoiled };
}

/** Whether BLANK meets BLANK over a many-to-many relationship is not documented. */
function* refuseBlankPartners(job: Job, values: Vector, into: ColumnRef): Task<void> {
  if (!toCells(values).includes(null)) return;
  const here = yield* columnOf((yield* allCombinations(job, [into])).set, 0);
  if (toCells(here).includes(null)) throw stopped({ id: 'feature-not-supported', what: 'a many-to-many relationship with BLANK on both sides' });
}
