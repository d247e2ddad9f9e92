/** NETWORKDAYS with holidays: the rows are days that do not count. */
import type { Cell } from '../../../plan/values.ts';
import { daysOff, workingDaysBetween } from '../../functions/workingDays.ts';
import { serialOf } from '../../functions/dateTime.ts';
import { isFailure } from '../../values/cells.ts';
import { argumentOf, valuesOf, type RowsEvaluator, type RowsOfContext } from '../statistics/statisticsRows.ts';

/** Arguments: the first and the last day, and the weekend. */
function networkDays(it: RowsOfContext): Cell {
  const start = serialOf(argumentOf(it, 0), it);
  const end = serialOf(argumentOf(it, 1), it);
  if (typeof start !== 'number') return start;
  if (typeof end !== 'number') return end;
  const off = daysOff(argumentOf(it, 2), it);
  if ('cell' in off) return off;
  const holidays: number[] = [];
  for (const each of valuesOf(it)) {
    const day = serialOf(each, it);
    if (isFailure(day)) return day;
    if (day !== null) holidays.push(day);
  }
  return workingDaysBetween(start, end, off, holidays);
}

export const holidaysByName: readonly (readonly [string, RowsEvaluator])[] = [['NETWORKDAYS', { type: 'int64', apply: networkDays }]];
