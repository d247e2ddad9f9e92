/** NETWORKDAYS: days between two dates that are no weekend and no holiday, both ends included. */
import type { Cell } from '../../plan/values.ts';
import { daxError, isFailure, type Failure } from '../values/cells.ts';
import { argument, eachRow, wholeOf, type Call, type Evaluator, type TypedValue } from './evaluator.ts';

/** Days off by the numbers of the page of NETWORKDAYS, 0 for Sunday. */
const weekends: ReadonlyMap<number, ReadonlySet<number>> = new Map([
  [1, [6, 0]], [2, [0, 1]], [3, [1, 2]], [4, [2, 3]], [5, [3, 4]], [6, [4, 5]], [7, [5, 6]],
  [11, [0]], [12, [1]], [13, [2]], [14, [3]], [15, [4]], [16, [5]], [17, [6]],
].map(([kind, days]) => [kind as number, new Set(days as number[])] as const));

/**
 * @param serialOf reads a date; BLANK is null
 */
export const workingDays = (serialOf: (it: TypedValue, call: Call) => number | null | Failure): Evaluator => (args, call) =>
  eachRow([argument(args, 0, call), argument(args, 1, call), argument(args, 2, call)], call, 'int64', (from, to, kind): Cell => {
    const start = serialOf(from, call);
    if (typeof start !== 'number') return start;
    const end = serialOf(to, call);
    if (typeof end !== 'number') return end;
    const off = daysOff(kind, call);
    if ('cell' in off) return off;
    return workingDaysBetween(start, end, off, []);
  });

/** The weekend as a number, or as seven digits from Monday on in which 1 is a day off. */
export function daysOff(it: TypedValue, call: Pick<Call, 'at'>): ReadonlySet<number> | Failure {
  const unknown = (): Failure => daxError('argument-out-of-range', { function: 'NETWORKDAYS', detail: 'there is no such weekend' }, call.at);
  if (typeof it.value === 'string') {
    if (!/^[01]{7}$/.test(it.value)) return unknown();
    return new Set([...it.value].flatMap((digit, i) => (digit === '1' ? [(i + 1) % 7] : [])));
  }
  const kind = it.value === null ? 1 : wholeOf(it, call);
  return isFailure(kind) ? kind : (weekends.get(kind) ?? unknown());
}

/** From one day to another, negative backwards; holidays may come several times and in any order. */
export function workingDaysBetween(start: number, end: number, off: ReadonlySet<number>, holidays: readonly number[]): number {
  const first = Math.floor(Math.min(start, end));
  const last = Math.floor(Math.max(start, end));
  const free = new Set(holidays.map(Math.floor).filter((day) => day >= first && day <= last && !off.has(weekdayOf(day))));
  const days = countBetween(first, last, off) - free.size;
  return end < start ? -days + 0 : days;
}

/** 0 for Sunday; serial number 1 is a Sunday. */
const weekdayOf = (day: number): number => (((day - 1) % 7) + 7) % 7;

function countBetween(first: number, last: number, off: ReadonlySet<number>): number {
  const days = last - first + 1;
  const weeks = Math.floor(days / 7);
  let count = weeks * (7 - off.size);
  for (let day = first + weeks * 7; day <= last; day++) if (!off.has(weekdayOf(day))) count++;
  return count;
}
