/** Functions that shift and widen periods of a date column or calendar. */
import { date, family, filter, number, optional, tableOrColumn, text, value, word } from './define.ts';

const fn = family('time-intelligence', { inVisualCalculations: 'discouraged' });

const dates = { ...tableOrColumn('dates'), type: 'date' as const };
const calendar = tableOrColumn('calendar');
const yearEnd = optional(text('yearEnd'));
const interval = word('interval', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR');
const total = [value('expression'), dates, optional(filter())];
const weekTotal = [value('expression'), calendar, optional(filter())];
const yearTotal = [value('expression'), dates, optional(filter()), yearEnd];

export const timeIntelligence = [
  fn('CLOSINGBALANCEMONTH', 'scalar', total, 'An expression at the last date of the month.', { contextTransition: true }),
  fn('CLOSINGBALANCEQUARTER', 'scalar', total, 'An expression at the last date of the quarter.', { contextTransition: true }),
  fn('CLOSINGBALANCEWEEK', 'scalar', weekTotal, 'An expression at the last date of the week.', { contextTransition: true }),
  fn('CLOSINGBALANCEYEAR', 'scalar', yearTotal, 'An expression at the last date of the year.', { contextTransition: true }),
  fn('DATEADD', 'table', [dates, number('count'), interval, optional(word('extension', 'EXTENDING', 'PRECISE', 'ENDALIGNED')), optional(word('truncation', 'BLANKS', 'ANCHORED'))], 'The dates of the context moved by a number of intervals.'),
  fn('DATESBETWEEN', 'table', [dates, date('start'), date('end')], 'The dates from start to end; blank leaves that side open.'),
  fn('DATESINPERIOD', 'table', [dates, date('start'), number('count'), interval, optional(word('endBehavior', 'PRECISE', 'ENDALIGNED'))], 'The dates of a period of a number of intervals that begins at a date, or ends there when the number is negative.'),
  fn('DATESMTD', 'table', [dates], 'The dates of the month up to the last date of the context.'),
  fn('DATESQTD', 'table', [dates], 'The dates of the quarter up to the last date of the context.'),
  fn('DATESWTD', 'table', [calendar], 'The dates of the week up to the last date of the context.'),
  fn('DATESYTD', 'table', [dates, yearEnd], 'The dates of the year up to the last date of the context.'),
  fn('ENDOFMONTH', 'table', [dates], 'Last date of the month of the context.'),
  fn('ENDOFQUARTER', 'table', [dates], 'Last date of the quarter of the context.'),
  fn('ENDOFWEEK', 'table', [calendar], 'Last date of the week of the context.'),
  fn('ENDOFYEAR', 'table', [dates, yearEnd], 'Last date of the year of the context.'),
  fn('FIRSTDATE', 'table', [dates], 'First date of the context.'),
  fn('LASTDATE', 'table', [dates], 'Last date of the context.'),
  fn('NEXTDAY', 'table', [dates], 'The day after the last date of the context.'),
  fn('NEXTMONTH', 'table', [dates], 'All dates of the month after the context.'),
  fn('NEXTQUARTER', 'table', [dates], 'All dates of the quarter after the context.'),
  fn('NEXTWEEK', 'table', [calendar], 'All dates of the week after the context.'),
  fn('NEXTYEAR', 'table', [dates, yearEnd], 'All dates of the year after the context.'),
  fn('OPENINGBALANCEMONTH', 'scalar', total, 'An expression at the last date before the month.', { contextTransition: true }),
  fn('OPENINGBALANCEQUARTER', 'scalar', total, 'An expression at the last date before the quarter.', { contextTransition: true }),
  fn('OPENINGBALANCEWEEK', 'scalar', weekTotal, 'An expression at the last date before the week.', { contextTransition: true }),
  fn('OPENINGBALANCEYEAR', 'scalar', yearTotal, 'An expression at the last date before the year.', { contextTransition: true }),
  fn('PARALLELPERIOD', 'table', [dates, number('count'), interval], 'Whole periods that lie a number of intervals away from the context.'),
  fn('PREVIOUSDAY', 'table', [dates], 'The day before the first date of the context.'),
  fn('PREVIOUSMONTH', 'table', [dates], 'All dates of the month before the context.'),
  fn('PREVIOUSQUARTER', 'table', [dates], 'All dates of the quarter before the context.'),
  fn('PREVIOUSWEEK', 'table', [calendar], 'All dates of the week before the context.'),
  fn('PREVIOUSYEAR', 'table', [dates, yearEnd], 'All dates of the year before the context.'),
  fn('SAMEPERIODLASTYEAR', 'table', [dates], 'The dates of the context one year earlier.'),
  fn('STARTOFMONTH', 'table', [dates], 'First date of the month of the context.'),
  fn('STARTOFQUARTER', 'table', [dates], 'First date of the quarter of the context.'),
  fn('STARTOFWEEK', 'table', [calendar], 'First date of the week of the context.'),
  fn('STARTOFYEAR', 'table', [dates, yearEnd], 'First date of the year of the context.'),
  fn('TOTALMTD', 'scalar', total, 'An expression over the month up to the last date of the context.', { contextTransition: true }),
  fn('TOTALQTD', 'scalar', total, 'An expression over the quarter up to the last date of the context.', { contextTransition: true }),
  fn('TOTALWTD', 'scalar', weekTotal, 'An expression over the week up to the last date of the context.', { contextTransition: true }),
  fn('TOTALYTD', 'scalar', yearTotal, 'An expression over the year up to the last date of the context.', { contextTransition: true }),
];
