/** One cell of a source → a value of a type, or the news that it is none. */
import type { DataType, FileOptions } from '../../model/model.ts';
import { dateFormat, isoSerial, serialBy, type DateFormat } from './dates.ts';
import type { CellValue } from './types.ts';

/** What a source writes in a cell: text of a CSV file, or a JSON scalar. `bigint`: a whole number no double can hold. */
export type SourceCell = string | number | bigint | boolean | null;

/** What stands for an object or a list where a cell belongs. */
export const nested = Symbol('nested');

/** A cell that does not fit. */
export const misfit = Symbol('misfit');

export type Convert = (cell: SourceCell) => CellValue | typeof misfit;

const smallestInt64 = -(2n ** 63n);
const largestInt64 = 2n ** 63n - 1n;

/** The reader of cells of a declared type. Text of no more than blanks is BLANK for every type but string. */
export function converter(type: DataType, options: FileOptions): Convert {
  switch (type) {
    case 'string': return toText;
    case 'int64': return (cell) => (isEmpty(cell) ? null : toInt64(cell));
    case 'double': return (cell) => (isEmpty(cell) ? null : toDouble(cell));
    case 'decimal': return (cell) => (isEmpty(cell) ? null : toDecimal(cell));
    case 'boolean': return booleanReader(options);
    case 'dateTime': return dateReader(options);
  }
}

const isEmpty = (cell: SourceCell): boolean => cell === null || (typeof cell === 'string' && cell.trim() === '');

function toText(cell: SourceCell): CellValue {
  if (typeof cell === 'string') return withoutTrailingBlanks(cell);
  return cell === null ? null : String(cell);
}

/** Power BI cuts blanks at the end of text when it stores it, and keeps those at the beginning. */
export function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end--;
  return end === text.length ? text : text.slice(0, end);
}

const narrowed = (value: bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

const inInt64 = (value: bigint): boolean => value >= smallestInt64 && value <= largestInt64;

function toInt64(cell: SourceCell): CellValue | typeof misfit {
  if (typeof cell === 'bigint') return inInt64(cell) ? cell : misfit;
  if (typeof cell === 'number') return Number.isSafeInteger(cell) ? cell + 0 : misfit;
  if (typeof cell !== 'string') return misfit;
  const text = cell.trim();
  // Tools that know no missing whole number write 12.0.
  const match = text.length > 40 ? null : /^([+-]?\d+)(?:\.0*)?$/.exec(text);
  if (match?.[1] === undefined) return misfit;
  const digits = match[1];
  if (digits.length <= 15) return Number(digits) + 0;
  const value = BigInt(digits.startsWith('+') ? digits.slice(1) : digits);
  return inInt64(value) ? narrowed(value) : misfit;
}

const decimalNumber = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?$/;

function toDouble(cell: SourceCell): CellValue | typeof misfit {
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'bigint') return Number(cell);
  if (typeof cell !== 'string') return misfit;
  const text = cell.trim();
  if (text.length > 400 || !decimalNumber.test(text)) return misfit;
  const value = Number(text);
  return Number.isFinite(value) ? value : misfit;
}

/** Exact to four places; further places round half away from zero. */
function toDecimal(cell: SourceCell): CellValue | typeof misfit {
  if (typeof cell === 'boolean' || cell === null) return misfit;
  const text = typeof cell === 'string' ? cell.trim() : String(cell);
  if (text.length > 400 || !decimalNumber.test(text)) return misfit;
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const negative = mantissa.startsWith('-');
  const [whole = '', fraction = ''] = mantissa.replace(/^[+-]/, '').split('.');
  const digits = whole + fraction;
  const places = fraction.length - Number(exponent);
  // The value is digits / 10^places; wanted is round(digits * 10^4 / 10^places).
  const shift = 4 - places;
  if (shift > 400) return /^0*$/.test(digits) ? 0 : misfit;
  if (-shift > digits.length) return 0;
  let scaled: bigint;
  if (shift >= 0) scaled = BigInt(digits) * 10n ** BigInt(shift);
  else {
    const unit = 10n ** BigInt(-shift);
    scaled = (BigInt(digits) * 2n + unit) / (unit * 2n);
  }
  const signed = negative ? -scaled : scaled;
  return inInt64(signed) ? narrowed(signed) : misfit;
}

function booleanReader(options: FileOptions): Convert {
  const words = new Map<string, boolean>();
  for (const it of options.falseWords) words.set(it.trim().toLowerCase(), false);
  for (const it of options.trueWords) words.set(it.trim().toLowerCase(), true);
  return (cell) => {
    if (typeof cell === 'boolean') return cell;
    if (isEmpty(cell)) return null;
    return words.get(String(cell).trim().toLowerCase()) ?? misfit;
  };
}

function dateReader(options: FileOptions): Convert {
  const formats: readonly DateFormat[] = options.dateFormats.map(dateFormat).filter((it) => it !== undefined);
  return (cell) => {
    if (isEmpty(cell)) return null;
    if (typeof cell !== 'string') return misfit;
    const text = cell.trim();
    const serial = isoSerial(text);
    if (serial !== undefined) return serial;
    for (const format of formats) {
      const found = serialBy(format, text);
      if (found !== undefined) return found;
    }
    return misfit;
  };
}

