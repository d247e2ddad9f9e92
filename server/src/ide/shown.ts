/** Results of the engine in words: a value in its format, an error as DAX raises it, or why there is no value. */
import { errorText, reasonText } from '../formats/outcomes.ts';
import { formatCell } from '../formats/values.ts';
import { asText } from './markdown.ts';
import type { QueryResult } from '../plan/plan.ts';
import type { Cell, ValueType } from '../plan/values.ts';

export interface Shown {
  readonly kind: 'value' | 'error' | 'notEvaluated';
  /** The formatted value, or a sentence without a final stop. Not yet safe for Markdown. */
  readonly text: string;
  /** Tables with made-up rows on which it depends. */
  readonly madeUp?: readonly string[];
}

/** The same, with the made-up rows on which it depends. */
export const marked = (shown: Shown, madeUp: readonly string[]): Shown => (madeUp.length === 0 ? shown : { ...shown, madeUp });

/** What is to be said about a value of made-up rows, in Markdown; undefined for any other. */
export function generatedNote({ madeUp }: Shown): string | undefined {
  if (madeUp === undefined) return undefined;
  const more = madeUp.length > 3 ? ` and ${String(madeUp.length - 3)} more` : '';
  return `Generated: ${madeUp.slice(0, 3).map((it) => asText(it)).join(', ')}${more} ${madeUp.length === 1 ? 'has' : 'have'} no source, so the rows are made up.`;
}

/** `saved 91`: the value before an edit, where it was another or none; undefined where nothing is to be told. Plain text. */
export function savedNote(now: Shown, saved: Shown | undefined): string | undefined {
  if (saved === undefined || now.kind === 'notEvaluated' || saved.kind === 'notEvaluated') return undefined;
  if (saved.kind === now.kind && saved.text === now.text) return undefined;
  return saved.kind === 'value' ? `saved ${saved.text}` : 'saved an error';
}

/** How a value is written. */
export interface Style {
  /** A DAX format string; undefined: the general form of the value's type. */
  readonly format: string | undefined;
  /** Language tag of the project: `en-US`. */
  readonly culture: string;
}

/** The one cell of a query such as `EVALUATE ROW("Value", [m])`. */
export function scalarShown(result: QueryResult | undefined, style: Style): Shown {
  if (result === undefined) return { kind: 'notEvaluated', text: 'nothing was computed' };
  switch (result.kind) {
    case 'table': {
      const column = result.columns[0];
      return column === undefined || result.rowCount === 0
        ? { kind: 'notEvaluated', text: 'the result has no value' }
        : cellShown(column.cells[0] ?? null, column.type, style);
    }
    case 'error':
      return { kind: 'error', text: errorText(result.error) };
    case 'notEvaluated':
      return { kind: 'notEvaluated', text: reasonText(result.reason) };
  }
}

export function cellShown(cell: Cell, type: ValueType, style: Style): Shown {
  if (typeof cell === 'object' && cell !== null) {
    if (cell.cell === 'error') return { kind: 'error', text: errorText(cell) };
    if (cell.cell === 'notEvaluated') return { kind: 'notEvaluated', text: reasonText(cell.reason) };
  }
  return { kind: 'value', text: formatCell(cell, type, style.format, style.culture) };
}

/** As one phrase: `96`, `error: a division by zero`, `not evaluated: RANKX is not supported yet`. */
export function phrase(shown: Shown): string {
  switch (shown.kind) {
    case 'value': return shown.text;
    case 'error': return `error: ${shown.text}`;
    case 'notEvaluated': return `not evaluated: ${shown.text}`;
  }
}
