/**
 * Calculation groups: a reference to a measure stands for the item that is selected in its filter context, with the
 * measure in the place of SELECTEDMEASURE.
 *
 * Each filter on a group is used up by the reference that it is applied to: in the item, and in all measures below, it
 * applies no more, though it can still be seen. A CALCULATE further in that selects an item makes a new filter, which
 * applies to the references in it (learn.microsoft.com, calculation groups, sideways recursion).
 */
import type { CalculationGroupPlan, MeasurePlan, Scalar } from '../../plan/plan.ts';
import { Stopped, stopped } from '../budget.ts';
import type { ItemFacet } from '../context/items.ts';
import { isFailure } from '../values/cells.ts';
import { matchKey } from '../values/compare.ts';
import { cellAt, constant, scatter, type Vector } from '../values/vector.ts';
import { batchOf, type Batch, type Context, type Scope } from './batch.ts';
import type { Job } from './job.ts';
import { startsOf } from './membership.ts';
import { filterValues } from './probes.ts';
import { columnOf } from './rows.ts';
import { all, type Task } from './task.ts';

interface Applied {
  /** Filters that were used up. */
  readonly facets: ReadonlySet<ItemFacet>;
  /** Groups whose expression for no selection was applied. */
  readonly none: ReadonlySet<CalculationGroupPlan>;
  /** Items that are being applied, outermost first: an item of a group to a measure. */
  readonly path: readonly Application[];
}

interface Application {
  readonly group: CalculationGroupPlan;
  readonly item: number;
  readonly measure: number;
}

const applied = new WeakMap<Batch, Applied>();
const nothing: Applied = { facets: new Set(), none: new Set(), path: [] };

function appliedIn(batch: Batch): Applied {
  for (let it: Batch | undefined = batch; it !== undefined; it = it.parent) {
    const found = applied.get(it);
    if (found !== undefined) return found;
  }
  return nothing;
}

export interface Referred {
  readonly index: number;
  readonly plan: MeasurePlan;
  readonly groups: readonly CalculationGroupPlan[];
}

type Evaluate = (job: Job, node: Scalar, context: Context) => Task<Vector>;

/** A measure where calculation groups may replace it. */
export function* measureWithGroups(job: Job, evaluate: Evaluate, it: Referred, context: Context): Task<Vector> {
  const { batch, depth } = context;
  for (const group of it.groups) {
    const state = appliedIn(batch);
    const facets = batch.filters.flatMap((filter) => filter.facets.filter(({ facet }) => facet.table === group.table));
    if (facets.length === 0) {
      if (group.none === null || state.none.has(group)) continue;
      const inner = marked(batch, undefined, { ...state, none: new Set([...state.none, group]) });
      return yield* evaluate(job, group.none, { batch: inner, scope: itemScope(it), depth });
    }
    if (facets.every((facet) => state.facets.has(facet))) continue;
    if (state.none.has(group)) throw stopped({ id: 'feature-not-supported', what: `a selection in ${group.table} below its expression for no selection` });
    // A filter that was replaced meanwhile is forgotten: set once more, it applies once more.
    const present = new Set(batch.filters.flatMap((filter) => filter.facets));
    const usedUp = new Set([...state.facets].filter((facet) => present.has(facet)).concat(facets));
    return yield* withSelection(job, evaluate, it, group, context, { ...state, facets: usedUp });
  }
  return yield* evaluate(job, it.plan.expression, { batch, scope: undefined, depth });
}

const itemScope = ({ index }: Referred): Scope => ({ kind: 'item', measure: index, outer: undefined });

/** Contexts of a batch in which a group counts as applied. */
function marked(batch: Batch, picks: Int32Array | undefined, state: Applied): Batch {
  const inner = batchOf(picks?.length ?? batch.size, batch.filters, batch, picks);
  applied.set(inner, state);
  return inner;
}

/** Sorts the contexts by what is selected in the group, and evaluates each part as its item says. */
function* withSelection(job: Job, evaluate: Evaluate, it: Referred, group: CalculationGroupPlan, context: Context, state: Applied): Task<Vector> {
  const { batch, depth } = context;
  const chosen = yield* itemsByContext(job, group, batch);
  const parts = new Map<number, number[]>();
  chosen.forEach((item, i) => {
    const list = parts.get(item);
    if (list === undefined) parts.set(item, [i]);
    else list.push(i);
  });
  const values = yield* all([...parts].map(function* ([item, list]): Task<{ readonly vector: Vector; readonly at: Int32Array }> {
    const at = Int32Array.from(list);
    const inner = marked(batch, list.length === batch.size ? undefined : at, { ...state, path: pathWith(state.path, { group, item, measure: it.index }) });
    const expression = group.items[item]?.expression ?? group.multipleOrEmpty;
    if (expression !== null) return { at, vector: yield* evaluate(job, expression, { batch: inner, scope: itemScope(it), depth }) };
    if (group.none !== null) throw stopped({ id: 'feature-not-supported', what: `a selection of several items of ${group.table}, which has an expression for no selection only,` });
    return { at, vector: yield* measureWithGroups(job, evaluate, it, { ...context, batch: inner }) };
  }));
  const [only] = values;
  return values.length === 1 && only !== undefined ? only.vector : values.length === 0 ? constant('blank', null, 0) : scatter(values, batch.size);
}

/** An item that is applied to a measure while it is being applied to it would be for ever. */
function pathWith(path: readonly Application[], next: Application): readonly Application[] {
  const again = path.findIndex((it) => it.group === next.group && it.item === next.item && it.measure === next.measure);
  if (again < 0) return [...path, next];
  const names = [...path.slice(again), next].map(({ group, item }) => `${group.table}[${group.items[item]?.name ?? group.column}]`);
  throw stopped({ id: 'circular-dependency', path: names.join(' → ') });
}

/** The place of the selected item for each context; -1 where several items, or none that there is, are selected. */
function* itemsByContext(job: Job, group: CalculationGroupPlan, batch: Batch): Task<readonly number[]> {
  const column = { table: group.table, column: group.column };
  const isNamed = batch.filters.some((filter) => filter.facets.some(({ facet }) => facet.table === group.table && (facet.kind === 'row' || facet.column === group.column)));
  if (!isNamed) throw stopped({ id: 'feature-not-supported', what: `a calculation group that is filtered by another column than ${group.table}[${group.column}]` });
  const rows = yield* filterValues(job, { op: 'filterValues', column, columns: [{ name: `${group.table}[${group.column}]`, lineage: column }] }, { batch, scope: undefined, depth: 0 });
  const names = yield* columnOf(rows.set, 0);
  const places = new Map(group.items.map((item, i) => [matchKey(item.name, 'string'), i]));
  const range = startsOf(rows, batch.size);
  return Array.from({ length: batch.size }, (_, i): number => {
    const [from, to] = range(i);
    if (to - from !== 1) return -1;
    const cell = cellAt(names, from);
    if (isFailure(cell)) throw new Stopped(cell);
    return places.get(matchKey(cell, names.type)) ?? -1;
  });
}

/** SELECTEDMEASURE and its kin. */
export function* selectedMeasure(
  job: Job, node: Extract<Scalar, { op: 'selectedMeasure' }>, context: Context,
  measure: (job: Job, node: Extract<Scalar, { op: 'measure' }>, context: Context) => Task<Vector>,
): Task<Vector> {
  const { size } = context.batch;
  let scope = context.scope;
  while (scope !== undefined && scope.kind !== 'item') scope = scope.outer;
  if (scope === undefined) throw new Error('no calculation item is in sight');
  const { measure: index } = scope;
  switch (node.question) {
    case 'value': return yield* measure(job, { op: 'measure', index, transition: node.transition, ...(node.at === undefined ? {} : { at: node.at }) }, context);
    case 'name': return constant('string', job.measures[index]?.name ?? '', size);
    case 'isOneOf': return constant('boolean', node.measures.includes(index), size);
    case 'format': {
      const format = job.measures[index]?.format;
      // What a metric without a format answers depends on its type, and is not documented.
      if (format === undefined) throw stopped({ id: 'feature-not-supported', what: 'SELECTEDMEASUREFORMATSTRING of a metric without a format' });
      return constant('string', format, size);
    }
  }
}
