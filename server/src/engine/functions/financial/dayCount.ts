/** Parts of a year between two dates, by the day-count bases that the page of YEARFRAC and the financial functions name. */
import { dateParts, dateSerial, type DateParts } from '../../dates.ts';

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const isEndOfFebruary = (it: DateParts): boolean => it.month === 2 && it.day === (isLeap(it.year) ? 29 : 28);

/**
 * @param start days since 1899-12-30; fractions of days do not count
 * @param basis 0 US 30/360, 1 actual/actual, 2 actual/360, 3 actual/365, 4 European 30/360
 * @returns a number that is never negative, whichever date comes first; undefined for another basis
 */
export function yearFraction(start: number, end: number, basis: number): number | undefined {
  const from = Math.floor(Math.min(start, end));
  const to = Math.floor(Math.max(start, end));
  switch (basis) {
    case 0: return daysUs(from, to) / 360;
    case 1: return (to - from) / yearLength(from, to);
    case 2: return (to - from) / 360;
    case 3: return (to - from) / 365;
    case 4: return daysEuropean(from, to) / 360;
    default: return undefined;
  }
}

/** Days between two dates of a year of twelve months of 30 days, as US bonds count them. */
export function daysUs(from: number, to: number): number {
  const a = dateParts(from);
  const b = dateParts(to);
  let first = a.day;
  let last = b.day;
  if (isEndOfFebruary(a) && isEndOfFebruary(b)) last = 30;
  if (isEndOfFebruary(a)) first = 30;
  if (last === 31 && first >= 30) last = 30;
  if (first === 31) first = 30;
  return (b.year - a.year) * 360 + (b.month - a.month) * 30 + last - first;
}

/** As above, as Europe counts them: a 31st is a 30th. */
export function daysEuropean(from: number, to: number): number {
  const a = dateParts(from);
  const b = dateParts(to);
  return (b.year - a.year) * 360 + (b.month - a.month) * 30 + Math.min(b.day, 30) - Math.min(a.day, 30);
}

/** Days of the year between two dates: of that year, or the mean of all years that they touch. */
function yearLength(from: number, to: number): number {
  const a = dateParts(from);
  const b = dateParts(to);
  const isWithinYear = b.year === a.year || (b.year === a.year + 1 && (b.month < a.month || (b.month === a.month && b.day <= a.day)));
  if (!isWithinYear) return (dateSerial(b.year + 1, 1, 1) - dateSerial(a.year, 1, 1)) / (b.year - a.year + 1);
  if (a.year === b.year) return isLeap(a.year) ? 366 : 365;
  const hasLeapDay = (isLeap(a.year) && dateSerial(a.year, 2, 29) >= from) || (isLeap(b.year) && dateSerial(b.year, 2, 29) <= to);
  return hasLeapDay ? 366 : 365;
}
