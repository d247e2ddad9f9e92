/**
 * Date and time texts → days since 1899-12-30, to the millisecond.
 *
 * ISO 8601 is always read: `YYYY-MM-DD`, then optionally `T` or a blank and `hh:mm[:ss[.fraction]]`, then optionally
 * `Z` or an offset, which turns the value into UTC wall-clock. The machine's zone and locale are never asked.
 */

const millisecondsPerDay = 86_400_000;

/** Days between 1899-12-30 and 1970-01-01. */
const epochDays = 25_569;

/** The serial of a date and time, or undefined when there is no such day or time. Month and day count from 1. */
export function serialOf(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, milliseconds = 0, offsetMinutes = 0): number | undefined {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const days = dayNumber(year, month, day) + epochDays;
  const time = ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1000 + milliseconds;
  // One division of a whole number of milliseconds: the nearest double there is.
  return (days * millisecondsPerDay + time) / millisecondsPerDay;
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar (era arithmetic: a year begins in March). */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysIn = (year: number, month: number): number => (month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);

const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?[ ]?(?:([Zz])|([+-])(\d{2}):?(\d{2})?)?)?$/;

/** Reads ISO 8601; undefined when the text is none, or names no day or time there is. */
export function isoSerial(text: string): number | undefined {
  // Cheap refusal before the pattern: no ISO date is shorter, longer, or has its first dash elsewhere.
  if (text.length < 10 || text.length > 40 || text.charCodeAt(4) !== 45) return undefined;
  const match = iso.exec(text);
  if (match === null) return undefined;
  const offset = match[9] === undefined ? 0 : (match[9] === '-' ? -1 : 1) * (Number(match[10]) * 60 + Number(match[11] ?? 0));
  if (Math.abs(offset) > 14 * 60) return undefined;
  return serialOf(
    Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0),
    match[7] === undefined ? 0 : Math.round(Number(`0.${match[7]}`) * 1000), offset,
  );
}

type Part = 'year' | 'shortYear' | 'month' | 'day' | 'hour' | 'halfHour' | 'minute' | 'second' | 'fraction' | 'half';
type Step = { readonly literal: string } | { readonly part: Part; readonly least: number; readonly most: number };

/** A pattern such as `dd.MM.yyyy HH:mm:ss`, ready to read texts. */
export type DateFormat = readonly Step[];

const letters = new Map<string, Step>([
  ['yyyy', { part: 'year', least: 4, most: 4 }], ['yy', { part: 'shortYear', least: 2, most: 2 }],
  ['MM', { part: 'month', least: 2, most: 2 }], ['M', { part: 'month', least: 1, most: 2 }],
  ['dd', { part: 'day', least: 2, most: 2 }], ['d', { part: 'day', least: 1, most: 2 }],
  ['HH', { part: 'hour', least: 2, most: 2 }], ['H', { part: 'hour', least: 1, most: 2 }],
  ['hh', { part: 'halfHour', least: 2, most: 2 }], ['h', { part: 'halfHour', least: 1, most: 2 }],
  ['mm', { part: 'minute', least: 2, most: 2 }], ['m', { part: 'minute', least: 1, most: 2 }],
  ['ss', { part: 'second', least: 2, most: 2 }], ['s', { part: 'second', least: 1, most: 2 }],
  ['f', { part: 'fraction', least: 1, most: 1 }], ['ff', { part: 'fraction', least: 2, most: 2 }], ['fff', { part: 'fraction', least: 3, most: 3 }],
  ['tt', { part: 'half', least: 2, most: 2 }],
]);

/** Reads a pattern; undefined when it has letters that mean nothing, or no year, month and day. Quotes hold literal text. */
export function dateFormat(pattern: string): DateFormat | undefined {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; ) {
    const char = pattern.charAt(at);
    if (char === "'") {
      const end = pattern.indexOf("'", at + 1);
      if (end < 0) return undefined;
      steps.push({ literal: pattern.slice(at + 1, end) });
      at = end + 1;
    } else if (/[A-Za-z]/.test(char) && char !== 'T') {
      let end = at;
      while (pattern.charAt(end) === char) end++;
      const step = letters.get(pattern.slice(at, end));
      if (step === undefined) return undefined;
      steps.push(step);
      at = end;
    } else {
      steps.push({ literal: char });
      at++;
    }
  }
  const has = (...parts: readonly Part[]): boolean => steps.some((it) => 'part' in it && parts.includes(it.part));
  return has('year', 'shortYear') && has('month') && has('day') ? steps : undefined;
}

/** Reads a text by a pattern; undefined when it does not fit wholly. */
export function serialBy(format: DateFormat, text: string): number | undefined {
  const found = new Map<Part, number>();
  let at = 0;
  for (const step of format) {
    if ('literal' in step) {
      if (!text.startsWith(step.literal, at)) return undefined;
      at += step.literal.length;
      continue;
    }
    if (step.part === 'half') {
      const word = text.slice(at, at + 2).toLowerCase();
      if (word !== 'am' && word !== 'pm') return undefined;
      found.set('half', word === 'pm' ? 12 : 0);
      at += 2;
      continue;
    }
    let end = at;
    while (end - at < step.most && isDigit(text.charCodeAt(end))) end++;
    if (end - at < step.least) return undefined;
    const digits = text.slice(at, end);
    found.set(step.part, step.part === 'fraction' ? Number(digits.padEnd(3, '0')) : Number(digits));
    at = end;
  }
  if (at !== text.length) return undefined;
  const get = (part: Part): number => found.get(part) ?? 0;
  const short = found.get('shortYear');
  // Two digits mean 1930 to 2029, as in Power BI with its default calendar.
  const year = short === undefined ? get('year') : short < 30 ? 2000 + short : 1900 + short;
  const half = found.get('halfHour');
  if (half !== undefined && (half < 1 || half > 12)) return undefined;
  const hour = half === undefined ? get('hour') : (half % 12) + get('half');
  return serialOf(year, get('month'), get('day'), hour, get('minute'), get('second'), get('fraction'));
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
