/**
 * Dates and times written as text, read in the culture en-US: what DATEVALUE, TIMEVALUE and date arguments take.
 *
 * Only forms that can mean one thing are read: month/day/year with a year of four digits, ISO, and months by name.
 */
import { dateParts, dateSerial } from '../dates.ts';

const months: ReadonlyMap<string, number> = new Map(
  ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
    .flatMap((name, i) => [[name, i + 1], [name.slice(0, 3), i + 1]] as const),
);

const time = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?(?:\s?([ap]m))?$/i;
const withTime = /^(.*?)(?:[ T]\s*(\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d{1,7})?)?(?:\s?[ap]m)?))?$/i;

/**
 * @returns days since 1899-12-30, a bare time as the fraction of a day; undefined when the text is none of the forms
 *   that are read or names no day there is
 */
export function serialOfText(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > 60) return undefined;
  const alone = timeOf(trimmed);
  if (alone !== undefined) return alone;
  const match = withTime.exec(trimmed);
  const day = match?.[1] === undefined ? undefined : dayOf(match[1].trim());
  if (day === undefined) return undefined;
  const clock = match?.[2] === undefined ? 0 : timeOf(match[2]);
  return clock === undefined ? undefined : day + clock;
}

function timeOf(text: string): number | undefined {
  const match = time.exec(text);
  if (match === null) return undefined;
  const [, hours, minutes, seconds = '0', fraction = '0', half] = match;
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const milliseconds = Math.round(Number(`0.${fraction}`) * 1000);
  return (((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + milliseconds) / 86_400_000;
}

const forms: readonly (readonly [form: RegExp, order: readonly ['year' | 'month' | 'day', 'year' | 'month' | 'day', 'year' | 'month' | 'day']])[] = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})$/, ['year', 'month', 'day']],
  [/^(\d{4})\/(\d{1,2})\/(\d{1,2})$/, ['year', 'month', 'day']],
  [/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, ['month', 'day', 'year']],
  [/^(\d{1,2})-(\d{1,2})-(\d{4})$/, ['month', 'day', 'year']],
  [/^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})$/i, ['month', 'day', 'year']],
  [/^(\d{1,2})[ -]([a-z]{3,9})\.?,?[ -](\d{4})$/i, ['day', 'month', 'year']],
  // The page of YEAR reads "March 2007": its first day.
  [/^([a-z]{3,9})\.?,? (\d{4})()$/i, ['month', 'year', 'day']],
];

function dayOf(text: string): number | undefined {
  for (const [form, order] of forms) {
    const match = form.exec(text);
    if (match === null) continue;
    const part = (name: 'year' | 'month' | 'day'): string => match[order.indexOf(name) + 1] ?? '';
    const month = /^\d/.test(part('month')) ? Number(part('month')) : months.get(part('month').toLowerCase());
    if (month === undefined || month < 1 || month > 12) return undefined;
    const day = part('day') === '' ? 1 : Number(part('day'));
    const serial = dateSerial(Number(part('year')), month, day);
    const read = dateParts(serial);
    return read.month === month && read.day === day && read.year === Number(part('year')) ? serial : undefined;
  }
  return undefined;
}
