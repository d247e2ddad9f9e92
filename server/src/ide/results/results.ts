/** Results of a metric by columns, or of a query: evaluated in the preview's context, sorted, filtered and written out for a grid and a chart. */
import { nameKey } from '../../model/model.ts';
import type { QueryResult } from '../../plan/plan.ts';
import { madeUpIn } from '../../workspace/madeUp.ts';
import type { Cancellation, EvaluationRequest, ModelView } from '../../workspace/types.ts';
import { measureText } from '../../workspace/queries.ts';
import type { Settings } from '../settings.ts';
import { breakdownIn } from '../hover/breakdown.ts';
import { lineageOf } from '../lineage.ts';
import { marked, scalarShown, type Shown } from '../shown.ts';
import { metricRequest, styleOf } from '../values.ts';
import type { Workspace } from '../../workspace/types.ts';
import { aggregatesOf } from './aggregates.ts';
import { argumentOf, groupedQuery, inContext } from './queries.ts';
import type { GroupBy, ResultFilter, Results, ResultsParams, ShownValue } from './records.ts';
import { findSubject, type Found, type FoundMetric, type FoundQuery } from './subject.ts';
import { chartNumber } from './cells.ts';
import { matrixOf, acrossOf, writtenMatrix, type Matrix } from './matrix.ts';
import { filterName } from './words.ts';
import { sortKeys, withoutBlanks, wantedRows, written, type Rows } from './table.ts';

export interface ResultsContext {
  readonly workspace: Workspace;
  readonly settings: (uri: string) => Promise<Settings>;
  /** Filter arguments of the context that the person has chosen for what is previewed. */
  readonly preview: (model: ModelView) => readonly string[];
  /** The same as conditions that a person would write. */
  readonly conditions: (model: ModelView) => readonly string[];
  readonly cancellation?: Cancellation;
}

type Table = Extract<QueryResult, { kind: 'table' }>;

/** Columns by which a metric is broken down at once. */
const mostColumns = 2;

/** @returns undefined where the text has no such metric or query any more */
export async function results(ctx: ResultsContext, params: ResultsParams): Promise<Results | undefined> {
  const found = await findSubject(ctx.workspace, params.subject);
  if (found === undefined) return undefined;
  const { rows, value, whole, madeUp, by, preview, matrix, canBeMatrix } = await evaluated(ctx, found, params);
  const columns = 'rowCount' in rows ? rows.columns : [];
  const filters = params.filters.map((it) => ({
    text: filterName(found.model, it, columns),
    applies: it.by === undefined ? !('rowCount' in rows) || columns.some(({ name }) => name === it.column) : isColumn(found.model, it.by),
  }));
  const known = { title: titleOf(found), model: found.model.name, by, filters, madeUp, preview, canBeMatrix, hasRows: found.kind === 'metric' && aggregatesOf(found).length > 0 };
  return { ...known, ...(matrix === undefined ? {} : { matrix: writtenMatrix(matrix) }), ...(value === undefined ? {} : { value: told(value) }), ...(whole === undefined ? {} : { whole }), table: 'rowCount' in rows ? written(rows) : told(rows) };
}

export function titleOf(found: Found): string {
  if (found.kind === 'metric') return found.symbol.name;
  const kind = found.entry.name === 'EVALUATE' ? 'Query' : 'Expression';
  return found.number === undefined ? kind : `${kind} ${String(found.number)}`;
}

export const told = ({ kind, text }: Shown): ShownValue => ({ kind, text });

interface Evaluated {
  readonly rows: Rows | Shown;
  /** Of a metric: all groups together. */
  readonly value: Shown | undefined;
  readonly whole: number | undefined;
  readonly madeUp: readonly string[];
  readonly by: readonly GroupBy[];
  readonly preview: readonly string[];
  readonly canBeMatrix: boolean;
  readonly matrix: Matrix | undefined;
}

/** The rows that are asked for, all of them. */
export function evaluated(ctx: ResultsContext, found: Found, params: ResultsParams): Promise<Evaluated> {
  return found.kind === 'metric' ? metricResults(ctx, found, params) : queryResults(ctx, found, params);
}

async function metricResults(ctx: ResultsContext, found: FoundMetric, params: ResultsParams): Promise<Evaluated> {
  const { model, symbol, reading } = found;
  const preview = ctx.preview(model);
  const known = (params.by ?? (await usualColumns(ctx, found))).filter((it) => isColumn(model, it));
  const by = known.filter((it, i) => known.findIndex((other) => isSame(it, other)) === i).slice(0, mostColumns);
  const where = [...preview, ...argumentsOf(model, params.filters)];
  const around = metricRequest(reading, model, symbol);
  const isTwo = by.length === mostColumns;
  const levels = params.matrix === true && isTwo ? [[], by, by.slice(0, 1), by.slice(1)] : [[], by];
  const requests = levels.map((its): EvaluationRequest => ({ ...around, query: groupedQuery(measureText(symbol.name), its, where) }));
  const style = styleOf(model, symbol);
  const [alone, grouped, first, second] = await ctx.workspace.evaluate(model, requests, ctx.cancellation);
  const madeUp = [...new Set(requests.flatMap((it) => madeUpIn(model, it)))];
  const value = marked(scalarShown(alone, style), madeUp);
  const common = { value, whole: numberOf(alone), madeUp, by, preview, canBeMatrix: false, matrix: undefined };
  if (grouped?.kind !== 'table') return { ...common, rows: scalarShown(grouped, style) };
  const order = await sortKeys(ctx.workspace, model, by);
  const wanted = { result: groupsOf(grouped, by), model, by, style, title: symbol.name, order, filters: [] };
  const rows = wantedRows({ ...wanted, sort: params.matrix === true && isTwo ? undefined : params.sort });
  const across = isTwo ? acrossOf(rows, order) : undefined;
  if (across === undefined || params.matrix !== true) return { ...common, canBeMatrix: across !== undefined, rows };
  const [one, other] = [first, second].map((it, i) => (it?.kind === 'table' ? groupsOf(it, by.slice(i, i + 1)) : undefined));
  const matrix = matrixOf(rows, across, by, { first: one, second: other, all: alone?.kind === 'table' ? alone : undefined }, order, params.sort);
  return { ...common, canBeMatrix: true, matrix, rows };
}

/** Groups in which the metric is BLANK are left out, as SUMMARIZECOLUMNS leaves them out. */
const groupsOf = (table: Table, by: readonly GroupBy[]): Table => (by.some((it) => it.grain !== undefined) ? withoutBlanks(table) : table);

async function queryResults(ctx: ResultsContext, { entry, model, reading, segment }: FoundQuery, params: ResultsParams): Promise<Evaluated> {
  const preview = ctx.preview(model);
  const query = inContext(entry, segment.segment, preview);
  const request: EvaluationRequest = { query, index: entry.index, measures: reading.measures, defined: reading.defined };
  const style = { format: undefined, culture: model.project.culture };
  const unread: QueryResult | undefined = entry.unread === undefined ? undefined : { kind: 'notEvaluated', reason: { id: 'syntax-error' }, at: undefined };
  const [result] = unread === undefined ? await ctx.workspace.evaluate(model, [request], ctx.cancellation) : [unread];
  const common = { value: undefined, whole: undefined, madeUp: madeUpIn(model, request), by: [], preview, canBeMatrix: false, matrix: undefined };
  if (result?.kind !== 'table') return { ...common, rows: scalarShown(result, style) };
  return { ...common, rows: wantedRows({ result, model, by: [], style, title: undefined, order: [], sort: params.sort, filters: params.filters }) };
}

/** For charts: the parts of a whole may be put on top of each other. */
function numberOf(result: QueryResult | undefined): number | undefined {
  const column = result?.kind === 'table' ? result.columns[0] : undefined;
  return column === undefined ? undefined : chartNumber(column.cells[0] ?? null, column.type);
}

/** The column that a hover would break the metric down by. */
async function usualColumns(ctx: ResultsContext, { model, reading, symbol, document }: FoundMetric): Promise<readonly GroupBy[]> {
  const { tables } = await lineageOf(ctx.workspace, reading, symbol);
  const { hover } = await ctx.settings(document.uri);
  const column = await breakdownIn(ctx.workspace, model, tables, hover.breakdownColumn);
  return column === undefined ? [] : [column];
}

const isSame = (a: GroupBy, b: GroupBy): boolean => nameKey(a.table) === nameKey(b.table) && nameKey(a.column) === nameKey(b.column) && a.grain === b.grain;

const isColumn = ({ model }: ModelView, { table, column }: GroupBy): boolean => model.tables.get(nameKey(table))?.columns.has(nameKey(column)) === true;

/** Filters on columns that the model has. */
export const argumentsOf = (model: ModelView, filters: readonly ResultFilter[]): readonly string[] =>
  filters.flatMap((it) => (it.by !== undefined && isColumn(model, it.by) ? (argumentOf(it) ?? []) : []));
