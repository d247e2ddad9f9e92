/** Values written as DAX: the filters of a failing group, and the values that are pinned. */
import { digitsOfDouble, digitsOfInteger, fullText, rounded } from '../formats/digits.ts';
import { isoText, momentOf } from '../formats/dateFormat.ts';
import type { Cell, ValueType } from '../plan/values.ts';
import { digitsOf, meets } from './meets.ts';
import { expectedOf } from './literal.ts';

/** A value as a literal of DAX; what has none (an error, infinity) is BLANK(). */
export function daxLiteral(cell: Cell, type: ValueType): string {
  if (cell === null) return 'BLANK()';
  if (typeof cell === 'string') return `"${cell.replaceAll('"', '""')}"`;
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (typeof cell === 'object') return cell.cell === 'variant' ? daxLiteral(cell.value, cell.type) : 'BLANK()';
  if (type === 'dateTime') return dateLiteral(Number(cell)) ?? 'BLANK()';
  if (type === 'decimal') return fullText(digitsOfInteger(cell, 4));
  if (typeof cell === 'bigint' || type === 'int64') return String(cell);
  return Number.isFinite(cell) ? fullText(digitsOfDouble(cell)) : 'BLANK()';
}

/** Decimals that a pinned value gets where nothing else says how many. */
const usualDecimals = 4;

/**
 * The text that `@expect` has for a value, so that the value meets it.
 *
 * @param decimals digits behind the point for numbers that are not whole; more where the number is small
 * @returns undefined for what cannot be pinned: no value, infinities, text with a line break
 */
export function pinText(cell: Cell, type: ValueType, decimals = usualDecimals): string | undefined {
  const text = unpinned(cell, type, decimals);
  if (text === undefined) return undefined;
  const read = expectedOf(text);
  return 'expected' in read && meets(read.expected, cell, type, undefined) ? text : undefined;
}

function unpinned(cell: Cell, type: ValueType, decimals: number): string | undefined {
  if (cell === null) return 'BLANK';
  if (typeof cell === 'object') {
    if (cell.cell === 'variant') return unpinned(cell.value, cell.type, decimals);
    return cell.cell === 'error' ? `error ${cell.id}` : undefined;
  }
  if (typeof cell === 'string') return /[\r\n]/.test(cell) ? undefined : daxLiteral(cell, type);
  if (typeof cell === 'boolean' || type === 'dateTime') return daxLiteral(cell, type);
  const digits = digitsOf(cell, type);
  if (digits === undefined) return undefined;
  if (digits.digits.length <= digits.point || digits.digits === '') return fullText(digits);
  // Three digits at least of a number such as 0.000123.
  const places = Math.min(Math.max(decimals, 3 - digits.point), 300);
  const { whole, fraction } = rounded(digits, places);
  return `${digits.negative ? '-' : ''}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
}

function dateLiteral(serial: number): string | undefined {
  const moment = momentOf(serial);
  if (moment === undefined) return undefined;
  const text = isoText(moment);
  return `dt"${text.endsWith('T00:00:00') ? text.slice(0, 10) : text}"`;
}
