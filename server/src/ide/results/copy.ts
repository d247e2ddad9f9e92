/** All rows of a result as text for other programs: CSV with the values, Markdown with what is shown. */
import { csvCell, csvText } from '../../formats/cells.ts';
import type { ResultsParams } from './records.ts';
import { evaluated, type ResultsContext } from './results.ts';
import { findSubject } from './subject.ts';
import { textOf, type ColumnView, type Rows } from './table.ts';

/** Rows that are copied; a spreadsheet holds them, a clipboard too. */
const mostRows = 100_000;

export interface CopyParams extends ResultsParams {
  readonly format: 'csv' | 'markdown';
}

export interface Copied {
  readonly text: string;
  readonly rows: number;
  /** Rows that there are. */
  readonly total: number;
}

/** @returns undefined where there is no table to copy */
export async function copied(ctx: ResultsContext, params: CopyParams): Promise<Copied | undefined> {
  const found = await findSubject(ctx.workspace, params.subject);
  if (found === undefined) return undefined;
  const { rows } = await evaluated(ctx, found, params);
  if (!('rowCount' in rows)) return undefined;
  const order = rows.order.slice(0, mostRows);
  return { text: params.format === 'csv' ? csvOf(rows, order) : markdownOf(rows, order), rows: order.length, total: rows.rowCount };
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

function markdownOf({ columns }: Rows, order: readonly number[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const rule = line(columns.map((it) => (isNumeric(it) ? '---:' : '---')));
  const rows = order.map((row) => line(columns.map((it) => markdownText(textOf(it, it.cells[row] ?? null)))));
  return line(columns.map((it) => markdownText(it.title))) + rule + rows.join('');
}

const nameOf = (it: ColumnView): string => (it.role === 'value' ? it.title : it.grain === undefined ? it.name : `${it.name} (${it.grain})`);

const isNumeric = (it: ColumnView): boolean => it.role !== 'group' && (it.type === 'int64' || it.type === 'double' || it.type === 'decimal');

/** Text that Markdown shows as it is, on one line. */
export const markdownText = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>#|~$&!]/g, (it) => `\\${it}`).replace(/\s*[\r\n]+\s*/g, ' ').replace(/^(\d+)([.)])(\s|$)/, '$1\\$2$3').replace(/^([-+=])/, '\\$1');
