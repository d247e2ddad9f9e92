/** The rows behind a value: those of the table that an aggregate goes through, in the value's filters, and which of them count. */
import { daxLiteral } from '../../expect/literalText.ts';
import { nameKey } from '../../model/model.ts';
import type { ColumnRef, QueryResult } from '../../plan/plan.ts';
import { madeUpIn } from '../../workspace/madeUp.ts';
import { columnText, tableQuery } from '../../workspace/queries.ts';
import type { EvaluationRequest, ModelView } from '../../workspace/types.ts';
import { quoteColumn, quoteTable } from '../../../../grammar/src/index.ts';
import { columnOfName, nameInRows } from '../columnNames.ts';
import { asPlain } from '../markdown.ts';
import { scalarShown } from '../shown.ts';
import { metricRequest } from '../values.ts';
import { aggregatesOf, aggregateTexts, columnOf, columnsFirst } from './aggregates.ts';
import { isExact } from './cells.ts';
import type { RowsBehind, RowsParams } from './records.ts';
import { argumentsOf, told, type ResultsContext } from './results.ts';
import { findSubject } from './subject.ts';
import { wantedRows, written, type Rows } from './table.ts';
import { filterTexts } from './words.ts';

/** Rows that are told; how many there are is told beside. */
const mostRows = 1_000;
/** A table without a key is ordered by so many columns. */
const mostOrdered = 16;
const longestAggregate = 200;

type Common = Omit<RowsBehind, 'rows' | 'keys' | 'counted'>;

/** The rows behind a value before they are written out. */
interface Behind {
  readonly common: Common;
  /** undefined with the outcome in its place where the rows have none. */
  readonly view: Rows | undefined;
  readonly outcome: QueryResult | undefined;
  readonly total: number;
  readonly conditions: readonly string[];
  readonly isCounted: readonly (boolean | null)[] | undefined;
  readonly culture: string;
}

/** @returns undefined where there is no such metric, or it adds no rows up */
export async function rowsBehind(ctx: ResultsContext, params: RowsParams): Promise<RowsBehind | undefined> {
  const found = await behind(ctx, params);
  if (found === undefined) return undefined;
  const { common, view, outcome, total, conditions, isCounted, culture } = found;
  if (view === undefined) return { ...common, rows: told(scalarShown(outcome, { format: undefined, culture })), keys: [] };
  return {
    ...common,
    rows: { ...written(view), total },
    keys: conditions.length === 0 ? [] : view.order.map((it) => conditions[it] ?? ''),
    ...(isCounted === undefined ? {} : { counted: view.order.map((it) => isCounted[it] ?? null) }),
  };
}

/** The same, for what copies them. */
export async function behind(ctx: ResultsContext, params: RowsParams): Promise<Behind | undefined> {
  const found = await findSubject(ctx.workspace, params.subject);
  if (found?.kind !== 'metric') return undefined;
  const aggregates = aggregatesOf(found);
  const index = params.aggregate in aggregates ? params.aggregate : 0;
  const leaf = aggregates[index];
  if (leaf === undefined) return undefined;
  const { model, reading, symbol } = found;
  const table = leaf.table.kind === 'named' ? leaf.table.name : undefined;
  const all = params.all && table !== undefined;
  const rows = all ? quoteTable(table) : leaf.kept;
  const { keys, first } = columnsFirst(found, leaf);
  const preview = ctx.preview(model);
  const where = [...preview, ...argumentsOf(model, params.filters)];
  const around = metricRequest(reading, model, symbol);
  const order = table !== undefined && keys.length > 0 ? keys.map((it) => columnOf(table, it)) : await orderOf(ctx, model, rows, (table) => ({ ...around, query: tableQuery(table, where) }));
  const top = order === undefined ? rows : `TOPN(${[String(mostRows), rows, ...order.map((it) => `${it}, ASC`)].join(', ')})`;
  const [key, ...otherKeys] = keys;
  const countedOf = all && key !== undefined && otherKeys.length === 0 ? columnOf(table, key) : undefined;
  const keysOf = (of: string): string => `SELECTCOLUMNS(${of}, "Key", ${countedOf ?? ''})`;
  const requests = [
    tableQuery(top, where),
    tableQuery(countOf(rows), where),
    ...(countedOf === undefined ? [] : [tableQuery(`INTERSECT(${keysOf(leaf.kept)}, ${keysOf(top)})`, where)]),
  ].map((query) => ({ ...around, query }));
  const [listed, count, counted] = await ctx.workspace.evaluate(model, requests, ctx.cancellation);
  const common = {
    title: symbol.name, aggregates: aggregateTexts(aggregates).map((it) => asPlain(it, longestAggregate)), aggregate: index,
    ...(table === undefined ? {} : { table }),
    filters: filterTexts(model, params.filters), madeUp: [...new Set(requests.flatMap((it) => madeUpIn(model, it)))], preview,
  };
  const { culture } = model.project;
  const none = { common, view: undefined, outcome: listed, total: 0, conditions: [], isCounted: undefined, culture };
  if (listed?.kind !== 'table') return none;
  const result = inOrder(listed, table, first);
  const view = wantedRows({ result, model, by: [], style: { format: undefined, culture }, title: undefined, order: [], sort: params.sort, filters: [] });
  const total = count?.kind === 'table' ? count.columns[0]?.cells[0] : undefined;
  return {
    ...none, view,
    total: typeof total === 'number' ? total : view.rowCount,
    conditions: table === undefined ? [] : conditionsOf(result, table, keys),
    isCounted: countedOf === undefined ? undefined : countedRows(result, counted),
  };
}

const countOf = (rows: string): string => `ROW("Rows", COUNTROWS(${rows}))`;

/** Columns of a table without a key, as DAX writes them: only by them it has first rows. Undefined: all of its few rows are told. */
async function orderOf(
  { workspace, cancellation }: ResultsContext, model: ModelView, rows: string, request: (table: string) => EvaluationRequest,
): Promise<readonly string[] | undefined> {
  const [count, head] = await workspace.evaluate(model, [countOf(rows), `FILTER(${rows}, FALSE())`].map(request), cancellation);
  const total = count?.kind === 'table' ? count.columns[0]?.cells[0] : undefined;
  if (total === null || (typeof total === 'number' && total <= mostRows) || head?.kind !== 'table') return undefined;
  const named = head.columns.flatMap((it) => columnOfName(it.name) ?? []);
  // A metric's name would be the metric.
  const known = named.filter((it) => it.table !== '' || !model.measures.has(nameKey(it.column)));
  return known.slice(0, mostOrdered).map((it) => (it.table === '' ? quoteColumn(it.column) : columnText(it)));
}

type Table = Extract<QueryResult, { kind: 'table' }>;

const isNamed = (name: string, ref: ColumnRef): boolean => nameKey(name) === nameKey(nameInRows(ref));

/** The columns that tell most stand first. */
function inOrder(result: Table, table: string | undefined, first: readonly string[]): Table {
  const place = (name: string): number => {
    const at = table === undefined ? -1 : first.findIndex((column) => isNamed(name, { table, column }));
    return at < 0 ? first.length : at;
  };
  return { ...result, columns: [...result.columns].sort((a, b) => place(a.name) - place(b.name)) };
}

/** For each row the condition that names it; none where the table has no key, an empty one where a key cannot be written. */
function conditionsOf(result: Table, table: string, keys: readonly string[]): readonly string[] {
  const columns = keys.flatMap((key) => result.columns.filter((it) => isNamed(it.name, { table, column: key })).map((it) => ({ ...it, key })));
  if (columns.length === 0 || columns.length !== keys.length) return [];
  return Array.from({ length: result.rowCount }, (_, row) => {
    const parts = columns.map(({ key, cells, type }) => {
      const cell = cells[row] ?? null;
      return isExact(cell, type) ? `${columnOf(table, key)} == ${daxLiteral(cell, type)}` : '';
    });
    return parts.includes('') ? '' : parts.join(' && ');
  });
}

/** Whether the metric counts each row: its key is among those that come through. */
function countedRows(result: Table, counted: QueryResult | undefined): readonly (boolean | null)[] {
  const known = counted?.kind === 'table' ? new Set(counted.columns[0]?.cells) : undefined;
  return (result.columns[0]?.cells ?? []).map((it) => known?.has(it) ?? null);
}

