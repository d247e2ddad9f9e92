/** Days, months, quarters and years of the calendar as ranges of serial numbers. */
import type { DateUnit, YearEnd } from '../../../plan/plan.ts';
import { dateParts, dateSerial } from '../../dates.ts';

/** First and last day. */
export type Days = readonly [from: number, to: number];

/** The day, month, quarter or year that a day lies in; years end as `yearEnd` says. */
export function periodOf(day: number, unit: DateUnit, yearEnd: YearEnd): Days {
  const { year, month } = dateParts(day);
  switch (unit) {
    case 'day': return [day, day];
    case 'month': return [dateSerial(year, month, 1), dateSerial(year, month + 1, 0)];
    case 'quarter': {
      const first = month - ((month - 1) % 3);
      return [dateSerial(year, first, 1), dateSerial(year, first + 3, 0)];
    }
    case 'year': {
      const own = dateSerial(year, yearEnd.month, yearEnd.day);
      return day <= own
        ? [dateSerial(year - 1, yearEnd.month, yearEnd.day) + 1, own]
        : [own + 1, dateSerial(year + 1, yearEnd.month, yearEnd.day)];
    }
  }
}

const monthsOf: Readonly<Record<Exclude<DateUnit, 'day'>, number>> = { month: 1, quarter: 3, year: 12 };

/** The day some units away; a day that the month there lacks becomes its last one. */
export function movedDay(day: number, count: number, unit: DateUnit): number {
  if (unit === 'day') return day + count;
  const { year, month, day: dayOfMonth } = dateParts(day);
  const there = month + count * monthsOf[unit];
  return Math.min(dateSerial(year, there, dayOfMonth), dateSerial(year, there + 1, 0));
}

const lastOfMonth = (day: number): number => {
  const { year, month } = dateParts(day);
  return dateSerial(year, month + 1, 0);
};

/**
 * Days moved as the page of DATEADD says: where the last two days of a month are among them, the month that they are
 * moved to is taken to its end.
 *
 * @param days rising
 */
export function movedDays(days: readonly number[], count: number, unit: DateUnit): ReadonlySet<number> {
  const moved = new Set(days.map((it) => movedDay(it, count, unit)));
  if (unit === 'day') return moved;
  const given = new Set(days);
  for (const day of days) {
    if (day !== lastOfMonth(day) || !given.has(day - 1)) continue;
    const there = movedDay(day, count, unit);
    for (let it = there; it <= lastOfMonth(there); it++) moved.add(it);
  }
  return moved;
}

/**
 * The period of some units that begins with a day, or, counted backwards, ends with it. Undefined where it is not
 * documented: at the end of a month, when counting days of the month and counting month ends differ.
 */
export function periodFrom(start: number, count: number, unit: DateUnit): Days | undefined {
  if (count === 0) return undefined;
  const there = movedDay(start, count, unit);
  const isMonthEnd = unit !== 'day' && start === lastOfMonth(start);
  if (count < 0) return isMonthEnd && there !== lastOfMonth(there) ? undefined : [there + 1, start];
  const isCutShort = unit !== 'day' && dateParts(there).day !== dateParts(start).day;
  return isCutShort || (isMonthEnd && there !== lastOfMonth(there)) ? undefined : [start, there - 1];
}
