/**
 * Conversions that DAX makes by itself, after the data types page of the Power BI documentation; text is read and
 * written in the culture en-US.
 */
import type { At, Cell, ValueType } from '../../plan/values.ts';
import { generalDate, isDate } from '../dates.ts';
import { daxError, notEvaluated, type Failure } from './cells.ts';
import { decimalText, decimalToDouble, doubleText } from './numbers.ts';

/** The number that a value counts as; BLANK stays null. Text must read as a number. */
export function toDouble(cell: Cell, type: ValueType, at: At | undefined): number | null | Failure {
  if (cell === null) return null;
  switch (typeof cell) {
    case 'number': return type === 'decimal' ? decimalToDouble(cell) : cell;
    case 'bigint': return type === 'decimal' ? decimalToDouble(cell) : Number(cell);
    case 'boolean': return cell ? 1 : 0;
    case 'string': return textToDouble(cell, at);
    default: return cell.cell === 'variant' ? toDouble(cell.value, cell.type, at) : cell;
  }
}

/** TRUE or FALSE; BLANK counts as FALSE and a number as whether it is not zero. Text is never read as a boolean. */
export function toBoolean(cell: Cell, at: At | undefined): boolean | Failure {
  if (cell === null) return false;
  switch (typeof cell) {
    case 'boolean': return cell;
    case 'number': return cell !== 0;
    case 'bigint': return cell !== 0n;
    case 'string': return daxError('not-boolean', { found: 'text' }, at);
    default: return cell.cell === 'variant' ? toBoolean(cell.value, at) : cell;
  }
}

/** The text of a value as & writes it; BLANK is the empty text. */
export function toText(cell: Cell, type: ValueType): string {
  if (cell === null) return '';
  switch (typeof cell) {
    case 'string': return cell;
    case 'boolean': return cell ? 'TRUE' : 'FALSE';
    case 'bigint': return type === 'decimal' ? decimalText(cell) : cell.toString();
    case 'number': return type === 'decimal' ? decimalText(cell) : type === 'dateTime' ? generalDate(cell) : type === 'int64' ? cell.toString() : doubleText(cell);
    default: return cell.cell === 'variant' ? toText(cell.value, cell.type) : '';
  }
}

/** Why a value has no text: a moment beyond the range of dates. */
export function withoutText(cell: Cell, type: ValueType, at: At | undefined): Failure | undefined {
  if (typeof cell === 'object' && cell?.cell === 'variant') return withoutText(cell.value, cell.type, at);
  return type !== 'dateTime' || typeof cell !== 'number' || isDate(cell) ? undefined : daxError('invalid-date', { detail: `${cell} is beyond the range of dates` }, at);
}

/** Whole-number arguments such as the month of DATE: fractions round half away from zero. */
export function toInteger(cell: Cell, type: ValueType, at: At | undefined): number | null | Failure {
  const value = toDouble(cell, type, at);
  if (typeof value !== 'number') return value;
  const rounded = Math.round(Math.abs(value));
  return value < 0 ? -rounded : rounded;
}

const NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?(?:[eE][+-]?\d{1,4})?$/;

/** Reads text as a number. What Power BI may read otherwise (dates, currencies, percentages) is not guessed at. */
function textToDouble(text: string, at: At | undefined): number | Failure {
  const trimmed = text.trim();
  if (trimmed.length <= 400 && /\d/.test(trimmed) && NUMBER.test(trimmed)) return Number(trimmed.replaceAll(',', ''));
  if (/\d/.test(trimmed) && /[$\u20AC\u00A3%():/-]|[a-z]{3}/i.test(trimmed)) {
    return notEvaluated({ id: 'feature-not-supported', what: 'dates, currencies and percentages written as text', verb: 'are' }, at);
  }
  return daxError('text-to-number', { text: text.length > 80 ? `${text.slice(0, 79)}…` : text }, at);
}
