/** Whether a computed value is the expected one. */
import {
  atMost, digitsOfDouble, digitsOfInteger, digitsOfText, distance, rounded, sameDigits, type Digits,
} from '../formats/digits.ts';
import { formatCell } from '../formats/values.ts';
import type { Cell, ValueType } from '../plan/values.ts';
import type { Expected } from './records.ts';

/** An expectation that does not hold, in words. */
export interface Failure {
  readonly expected: string;
  readonly actual: string;
  /** The filters or the group under which it was computed; undefined: none. */
  readonly filter: string | undefined;
}

/**
 * Whether a value meets an expectation.
 *
 * Whole numbers match exactly; numbers with decimals match when the value, rounded half away from zero to the digits
 * written, is the same; with a tolerance the value may be off by that much. BLANK is not 0, text matches to the letter.
 *
 * @param type type of the cell's column; a variant cell brings its own
 * @param tolerance of `± n`, for numbers
 */
export function meets(expected: Expected, cell: Cell, type: ValueType, tolerance: number | undefined): boolean {
  if (typeof cell === 'object' && cell !== null) {
    switch (cell.cell) {
      case 'variant': return meets(expected, cell.value, cell.type, tolerance);
      case 'error': return expected.kind === 'error' && (expected.id === undefined || expected.id === cell.id);
      case 'notEvaluated': return false;
    }
  }
  switch (expected.kind) {
    case 'blank': return cell === null;
    case 'error': return false;
    case 'text': return cell === expected.value;
    case 'boolean': return cell === expected.value;
    case 'date': return type === 'dateTime' && typeof cell === 'number' && sameSecond(cell, expected.serial);
    case 'number': {
      if (type === 'dateTime' || (typeof cell !== 'number' && typeof cell !== 'bigint')) return false;
      const actual = digitsOf(cell, type);
      if (actual === undefined) return false;
      const wanted = digitsOfText(expected.text);
      if (tolerance !== undefined) return atMost(distance(actual, wanted), digitsOfDouble(tolerance));
      return expected.integer ? sameDigits(actual, wanted) : roundsTo(actual, wanted, expected.decimals);
    }
  }
}

/** The expected value as it is written. */
export function expectedText(expected: Expected, tolerance: number | undefined): string {
  switch (expected.kind) {
    case 'number': return tolerance === undefined ? expected.text : `${expected.text} ± ${String(tolerance)}`;
    case 'text': return `"${expected.value.replaceAll('"', '""')}"`;
    case 'date': return expected.text;
    case 'boolean': return expected.value ? 'TRUE' : 'FALSE';
    case 'blank': return 'BLANK';
    case 'error': return expected.id === undefined ? 'an error' : `the error ${expected.id}`;
  }
}

/** A computed value with all its digits: what a failure shows. */
export function actualText(cell: Cell, type: ValueType): string {
  if (typeof cell === 'string') return `"${cell.replaceAll('"', '""')}"`;
  if (typeof cell === 'object' && cell !== null) {
    if (cell.cell === 'variant') return actualText(cell.value, cell.type);
    const words = formatCell(cell, type, undefined, 'en-US');
    return cell.cell === 'error' ? `the error ${cell.id} (${words})` : `no value (${words})`;
  }
  return formatCell(cell, type, undefined, 'en-US');
}

/** Exact digits of a number; undefined for infinities and NaN. */
export function digitsOf(cell: number | bigint, type: ValueType): Digits | undefined {
  if (type === 'decimal') return digitsOfInteger(cell, 4);
  if (typeof cell === 'bigint' || type === 'int64') return digitsOfInteger(cell);
  return Number.isFinite(cell) ? digitsOfDouble(cell) : undefined;
}

function roundsTo(actual: Digits, wanted: Digits, decimals: number): boolean {
  const places = Math.max(decimals, 0);
  // `1.5E3` says two digits: the last hundred is what counts.
  const shift = Math.min(decimals, 0);
  const left = rounded({ ...actual, point: actual.point + shift }, places);
  const right = rounded({ ...wanted, point: wanted.point + shift }, places);
  const isZero = !/[1-9]/.test(left.whole + left.fraction);
  return left.whole === right.whole && left.fraction === right.fraction && (isZero || actual.negative === wanted.negative);
}

/** Dates are measured in parts of a day, which no double holds exactly. */
const sameSecond = (a: number, b: number): boolean => Math.round(a * 86_400) === Math.round(b * 86_400);
