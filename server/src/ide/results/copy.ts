/** All rows of a result as text for other programs: CSV with the values, Markdown with what is shown. */
import { csvCell, csvText } from '../../formats/cells.ts';
import type { Cell } from '../../plan/values.ts';
import type { ResultsParams, RowsParams } from './records.ts';
import { evaluated, type ResultsContext } from './results.ts';
import { behind } from './rows.ts';
import { findSubject } from './subject.ts';
import { textOf, type ColumnView, type Rows } from './table.ts';

/** Rows that are copied; a spreadsheet holds them, a clipboard too. */
const mostRows = 100_000;

export interface CopyParams extends ResultsParams {
  readonly format: 'csv' | 'markdown';
  /** The rows behind the value instead: of one of the metric's aggregates, or of its whole table. */
  readonly behind?: Pick<RowsParams, 'aggregate' | 'all'>;
}

export interface Copied {
  readonly text: string;
  readonly rows: number;
  /** Rows that there are. */
  readonly total: number;
  /** Whether values depend on rows that are made up. */
  readonly isMadeUp: boolean;
}

/** @returns undefined where there is no table to copy */
export async function copied(ctx: ResultsContext, params: CopyParams): Promise<Copied | undefined> {
  if (params.behind !== undefined) return copiedRows(ctx, { ...params, ...params.behind }, params.format);
  const found = await findSubject(ctx.workspace, params.subject);
  if (found === undefined) return undefined;
  const { rows: list, matrix, madeUp } = await evaluated(ctx, found, params);
  if (!('rowCount' in list)) return undefined;
  const rows = matrix?.rows ?? list;
  const order = rows.order.slice(0, mostRows);
  // Of data a program would take totals for another group.
  const text = params.format === 'csv' ? csvOf(matrix === undefined ? rows : { ...rows, columns: rows.columns.slice(0, rows.columns.length - matrix.totalColumns) }, order) : markdownOf(rows, order, matrix?.totals);
  return { text, rows: order.length, total: rows.rowCount, isMadeUp: madeUp.length > 0 };
}

async function copiedRows(ctx: ResultsContext, params: RowsParams, format: CopyParams['format']): Promise<Copied | undefined> {
  const found = await behind(ctx, params);
  if (found?.view === undefined) return undefined;
  const { view, total, common: { madeUp } } = found;
  return { text: format === 'csv' ? csvOf(view, view.order) : markdownOf(view, view.order), rows: view.rowCount, total, isMadeUp: madeUp.length > 0 };
}

/** Codes have a column of their labels beside them. */
function csvOf({ columns }: Rows, order: readonly number[]): string {
  const fields = columns.flatMap((it) => {
    const own = { name: csvText(nameOf(it)), field: (row: number) => csvCell(it.cells[row] ?? null, it.type) };
    if (it.column?.choice === undefined) return [own];
    return [own, { name: csvText(`${nameOf(it)} (label)`), field: (row: number) => ((it.cells[row] ?? null) === null ? '' : csvText(textOf(it, it.cells[row] ?? null))) }];
  });
  return [fields.map((it) => it.name).join(','), ...order.map((row) => fields.map((it) => it.field(row)).join(','))].map((it) => `${it}\r\n`).join('');
}

function markdownOf({ columns }: Rows, order: readonly number[], totals: readonly (Cell | undefined)[] = []): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const rule = line(columns.map((it) => (isNumeric(it) ? '---:' : '---')));
  const rows = order.map((row) => line(columns.map((it) => markdownText(textOf(it, it.cells[row] ?? null)))));
  const last = totals.every((it) => it === undefined) ? '' : line(columns.map((it, i) => (i === 0 ? 'Total' : totals[i] === undefined ? '' : markdownText(textOf(it, totals[i])))));
  return line(columns.map((it) => markdownText(it.title))) + rule + rows.join('') + last;
}

const nameOf = (it: ColumnView): string => (it.role === 'value' ? it.title : it.grain === undefined ? it.name : `${it.name} (${it.grain})`);

const isNumeric = (it: ColumnView): boolean => it.role !== 'group' && (it.type === 'int64' || it.type === 'double' || it.type === 'decimal');

/** Text that Markdown shows as it is in a cell of a table, where no list, heading or quote begins. */
export const markdownText = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>#|~$&!]/g, (it) => `\\${it}`).replace(/\s*[\r\n]+\s*/g, ' ');
