/** Dates as serial numbers (days since 1899-12-30) and as the text that stands for them without a format. */

export interface DateParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

const DAY_MS = 86_400_000;
/** 1970-01-01 as a serial number. */
const EPOCH = 25_569;
/** Serial numbers of 0001-01-01 and of the day after 9999-12-31. */
export const MIN_DATE = -693_593;
export const END_DATE = 2_958_466;

/** Whether a serial number is a date at all: years 1 to 9999. */
export const isDate = (serial: number): boolean => serial >= MIN_DATE && serial < END_DATE;

/** The parts of a serial number, to the nearest millisecond. */
export function dateParts(serial: number): DateParts {
  const date = new Date(Math.round((serial - EPOCH) * DAY_MS));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    weekday: date.getUTCDay(),
  };
}

/** The serial number of a day; months and days beyond their range carry over. */
export function dateSerial(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / DAY_MS) + EPOCH;
}

/** `1/31/2024`, `1/31/2024 10:05:00 AM`; a bare time when the day is 1899-12-30. */
export function generalDate(serial: number): string {
  const it = dateParts(serial);
  const day = `${it.month}/${it.day}/${it.year}`;
  if (it.hour === 0 && it.minute === 0 && it.second === 0) return day;
  const time = `${it.hour % 12 === 0 ? 12 : it.hour % 12}:${two(it.minute)}:${two(it.second)} ${it.hour < 12 ? 'AM' : 'PM'}`;
  return it.year === 1899 && it.month === 12 && it.day === 30 ? time : `${day} ${time}`;
}

export const two = (value: number): string => value.toString().padStart(2, '0');
