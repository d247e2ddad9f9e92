/** Moments in time, and the parts of dates, for rows that are made up. */
import { momentOf } from '../../../formats/dateFormat.ts';
import type { DatePart } from '../../../model/generate.ts';
import type { DataType } from '../../../model/model.ts';
import type { Cell } from '../../../plan/values.ts';
import type { Chance } from './chance.ts';

const secondsADay = 86_400;

/** A serial of a whole second, as a reader of texts makes it of the same moment. */
export const serialAt = (seconds: number): number => (seconds * 1000) / (secondsADay * 1000);

/** Draws moments of whole seconds, in a range of days and between two hours of a day. */
export function drawMoment(from: number, to: number, [first, last]: readonly [number, number], chance: Chance): () => number {
  const start = Math.round(from * secondsADay);
  const end = Math.max(start + 1, Math.round(to * secondsADay));
  if (first === 0 && last === 24) return () => serialAt(start + Math.floor(chance() * (end - start)));
  const firstDay = Math.floor(from);
  const days = Math.max(1, Math.ceil(to) - firstDay);
  // From 22 to 6 the day goes on behind midnight; equal hours are whole days.
  const open = first === last ? 0 : Math.round((last > first ? last - first : last + 24 - first) * 3600);
  return () => {
    const day = firstDay + Math.floor(chance() * days);
    const second = Math.round(first * 3600) + Math.floor(chance() * open);
    return serialAt(Math.min(Math.max(day * secondsADay + (open === 0 ? 0 : second), start), end - 1));
  };
}

const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;
const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const two = (it: number): string => String(it).padStart(2, '0');

/** A part of a date in a column's type; BLANK outside the years 1 to 9999. Weekdays count from 1, Sunday. */
export function partOf(serial: number, part: DatePart, type: DataType): Cell {
  const moment = momentOf(serial);
  if (moment === undefined) return null;
  const { year, month, day } = moment;
  const isNumber = type === 'int64' || type === 'double';
  const said = (number: number, text: string): Cell => (isNumber ? number : type === 'decimal' ? number * 10_000 : type === 'string' ? text : null);
  switch (part) {
    case 'date':
      return type === 'dateTime' ? Math.floor(serial) : said(year * 10_000 + month * 100 + day, `${String(year)}-${two(month)}-${two(day)}`);
    case 'year': return said(year, String(year));
    case 'quarter': return said(Math.ceil(month / 3), `Q${String(Math.ceil(month / 3))}`);
    case 'month': return type === 'dateTime' ? Math.floor(serial) - day + 1 : said(month, two(month));
    case 'monthName': return said(month, monthNames[month - 1] ?? '');
    case 'yearMonth': return said(year * 100 + month, `${String(year)}-${two(month)}`);
    case 'day': return said(day, two(day));
    case 'weekday': return said(moment.weekday + 1, String(moment.weekday + 1));
    case 'weekdayName': return said(moment.weekday + 1, dayNames[moment.weekday] ?? '');
    case 'hour': return said(moment.hour, two(moment.hour));
  }
}
