/**
 * ALLSELECTED as a table.
 *
 * Of a table: its rows where the innermost shadows have come back; other filters stay. Several columns are the
 * combinations in those rows (dax.guide/allselected). One column is different: its values in the innermost shadow that
 * filters it, whatever else is filtered. Where pages differ, the readings are compared and must agree.
 */
import type { ColumnRef, Relation } from '../../plan/plan.ts';
import { changeContext, type Evaluate } from '../context/changes.ts';
import { columnSet, hasColumn, type ColumnSet } from '../context/columnSet.ts';
import { filteredColumns, onlyColumns, type FilterItem } from '../context/items.ts';
import { matchKey } from '../values/compare.ts';
import { cellAt } from '../values/vector.ts';
import { rowsFilter, unclear } from './allSelected.ts';
import { batchOf, type Context } from './batch.ts';
import type { Job } from './job.ts';
import { startsOf } from './membership.ts';
import { distinctValues, scanRows } from './relations.ts';
import { columnsOf, type Rows } from './rows.ts';
import { shadowsAround, type Shadow } from './shadows.ts';
import { all, both, type Task } from './task.ts';

type Node = Extract<Relation, { op: 'allSelected' }>;

export function* allSelectedRows(job: Job, evaluate: Evaluate, node: Node, context: Context): Task<Rows> {
  const columns = node.columns.flatMap((it) => (it.lineage === undefined ? [] : [it.lineage]));
  const [only] = columns;
  if (!node.whole && columns.length === 1 && only !== undefined) return yield* selectedValues(job, only, context);
  const { context: inner } = yield* changeContext(job, evaluate, [{ change: 'allSelected', columns: null, table: node.source }], [], context);
  const read = (blankRow: boolean): Task<Rows> =>
    node.whole ? scanRows(job, { source: node.source, columns: node.columns, blankRow }, inner) : distinctValues(job, columns, blankRow, inner);
  const [withBlank, without] = yield* both(read(true), read(false));
  // Whether the row that orphans point to is among them is not documented.
  if (withBlank.set.length !== without.set.length) throw unclear(`of ${node.source}, to whose blank row rows of other tables point,`);
  return without;
}

/** The values of one column. */
function* selectedValues(job: Job, column: ColumnRef, context: Context): Task<Rows> {
  const { batch } = context;
  const { catalog } = job.engine;
  const its = columnSet([column]);
  const filters = (items: readonly FilterItem[]): readonly FilterItem[] => items.flatMap((it) => onlyColumns(it, its, catalog) ?? []);
  const shadows = shadowsAround(batch);
  const isCast = (it: Shadow): boolean => it.kind === 'unclear' || filtersOf(it, job).some((set) => hasColumn(set, column.table, column.column));
  const nearest = shadows.find(isCast) ?? shadows.find((it) => it.kind === 'groups');
  if (nearest?.kind === 'unclear') throw unclear(nearest.what);
  if (nearest?.kind === 'rows') return yield* valuesUnder(job, column, filters([rowsFilter(nearest.rows, nearest.outer, catalog)]), context);
  const own = filters(batch.filters);
  if (nearest === undefined) return yield* agreed(job, column, own.length === 0 ? [[]] : [[], own], context);
  const known = new Set([...nearest.outer.filters, ...nearest.groups.filters]);
  if (batch.filters.some((it) => !known.has(it) && onlyColumns(it, its, catalog) !== undefined)) throw unclear('of a column that is filtered inside the query\'s groups');
  return yield* agreed(job, column, [filters(nearest.outer.filters), nearest.outer.filters], context);
}

function filtersOf(shadow: Exclude<Shadow, { kind: 'unclear' }> | Shadow, job: Job): readonly ColumnSet[] {
  if (shadow.kind === 'unclear') return [];
  if (shadow.kind === 'rows') return [filteredColumns(rowsFilter(shadow.rows, shadow.outer, job.engine.catalog))];
  const outer = new Set(shadow.outer.filters);
  return shadow.groups.filters.filter((it) => !outer.has(it)).map(filteredColumns);
}

/** The values under filters that may stand for one thing or another, as long as that makes no difference. */
function* agreed(job: Job, column: ColumnRef, readings: readonly (readonly FilterItem[])[], context: Context): Task<Rows> {
  const found = yield* all(readings.map((filters) => valuesUnder(job, column, filters, context)));
  const [first, ...others] = found;
  if (first === undefined) throw new Error('no reading of ALLSELECTED');
  // Rows that all contexts share are told once.
  const contexts = found.every((it) => it.owners === undefined) ? Math.min(1, context.batch.size) : context.batch.size;
  const keys = others.length === 0 ? '' : yield* keysOf(first, contexts);
  for (const it of others) {
    if ((yield* keysOf(it, contexts)) !== keys) throw unclear(`of ${column.table}[${column.column}] beside filters on other columns, of which pages say different things,`);
  }
  return first;
}

function* keysOf(rows: Rows, size: number): Task<string> {
  const [values] = yield* columnsOf(rows.set);
  const range = startsOf(rows, size);
  const lists = Array.from({ length: size }, (_, i) => {
    const [from, to] = range(i);
    return Array.from({ length: to - from }, (_, at) => (values === undefined ? '' : String(matchKey(cellAt(values, from + at), values.type)))).sort();
  });
  return JSON.stringify(lists);
}

function* valuesUnder(job: Job, column: ColumnRef, filters: readonly FilterItem[], context: Context): Task<Rows> {
  const { batch } = context;
  const inner = { ...context, batch: batchOf(batch.size, filters, batch) };
  const [withBlank, without] = yield* both(distinctValues(job, [column], true, inner), distinctValues(job, [column], false, inner));
  if (withBlank.set.length !== without.set.length) throw unclear(`of ${column.table}[${column.column}], where rows of other tables point to the blank row,`);
  return without;
}
