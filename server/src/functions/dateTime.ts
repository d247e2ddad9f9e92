/** Functions that make dates and times, and take them apart. */
import { date, family, number, optional, table, text, value, word } from './define.ts';

const fn = family('date-time');

export const dateTime = [
  fn('CALENDAR', 'table', [date('start'), date('end')], 'A table with one column, Date, that holds each day from start to end.'),
  fn('CALENDARAUTO', 'table', [optional(number('fiscalYearEndMonth'))], 'A table of days that covers whole years around all dates of the model.', { inVisualCalculations: 'discouraged' }),
  fn('DATE', 'dateTime', [number('year'), number('month'), number('day')], 'The date of a year, month and day; months and days beyond their range run over.'),
  fn('DATEDIFF', 'int64', [date('start'), date('end'), word('interval', 'SECOND', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR')], 'How many boundaries of an interval lie between two dates.'),
  fn('DATEVALUE', 'dateTime', [text('dateText')], 'Reads a date that is written as text.'),
  fn('DAY', 'int64', [date()], 'Day of the month, 1 to 31.'),
  fn('EDATE', 'dateTime', [date('start'), number('months')], 'The date a number of months later, or earlier when negative.'),
  fn('EOMONTH', 'dateTime', [date('start'), number('months')], 'Last day of the month that lies a number of months away.'),
  fn('HOUR', 'int64', [date('time')], 'Hour of a time, 0 to 23.'),
  fn('MINUTE', 'int64', [date('time')], 'Minute of a time, 0 to 59.'),
  fn('MONTH', 'int64', [date()], 'Month of a date, 1 to 12.'),
  fn('NETWORKDAYS', 'int64', [date('start'), date('end'), optional(value('weekend')), optional(table('holidays'))], 'Number of working days from start to end, both included.'),
  fn('NOW', 'dateTime', [], 'The current date and time.', { volatile: 'clock' }),
  fn('QUARTER', 'int64', [date()], 'Quarter of a date, 1 to 4.'),
  fn('SECOND', 'int64', [date('time')], 'Second of a time, 0 to 59.'),
  fn('TIME', 'dateTime', [number('hour'), number('minute'), number('second')], 'The time of an hour, minute and second.'),
  fn('TIMEVALUE', 'dateTime', [text('timeText')], 'Reads a time that is written as text.'),
  fn('TODAY', 'dateTime', [], 'The current date, at midnight.', { volatile: 'clock' }),
  fn('UTCNOW', 'dateTime', [], 'The current date and time in UTC.', { volatile: 'clock' }),
  fn('UTCTODAY', 'dateTime', [], 'The current date in UTC, at midnight.', { volatile: 'clock' }),
  fn('WEEKDAY', 'int64', [date(), optional(number('returnType'))], 'Day of the week as a number; the return type says which day is the first.'),
  fn('WEEKNUM', 'int64', [date(), optional(number('returnType'))], 'Number of the week in its year; the return type says on which day weeks begin.'),
  fn('YEAR', 'int64', [date()], 'Year of a date.'),
  fn('YEARFRAC', 'double', [date('start'), date('end'), optional(number('basis'))], 'Part of a year between two dates, by a day-count basis.'),
];
