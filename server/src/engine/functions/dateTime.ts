/**
 * Date and time functions. A date is the number of days since 1899-12-30; fractions of numeric arguments round.
 *
 * Two-digit years as the function's page says and Power BI Desktop shows: 0 to 49 are 20xx, 50 to 99 are 19xx; from
 * -1 down 1900 is added.
 */
import type { Cell } from '../../plan/values.ts';
import { dateParts, dateSerial, END_DATE, MIN_DATE, type DateParts } from '../dates.ts';
import { daxError, isFailure, notEvaluated, type Failure } from '../values/cells.ts';
import { constant } from '../values/vector.ts';
import { argument, eachRow, numberOf, wholeOf, type Call, type Evaluator, type TypedValue } from './evaluator.ts';

/** A part of a date; BLANK stays BLANK. */
const part = (read: (parts: DateParts) => number): Evaluator => (args, call) =>
  eachRow([argument(args, 0, call)], call, 'int64', (it) => {
    const serial = serialOf(it, call);
    return typeof serial === 'number' ? read(dateParts(serial)) : serial;
  });

export const dateTime = {
  DATE: (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call), argument(args, 2, call)], call, 'dateTime', (...parts) => {
    const [year, month, day] = parts.map((it) => wholeOf(it, call));
    if (isFailure(year as Cell)) return year as Failure;
    if (isFailure(month as Cell)) return month as Failure;
    if (isFailure(day as Cell)) return day as Failure;
    const serial = dateSerial(fullYear(year as number), month as number, day as number);
    return inRange(serial) ? serial : daxError('invalid-date', { detail: `DATE(${year}, ${month}, ${day})` }, call.at);
  }),
  TIME: (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call), argument(args, 2, call)], call, 'dateTime', (...parts) => {
    const [hour, minute, second] = parts.map((it) => wholeOf(it, call));
    if (isFailure(hour as Cell)) return hour as Failure;
    if (isFailure(minute as Cell)) return minute as Failure;
    if (isFailure(second as Cell)) return second as Failure;
    const seconds = (hour as number) * 3600 + (minute as number) * 60 + (second as number);
    if (seconds < 0) return daxError('argument-out-of-range', { function: 'TIME', detail: 'the time is negative' }, call.at);
    return (seconds % 86_400) / 86_400;
  }),
  YEAR: part((it) => it.year),
  QUARTER: part((it) => Math.ceil(it.month / 3)),
  MONTH: part((it) => it.month),
  DAY: part((it) => it.day),
  HOUR: part((it) => it.hour),
  MINUTE: part((it) => it.minute),
  SECOND: part((it) => it.second),
  TODAY: (_, call) => constant('dateTime', Math.floor(call.clock), call.length),
  NOW: (_, call) => constant('dateTime', call.clock, call.length),
  DATEDIFF: (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call), argument(args, 2, call)], call, 'int64', (from, to, unit) => {
    const start = serialOf(from, call);
    const end = serialOf(to, call);
    if (isFailure(start)) return start;
    if (isFailure(end)) return end;
    if (typeof start !== 'number' || typeof end !== 'number') return null;
    const count = boundariesCrossed(start, end, String(unit.value).toUpperCase());
    return count ?? daxError('argument-out-of-range', { function: 'DATEDIFF', detail: 'the interval is unknown' }, call.at);
  }),
} satisfies Record<string, Evaluator>;

const inRange = (serial: number): boolean => serial >= MIN_DATE && serial < END_DATE;

/** The serial number of a date or number; BLANK stays null. Dates written as text are not read. */
function serialOf(it: TypedValue, call: Call): number | null | Failure {
  if (it.type === 'string') return notEvaluated({ id: 'feature-not-supported', what: 'dates written as text are' }, call.at);
  const value = numberOf(it, call);
  if (typeof value !== 'number') return value;
  return inRange(value) ? value : daxError('invalid-date', { detail: `${value} is beyond the range of dates` }, call.at);
}

function fullYear(year: number): number {
  if (year < 0) return 1900 + year;
  if (year < 50) return 2000 + year;
  return year < 100 ? 1900 + year : year;
}

const SECONDS = 86_400;

/** How many boundaries of an interval lie between two moments; negative when the end lies before the start. */
function boundariesCrossed(start: number, end: number, unit: string): number | undefined {
  const months = (it: DateParts): number => it.year * 12 + it.month - 1;
  const between = (position: (serial: number) => number): number => position(end) - position(start);
  const seconds = (serial: number): number => Math.round(serial * SECONDS * 1000) / 1000;
  switch (unit) {
    case 'SECOND': return between((it) => Math.floor(seconds(it)));
    case 'MINUTE': return between((it) => Math.floor(seconds(it) / 60));
    case 'HOUR': return between((it) => Math.floor(seconds(it) / 3600));
    case 'DAY': return between((it) => Math.floor(seconds(it) / SECONDS));
    // Weeks begin on Sunday; serial number 1 is a Sunday.
    case 'WEEK': return between((it) => Math.floor((Math.floor(seconds(it) / SECONDS) - 1) / 7));
    case 'MONTH': return between((it) => months(dateParts(it)));
    case 'QUARTER': return between((it) => Math.floor(months(dateParts(it)) / 3));
    case 'YEAR': return between((it) => dateParts(it).year);
    default: return undefined;
  }
}
