// Whether a value that was found is the one that is expected.
import type { Cell, ValueType } from '../../server/src/plan/values.ts';
import type { ExpectedValue } from './cases.ts';

export interface Precision {
  /** Greatest difference of a number, as a part of it; undefined: by the digits that are printed. */
  readonly tolerance: number | undefined;
  /** Decimal places that are printed. */
  readonly digits: number | undefined;
}

export function isExpected(expected: ExpectedValue, cell: Cell, type: ValueType, precision: Precision): boolean {
  if (cell !== null && typeof cell === 'object') return cell.cell === 'variant' && isExpected(expected, cell.value, cell.type, precision);
  if (expected === null || cell === null) return expected === cell;
  switch (typeof expected) {
    case 'number': return typeof cell !== 'string' && typeof cell !== 'boolean' && isNear(expected, amountOf(cell, type), precision);
    case 'boolean': return cell === expected;
    case 'string': return type === 'dateTime' ? isMoment(momentOf(expected), Number(cell)) : cell === expected || (type !== 'string' && type !== 'boolean' && isInWords(expected, cell, type));
    case 'object': {
      const fields = new Map(Object.entries(expected).map(([name, it]) => [name.toLowerCase(), it]));
      const number = fields.get('number') ?? fields.get('decimal') ?? fields.get('int64') ?? fields.get('double');
      if (number !== undefined) return type !== 'string' && type !== 'boolean' && isInWords(String(number), cell, type);
      if (type !== 'dateTime') return false;
      const text = ['date', 'datetime', 'time'].flatMap((it) => (fields.has(it) ? [String(fields.get(it))] : [])).join('T');
      return isMoment(momentOf(text), Number(cell));
    }
    default: return false;
  }
}

const amountOf = (cell: string | number | bigint | boolean, type: ValueType): number => (type === 'decimal' ? Number(cell) / 10_000 : Number(cell));

function isNear(expected: number, found: number, { tolerance, digits }: Precision): boolean {
  if (Object.is(expected, found) || expected === found) return true;
  const difference = Math.abs(expected - found);
  if (tolerance !== undefined) return difference <= Math.max(tolerance * Math.abs(expected), 1e-12);
  if (digits !== undefined) return difference <= 10 ** -digits;
  // Pages print few digits: four or more are taken as rounded.
  const places = /^-?\d*\.(\d+)$/.exec(String(expected))?.[1]?.length ?? 0;
  return difference <= Math.max(1e-9, 1e-6 * Math.abs(expected)) || (places >= 4 && difference <= 0.5000001 * 10 ** -places);
}

/** Infinity, or a number of more digits than a double has. */
function isInWords(expected: string, cell: string | number | bigint | boolean, type: ValueType): boolean {
  if (!/^-?(?:\d+(?:\.\d+)?(?:E[+-]?\d+)?|Infinity|∞|NaN)$/i.test(expected)) return false;
  if (/^-?\d+$/.test(expected) && type === 'int64') return BigInt(expected) === BigInt(cell);
  const wanted = Number(expected.replace('∞', 'Infinity'));
  return Object.is(wanted, amountOf(cell, type)) || isNear(wanted, amountOf(cell, type), { tolerance: undefined, digits: undefined });
}

interface Moment {
  readonly date: string | undefined;
  readonly time: string | undefined;
}

function momentOf(text: string): Moment | undefined {
  const [, date, hours, minutes, seconds = '00'] = /^(\d{4}-\d\d-\d\d)?(?:[T ]?(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?Z?$/.exec(text.trim()) ?? [];
  if (date === undefined && hours === undefined) return undefined;
  return { date, time: hours === undefined ? undefined : `${hours.padStart(2, '0')}:${minutes ?? '00'}:${seconds}` };
}

/** To the second; a date alone says nothing of the time of day, and the other way round. */
function isMoment(moment: Moment | undefined, serial: number): boolean {
  if (moment === undefined || !Number.isFinite(serial)) return false;
  const text = isoOf(serial);
  return text.slice(0, 10) === (moment.date ?? text.slice(0, 10)) && text.slice(11, 19) === (moment.time ?? text.slice(11, 19));
}

const isoOf = (serial: number): string => new Date(Math.round((serial - 25_569) * 86_400) * 1000).toISOString();

/** A value that was found, as a file of expected values would write it. */
export function shownCell(cell: Cell, type: ValueType): string {
  if (cell === null) return 'BLANK';
  if (typeof cell === 'object') return cell.cell === 'variant' ? shownCell(cell.value, cell.type) : cell.cell;
  if (typeof cell === 'string') return JSON.stringify(cell);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (type === 'dateTime') return isoOf(Number(cell)).replace(/(?:T00:00:00)?\.000Z$/, '');
  return String(type === 'decimal' ? amountOf(cell, type) : cell);
}

export const shownExpected = (it: ExpectedValue): string =>
  it === null ? 'BLANK' : typeof it === 'boolean' ? (it ? 'TRUE' : 'FALSE') : typeof it === 'number' ? String(it) : JSON.stringify(it);
