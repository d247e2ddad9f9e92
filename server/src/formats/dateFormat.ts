/**
 * Dates and times by a custom format such as `yyyy-mm-dd hh:nn`.
 *
 * Semantics: the FORMAT function of DAX follows Visual Basic: letters have one meaning in both cases, `m` right after
 * an hour is the minute, hours count to 23 unless AM or PM is written.
 */
import { hasSpecial, type FormatChar } from './formatTokens.ts';
import type { FormatLocale } from './locales.ts';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** A moment taken apart. `weekday` counts from 0, Sunday; `dayOfYear` and `month` count from 1. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
  readonly dayOfYear: number;
}

const secondsOfDay = 86_400;
/** 1970-01-01 as days since 1899-12-30. */
const unixDay = 25_569;

/** The moment of a date serial (days since 1899-12-30), to the nearest second; undefined outside the years 1 to 9999. */
export function momentOf(serial: number): Moment | undefined {
  const total = Math.round(serial * secondsOfDay);
  const day = Math.floor(total / secondsOfDay);
  const rest = total - day * secondsOfDay;
  const date = new Date((day - unixDay) * secondsOfDay * 1000);
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) return undefined;
  const january = new Date(0);
  january.setUTCFullYear(year, 0, 1);
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    weekday: date.getUTCDay(),
    dayOfYear: Math.round((date.getTime() - january.getTime()) / (secondsOfDay * 1000)) + 1,
  };
}

/** Whether a section is written in date letters rather than digit placeholders. */
export const isDateSection = (section: readonly FormatChar[]): boolean =>
  hasSpecial(section, 'dDmMyYhHnNsSqQtTwW') && !hasSpecial(section, '0#%');

/** The moment by a section; undefined for letters that are not covered. */
export function formatDate(moment: Moment, section: readonly FormatChar[], locale: FormatLocale): string | undefined {
  const halves = /am\/pm|a\/p|ampm/i.test(section.map((it) => (it.literal ? '\u0000' : it.char)).join(''));
  let text = '';
  let afterHour = false;
  for (let i = 0; i < section.length; ) {
    const it = section[i];
    if (it === undefined) break;
    if (it.literal) {
      text += it.char;
      i++;
      continue;
    }
    const half = halfAt(section, i);
    if (half !== undefined) {
      if (locale.named === undefined) return undefined;
      text += halfText(half, moment.hour);
      i += half.length;
      continue;
    }
    const letter = it.char.toLowerCase();
    if (letter < 'a' || letter > 'z') {
      if ('@&<>!*_[]%'.includes(letter)) return undefined;
      text += letter === '/' ? locale.dateSeparator : it.char;
      i++;
      continue;
    }
    let end = i + 1;
    while (end < section.length && section[end]?.literal === false && section[end]?.char.toLowerCase() === letter) end++;
    const count = end - i;
    const isMinute = letter === 'm' && afterHour && count <= 2;
    // `hh:MM` could be meant either way; minutes before seconds without an hour could too.
    if (isMinute && it.char === 'M') return undefined;
    if (letter === 'm' && !isMinute && count <= 2 && nextLetter(section, end) === 's') return undefined;
    const piece = isMinute ? padded(moment.minute, count) : token(letter, count, it.char, moment, halves, locale);
    if (piece === undefined) return undefined;
    text += piece;
    afterHour = letter === 'h';
    i = end;
  }
  return text;
}

function token(letter: string, count: number, written: string, it: Moment, halves: boolean, locale: FormatLocale): string | undefined {
  switch (letter) {
    case 'd':
      if (count <= 2) return padded(it.day, count);
      if (count === 3) return locale.shortDays?.[it.weekday];
      if (count === 4) return locale.days[it.weekday];
      if (locale.named === undefined) return undefined;
      return count === 5 ? shortDate(it) : count === 6 ? longDate(it) : undefined;
    case 'm':
      if (count <= 2) return padded(it.month, count);
      if (count === 3) return locale.shortMonths?.[it.month - 1];
      return count === 4 ? locale.months[it.month - 1] : undefined;
    case 'y':
      if (count === 1) return String(it.dayOfYear);
      if (count === 2) return padded(it.year % 100, 2);
      return count === 4 ? padded(it.year, 4) : undefined;
    case 'h': return count <= 2 ? padded(halves ? ((it.hour + 11) % 12) + 1 : it.hour, count) : undefined;
    case 'n': return count <= 2 ? padded(it.minute, count) : undefined;
    case 's': return count <= 2 ? padded(it.second, count) : undefined;
    case 'q': return count === 1 ? String(Math.ceil(it.month / 3)) : undefined;
    case 'w':
      if (count === 1) return String(it.weekday + 1);
      return count === 2 ? String(weekOf(it)) : undefined;
    // The T between date and time of ISO 8601.
    case 't': return count === 1 && written === 'T' ? 'T' : count === 5 && locale.named !== undefined ? longTime(it) : undefined;
    default: return undefined;
  }
}

export const shortDate = (it: Moment): string => `${it.month}/${it.day}/${it.year}`;
export const longDate = (it: Moment): string =>
  `${days[it.weekday] ?? ''}, ${months[it.month - 1] ?? ''} ${it.day}, ${it.year}`;
export const longTime = (it: Moment): string => `${hour12(it)}:${padded(it.minute, 2)}:${padded(it.second, 2)} ${half(it)}`;
export const mediumTime = (it: Moment): string => `${padded(Number(hour12(it)), 2)}:${padded(it.minute, 2)} ${half(it)}`;
export const shortTime = (it: Moment): string => `${padded(it.hour, 2)}:${padded(it.minute, 2)}`;

/** ISO 8601 without a zone: `YYYY-MM-DDThh:mm:ss`. */
export const isoText = (it: Moment): string =>
  `${padded(it.year, 4)}-${padded(it.month, 2)}-${padded(it.day, 2)}T${padded(it.hour, 2)}:${padded(it.minute, 2)}:${padded(it.second, 2)}`;

const hour12 = (it: Moment): string => String(((it.hour + 11) % 12) + 1);
const half = (it: Moment): string => (it.hour < 12 ? 'AM' : 'PM');
const padded = (value: number, width: number): string => String(value).padStart(width, '0');

/** Weeks begin on Sunday, and the first one is that of January 1. */
function weekOf(it: Moment): number {
  const weekdayOfJanuary1 = (((it.weekday - (it.dayOfYear - 1)) % 7) + 7) % 7;
  return Math.floor((it.dayOfYear - 1 + weekdayOfJanuary1) / 7) + 1;
}

function halfAt(section: readonly FormatChar[], at: number): string | undefined {
  for (const form of ['AM/PM', 'am/pm', 'AMPM', 'ampm', 'A/P', 'a/p']) {
    const written = section.slice(at, at + form.length);
    if (written.length === form.length && written.every((it, i) => !it.literal && it.char === form.charAt(i))) return form;
  }
  return undefined;
}

function halfText(form: string, hour: number): string {
  const wide = form.length > 3 ? (hour < 12 ? 'AM' : 'PM') : hour < 12 ? 'A' : 'P';
  return form === form.toLowerCase() && form !== 'ampm' ? wide.toLowerCase() : wide;
}

function nextLetter(section: readonly FormatChar[], from: number): string | undefined {
  return section.slice(from).find((it) => !it.literal && /[a-z]/i.test(it.char))?.char.toLowerCase();
}
