/** Parts that several screens have: heads with a way back, filters, notes, tables of the server as data of a grid. */
import type { ResultFilter, Results, ResultsColumn, ResultsTable, ResultSort, ShownValue } from '../../../server/src/lsp/protocol/results.ts';
import { button, element } from '../page.ts';
import type { GridCell, GridData } from './grid.ts';

/** The head of a screen that was opened from another one. */
export function headOf(title: readonly (Node | string)[], back: () => void): HTMLElement {
  const heading = element('h1', {}, ...title);
  heading.title = heading.textContent;
  return element('header', { class: 'head' }, button('← Back', back, { class: 'quiet', title: 'Back (Escape)' }), heading);
}

export function valueOf({ kind, text }: ShownValue): HTMLElement {
  const words = { value: '', error: 'error: ', notEvaluated: 'not evaluated: ' } as const;
  return element('strong', { class: `value ${kind}` }, `${words[kind]}${text}`);
}

/** What is to be known of values besides themselves. */
export function notesOf({ madeUp, preview = [] }: Partial<Pick<Results, 'preview'>> & Pick<Results, 'madeUp'>): readonly string[] {
  const generated = madeUp.length === 0 ? [] : [`Generated: ${madeUp.slice(0, 3).join(', ')}${madeUp.length > 3 ? ` and ${String(madeUp.length - 3)} more` : ''} ${madeUp.length === 1 ? 'has' : 'have'} no source, so the rows are made up`];
  return preview.length === 0 ? generated : [...generated, `Preview filters apply: ${preview.map((it) => it.replace(/\s+/g, ' ')).join(', ')}`];
}

/** `6 rows`, or how many of them there are. */
export function countOf({ rows, total }: ResultsTable, noun: string): string {
  const number = (it: number): string => it.toLocaleString('en-US');
  if (rows < total) return `The first ${number(rows)} of ${number(total)} ${noun}s`;
  return `${number(total)} ${noun}${total === 1 ? '' : 's'}`;
}

const isNumber = ({ type, codes }: ResultsColumn): boolean => codes === undefined && (type === 'int64' || type === 'double' || type === 'decimal');

export interface TableOptions {
  readonly label: string;
  readonly sort: ResultSort | undefined;
  readonly isLink: (column: number) => boolean;
}

export function gridData(table: ResultsTable, { label, sort, isLink }: TableOptions): GridData {
  const failed = table.columns.map((it) => new Map(it.failed));
  return {
    label,
    rows: table.rows,
    columns: table.columns.map((it, i) => ({
      title: it.title, name: it.name, isNumber: isNumber(it), sortable: true, isLink: isLink(i),
      sorted: sort?.column === i ? (sort.descending ? 'descending' : 'ascending') : undefined,
    })),
    cell: (row, column): GridCell => {
      const its = table.columns[column];
      const mark = failed[column]?.get(row) ?? (its?.cells[row] === null ? 'blank' : undefined);
      return { text: its?.texts[row] ?? '', note: its?.codes?.[row] ?? undefined, mark };
    },
  };
}

/** A sort by a heading begins with the greatest number, but with the first text. */
export const greatestFirst = (column: ResultsColumn | undefined): boolean => column !== undefined && isNumber(column);

/** The filter that keeps the rows with a cell's value; undefined where the value cannot be told exactly. */
export function filterOf(table: ResultsTable, row: number, column: number, by: Results['by']): ResultFilter | undefined {
  const its = table.columns[column];
  if (its === undefined || row >= table.rows || its.inexact.includes(row) || its.role === 'value') return undefined;
  const group = by[column];
  const value = its.cells[row] ?? null;
  if (its.role === 'group') return group === undefined ? undefined : { by: group, type: its.type, value };
  return { column: its.name, type: its.type, value };
}
