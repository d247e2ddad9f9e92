/** Questions about the filter context itself: ISFILTERED, ISCROSSFILTERED, HASONEFILTER, ISINSCOPE, and the values of FILTERS. */
import { assertNever } from '../../base/assertNever.ts';
import type { ColumnRef, Relation, Scalar } from '../../plan/plan.ts';
import type { Cell } from '../../plan/values.ts';
import { Stopped, stopped } from '../budget.ts';
import { loadFacet, type FilterItem, type ItemFacet } from '../context/items.ts';
import { failureOf, isFailure } from '../values/cells.ts';
import { matchKey } from '../values/compare.ts';
import { cellAt, cellsVector, constant, type Vector } from '../values/vector.ts';
import { composeIndex, originIn, type Batch, type Context } from './batch.ts';
import { inflowsInto } from './inflows.ts';
import type { Job } from './job.ts';
import { startsOf } from './membership.ts';
import { vectorOf } from './results.ts';
import { madeRows, rowsOf, type Rows } from './rows.ts';
import { all, ask, type Task } from './task.ts';

type Probe = Extract<Scalar, { op: 'probe' }>;

/** Filters that SUMMARIZECOLUMNS made of the columns it groups by. */
const groupings = new WeakSet<FilterItem>();

/** Remembers that a filter stands for a group, so that its columns are in scope. */
export function markGrouping(item: FilterItem): FilterItem {
  groupings.add(item);
  return item;
}

export function* probe(job: Job, node: Probe, { batch }: Context): Task<Vector> {
  switch (node.question) {
    case 'filtered': return constant('boolean', directFacets(batch, node).length > 0, batch.size);
    case 'crossFiltered': return constant('boolean', isReached(job, batch, node.table), batch.size);
    case 'inScope': return constant('boolean', isInScope(batch, node), batch.size);
    case 'oneFilter': return yield* hasOneFilter(job, node, batch);
    default: return assertNever(node.question);
  }
}

interface Direct {
  readonly item: FilterItem;
  readonly facet: ItemFacet;
}

/** The filters on a column itself, or without a column on any of a table; whole rows filter every column of their table. */
function directFacets(batch: Batch, { table, column }: Pick<Probe, 'table' | 'column'>): readonly Direct[] {
  const found = batch.filters.flatMap((item) => item.facets.flatMap((facet): readonly Direct[] => {
    const its = facet.facet;
    return its.table === table && (its.kind === 'row' || column === null || its.column === column) ? [{ item, facet }] : [];
  }));
  // Rows of another table filter this one through its expanded table; no page says whether that is a filter on the column.
  const certain = found.filter(({ facet }) => facet.base === undefined || facet.base.table === table);
  if (certain.length === 0 && found.length > 0) throw stopped({ id: 'feature-not-supported', what: 'a question about a filter that is a table leading to this one' });
  return certain;
}

function isReached(job: Job, batch: Batch, table: string): boolean {
  const { catalog } = job.engine;
  const reach = catalog.expanded(table, batch.relationships);
  const filtering = [...new Set(batch.filters.flatMap((item) => item.facets.map((it) => it.facet.table)))];
  return filtering.some((it) => reach.includes(it)) || inflowsInto(job, batch, table, []).length > 0;
}

/** A column that a query groups by is in scope; without a filter on it no column is. */
function isInScope(batch: Batch, node: Probe): boolean {
  const direct = directFacets(batch, node);
  if (direct.length === 0) return false;
  if (direct.some(({ item }) => groupings.has(item))) return true;
  throw stopped({ id: 'feature-not-supported', what: 'ISINSCOPE of a column that is filtered but not grouped by' });
}

function* hasOneFilter(job: Job, node: Probe, batch: Batch): Task<Vector> {
  if (node.column === null || directFacets(batch, node).length === 0) return constant('boolean', false, batch.size);
  const rows = yield* valuesFiltered(job, { table: node.table, column: node.column }, batch);
  const range = startsOf(rows, batch.size);
  return cellsVector('boolean', Array.from({ length: batch.size }, (_, i): Cell => {
    const [from, to] = range(i);
    return to - from === 1;
  }));
}

/** FILTERS(T[c]): the values that the filters on the column itself let through. */
export function filterValues(job: Job, node: Extract<Relation, { op: 'filterValues' }>, { batch }: Context): Task<Rows> {
  return valuesFiltered(job, node.column, batch);
}

function* valuesFiltered(job: Job, column: ColumnRef, batch: Batch): Task<Rows> {
  const direct = directFacets(batch, { table: column.table, column: column.column });
  if (direct.length === 0) throw stopped({ id: 'feature-not-supported', what: 'FILTERS of a column without a filter' });
  const lists = yield* all(direct.map((it) => valuesByContext(it, column, batch)));
  const cells: Cell[] = [];
  const owners: number[] = [];
  for (let i = 0; i < batch.size; i++) {
    job.budget.poll();
    const [first, ...others] = lists.map((it) => it.valuesOf(i));
    const kept = [...(first ?? new Map<string | null, Cell>())].filter(([key]) => others.every((it) => it.has(key)));
    job.budget.reserveRows(cells.length + kept.length, 16);
    for (const [, cell] of kept) {
      cells.push(cell);
      owners.push(i);
    }
  }
  const name = `${column.table}[${column.column}]`;
  const set = madeRows([{ name, lineage: column }], [cellsVector(lists[0]?.vector.type ?? 'blank', cells)], cells.length);
  return rowsOf(set, Int32Array.from(owners));
}

interface ValuesByContext {
  readonly vector: Vector;
  /** The distinct values for a context. */
  valuesOf(context: number): ReadonlyMap<string | null, Cell>;
}

function* valuesByContext({ item, facet }: Direct, column: ColumnRef, batch: Batch): Task<ValuesByContext> {
  const loaded = yield* loadFacet(facet);
  const vector = loaded instanceof Int32Array
    ? vectorOf(yield* ask({ kind: 'gather', table: column.table, rows: loaded, target: { kind: 'column', ...column } }), loaded.length)
    : loaded;
  const { spread } = item;
  const distinct = (from: number, to: number): ReadonlyMap<string | null, Cell> => {
    const values = new Map<string | null, Cell>();
    for (let tuple = from; tuple < to; tuple++) {
      const cell = cellAt(vector, tuple);
      const failure = isFailure(cell) ? failureOf([cell]) : undefined;
      if (failure !== undefined) throw new Stopped(failure);
      values.set(matchKey(cell, vector.type), cell);
    }
    return values;
  };
  if (spread.kind === 'all') {
    const values = distinct(0, item.count);
    return { vector, valuesOf: () => values };
  }
  const origin = originIn(batch, spread.batch);
  if (spread.kind === 'one') {
    const index = composeIndex(origin, spread.index);
    return { vector, valuesOf: (i) => distinct(index?.[i] ?? i, (index?.[i] ?? i) + 1) };
  }
  const { owners } = spread;
  const starts = new Map<number, readonly [from: number, to: number]>();
  owners.forEach((owner, tuple) => starts.set(owner, [starts.get(owner)?.[0] ?? tuple, tuple + 1]));
  return { vector, valuesOf: (i) => distinct(...(starts.get(origin?.[i] ?? i) ?? [0, 0])) };
}
