/**
 * Date and time functions. A date is the number of days since 1899-12-30; fractions of numeric arguments round.
 *
 * Two-digit years as the function's page says and Power BI Desktop shows: 0 to 49 are 20xx, 50 to 99 are 19xx; from
 * -1 down 1900 is added. Weeks: return types of WEEKDAY and WEEKNUM as on their pages.
 */
import type { Cell } from '../../plan/values.ts';
import { dateParts, dateSerial, isDate, type DateParts } from '../dates.ts';
import { daxError, isFailure, notEvaluated, type Failure } from '../values/cells.ts';
import { constant } from '../values/vector.ts';
import { roundHalfAway } from '../values/numbers.ts';
import { serialOfText } from '../values/dateText.ts';
import { argument, eachRow, numberOf, wholeOf, type Call, type Evaluator, type TypedValue } from './evaluator.ts';
import { workingDays } from './workingDays.ts';
import { yearFraction } from './financial/dayCount.ts';

/** A part of a date; BLANK stays BLANK. */
const part = (read: (parts: DateParts) => number): Evaluator => (args, call) =>
  eachRow([argument(args, 0, call)], call, 'int64', (it) => {
    const serial = serialOf(it, call);
    return typeof serial === 'number' ? read(dateParts(serial)) : serial;
  });

/** The moment of the clock, or why there is none. */
function clock(read = (serial: number): number => serial): Evaluator {
  return (_, call) => {
    const now = call.clock();
    return constant('dateTime', isFailure(now) ? { ...now, at: call.at } : read(now), call.length);
  };
}

export const dateTime = {
  DATE: (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call), argument(args, 2, call)], call, 'dateTime', (...parts) => {
    const [year, month, day] = parts.map((it) => wholeOf(it, call));
    if (isFailure(year as Cell)) return year as Failure;
    if (isFailure(month as Cell)) return month as Failure;
    if (isFailure(day as Cell)) return day as Failure;
    const serial = dateSerial(fullYear(year as number), month as number, day as number);
    return isDate(serial) ? serial : daxError('invalid-date', { detail: `DATE(${year}, ${month}, ${day})` }, call.at);
  }),
  TIME: (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call), argument(args, 2, call)], call, 'dateTime', (...parts) => {
    const [hour, minute, second] = parts.map((it) => wholeOf(it, call));
    if (isFailure(hour as Cell)) return hour as Failure;
    if (isFailure(minute as Cell)) return minute as Failure;
    if (isFailure(second as Cell)) return second as Failure;
    const seconds = (hour as number) * 3600 + (minute as number) * 60 + (second as number);
    if (seconds < 0) return daxError('argument-out-of-range', { function: 'TIME', detail: 'the time is negative' }, call.at);
    if (!Number.isSafeInteger(seconds)) return daxError('argument-out-of-range', { function: 'TIME', detail: 'the time is too large' }, call.at);
    return (seconds % 86_400) / 86_400;
  }),
  YEAR: part((it) => it.year),
  QUARTER: part((it) => Math.ceil(it.month / 3)),
  MONTH: part((it) => it.month),
  DAY: part((it) => it.day),
  HOUR: part((it) => it.hour),
  MINUTE: part((it) => it.minute),
  SECOND: part((it) => it.second),
  EDATE: (args, call) => monthsAway(args, call, Math.trunc, (parts, day, months) => {
    const last = dateParts(dateSerial(parts.year, parts.month + months + 1, 0)).day;
    return dateSerial(parts.year, parts.month + months, Math.min(day, last));
  }),
  EOMONTH: (args, call) => monthsAway(args, call, roundHalfAway, (parts, _, months) => dateSerial(parts.year, parts.month + months + 1, 0)),
  DATEVALUE: (args, call) => readText(args, call, 'DATEVALUE', (serial) => Math.floor(serial)),
  TIMEVALUE: (args, call) => readText(args, call, 'TIMEVALUE', (serial) => serial - Math.floor(serial)),
  WEEKDAY: (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call)], call, 'int64', (it, returnType) => {
    const serial = serialOf(it, call);
    if (typeof serial !== 'number') return serial;
    const kind = args[1] === null || args[1] === undefined ? 1 : wholeOf(returnType as TypedValue, call);
    if (isFailure(kind)) return kind;
    const first = firstDay.get(kind);
    if (first === undefined || (kind > 3 && kind < 11) || kind === 21) return daxError('argument-out-of-range', { function: 'WEEKDAY', detail: `there is no return type ${kind}` }, call.at);
    const fromFirst = (dateParts(serial).weekday - first + 7) % 7;
    return kind === 3 ? fromFirst : fromFirst + 1;
  }),
  WEEKNUM: (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call)], call, 'int64', (it, returnType) => {
    const serial = serialOf(it, call);
    if (typeof serial !== 'number') return serial;
    const kind = args[1] === null || args[1] === undefined ? 1 : wholeOf(returnType as TypedValue, call);
    if (isFailure(kind)) return kind;
    const first = firstDay.get(kind);
    if (first === undefined || kind === 3) return daxError('argument-out-of-range', { function: 'WEEKNUM', detail: `there is no return type ${kind}` }, call.at);
    return kind === 21 ? isoWeek(serial) : weekOfYear(serial, first);
  }),
  NETWORKDAYS: workingDays(serialOf),
  YEARFRAC: (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call), argument(args, 2, call)], call, 'double', (from, to, by) => {
    const start = serialOf(from, call);
    if (typeof start !== 'number') return start;
    const end = serialOf(to, call);
    if (typeof end !== 'number') return end;
    const basis = wholeOf(by, call);
    if (isFailure(basis)) return basis;
    return yearFraction(start, end, basis) ?? daxError('argument-out-of-range', { function: 'YEARFRAC', detail: `there is no basis ${basis}` }, call.at);
  }),
  UTCTODAY: clock(Math.floor),
  UTCNOW: clock(),
  TODAY: clock(Math.floor),
  NOW: clock(),
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

/** The first day of the week, 0 for Sunday, of a return type; 21 is the week of ISO 8601. */
const firstDay: ReadonlyMap<number, number> = new Map([[1, 0], [2, 1], [3, 1], [11, 1], [12, 2], [13, 3], [14, 4], [15, 5], [16, 6], [17, 0], [21, 1]]);

/** The week that holds 1 January is the first one. */
function weekOfYear(serial: number, first: number): number {
  const { year } = dateParts(serial);
  const january = dateSerial(year, 1, 1);
  const offset = (dateParts(january).weekday - first + 7) % 7;
  return Math.floor((Math.floor(serial) - january + offset) / 7) + 1;
}

/** The first week is the one that holds the first Thursday. */
function isoWeek(serial: number): number {
  const thursday = Math.floor(serial) + 3 - ((dateParts(serial).weekday + 6) % 7);
  return Math.floor((thursday - dateSerial(dateParts(thursday).year, 1, 1)) / 7) + 1;
}

/** A day some months away; fractions of the months are cut off by EDATE and rounded by EOMONTH. */
function monthsAway(args: Parameters<Evaluator>[0], call: Call, whole: (months: number) => number, move: (start: DateParts, day: number, months: number) => number): ReturnType<Evaluator> {
  return eachRow([argument(args, 0, call), argument(args, 1, call)], call, 'dateTime', (it, by) => {
    const serial = serialOf(it, call);
    if (isFailure(serial)) return serial;
    if (serial === null) return null;
    const months = numberOf(by, call);
    if (isFailure(months)) return months;
    const start = dateParts(Math.floor(serial));
    const moved = move(start, start.day, whole(months ?? 0));
    return isDate(moved) ? moved : daxError('invalid-date', { detail: 'the result is beyond the range of dates' }, call.at);
  });
}

function readText(args: Parameters<Evaluator>[0], call: Call, name: string, take: (serial: number) => number): ReturnType<Evaluator> {
  return eachRow([argument(args, 0, call)], call, 'dateTime', (it) => {
    if (it.value === null) return null;
    if (typeof it.value !== 'string') return daxError('argument-out-of-range', { function: name, detail: 'the argument is no text' }, call.at);
    const serial = serialOf(it, call);
    return typeof serial === 'number' ? take(serial) : serial;
  });
}

/** The serial number of a date, a number, or a date that is written as text; BLANK stays null. */
export function serialOf(it: TypedValue, call: Pick<Call, 'at'>): number | null | Failure {
  if (typeof it.value === 'string') {
    const serial = serialOfText(it.value);
    if (serial !== undefined) return serial;
    if (!/\d/.test(it.value)) return daxError('invalid-date', { detail: `"${it.value.slice(0, 80)}" is no date` }, call.at);
    return notEvaluated({ id: 'feature-not-supported', what: `the date "${it.value.slice(0, 40)}"` }, call.at);
  }
  const value = numberOf(it, call);
  if (typeof value !== 'number') return value;
  return isDate(value) ? value : daxError('invalid-date', { detail: `${value} is beyond the range of dates` }, call.at);
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
