/** Values as the command line writes them for programs: JSON and CSV. */
import type { Cell, ValueType } from '../plan/values.ts';
import { isoText, momentOf } from './dateFormat.ts';
import { digitsOfInteger, fullText } from './digits.ts';
import { errorText, reasonText } from './outcomes.ts';

/** A cell in JSON; an object stands for a cell that has no value. */
export type JsonCell =
  | string | number | boolean | null
  | { readonly error: { readonly id: string; readonly message: string } }
  | { readonly notEvaluated: { readonly id: string; readonly message: string } };

/**
 * One value as JSON.
 *
 * BLANK is null; a dateTime is `YYYY-MM-DDThh:mm:ss`; whole numbers beyond 2^53 and decimals that a double cannot hold
 * are text with all their digits; infinities and NaN are `"Infinity"`, `"-Infinity"` and `"NaN"`.
 */
export function jsonCell(cell: Cell, type: ValueType): JsonCell {
  if (cell === null || typeof cell === 'string' || typeof cell === 'boolean') return cell;
  if (typeof cell === 'object') {
    switch (cell.cell) {
      case 'variant': return jsonCell(cell.value, cell.type);
      case 'error': return { error: { id: cell.id, message: errorText(cell) } };
      case 'notEvaluated': return { notEvaluated: { id: cell.reason.id, message: reasonText(cell.reason) } };
    }
  }
  if (type === 'dateTime') return isoOf(Number(cell));
  if (typeof cell === 'number' && !Number.isFinite(cell)) return String(cell);
  if (type === 'decimal') {
    const text = fullText(digitsOfInteger(cell, 4));
    const double = Number(text);
    return String(double) === text ? double : text;
  }
  if (typeof cell === 'bigint') return Number.isSafeInteger(Number(cell)) ? Number(cell) : cell.toString();
  return cell;
}

/**
 * One value as a field of a CSV file, quoted where needed.
 *
 * BLANK is an empty field and empty text a quoted one, as the reader of model files has it. Text that a spreadsheet
 * would run as a formula gets an apostrophe in front.
 */
export function csvCell(cell: Cell, type: ValueType): string {
  const value = jsonCell(cell, type);
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'object') {
    return csvText('error' in value ? `#ERROR ${value.error.message}` : `#NOT EVALUATED ${value.notEvaluated.message}`);
  }
  return isText(cell) ? csvText(String(value)) : String(value);
}

/** Text as a CSV field: quoted where needed, harmless in a spreadsheet. Headers go through it too. */
export function csvText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return safe === '' || /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const isText = (cell: Cell): boolean =>
  typeof cell === 'string' || (typeof cell === 'object' && cell !== null && cell.cell === 'variant' && typeof cell.value === 'string');

function isoOf(serial: number): string {
  const moment = momentOf(serial);
  return moment === undefined ? String(serial) : isoText(moment);
}
