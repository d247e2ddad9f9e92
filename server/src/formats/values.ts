/** How one value is shown to people: in hints, hovers, tables of the command line and messages. */
import type { DataType } from '../model/model.ts';
import type { Cell, ValueType } from '../plan/values.ts';
import { isoText, momentOf } from './dateFormat.ts';
import { digitsOfDouble, digitsOfInteger, fullText, plainText } from './digits.ts';
import { formatValue } from './formatString.ts';
import { errorText, reasonText } from './outcomes.ts';

/**
 * A value in its format, or in the general form of its type where there is no format or it is not covered.
 *
 * The general form: whole and decimal numbers with all their digits and no grouping, doubles with up to 15 significant
 * digits, dates as ISO 8601 (without a time at midnight), TRUE and FALSE, text as it is, `BLANK`.
 *
 * @param type type of the column; a variant cell brings its own
 * @param format a format string of Power BI
 * @param culture language tag; other cultures than `en-US` are shown in the general form
 */
export function formatCell(cell: Cell, type: ValueType, format: string | undefined, culture: string): string {
  if (cell === null) return 'BLANK';
  if (typeof cell === 'object') {
    switch (cell.cell) {
      case 'variant': return formatCell(cell.value, cell.type, format, culture);
      case 'error': return errorText(cell);
      case 'notEvaluated': return reasonText(cell.reason);
    }
  }
  const formatted = format === undefined || format === '' ? undefined : formatValue(cell, type, format, culture);
  return formatted ?? generalText(cell, type);
}

/** A value without a format: see `formatCell`. */
function generalText(cell: boolean | string | number | bigint, type: DataType | 'variant' | 'blank'): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (type === 'dateTime') return dateText(Number(cell)) ?? String(cell);
  if (typeof cell === 'number' && !Number.isFinite(cell)) return String(cell);
  if (type === 'decimal') return fullText(digitsOfInteger(cell, 4));
  if (typeof cell === 'bigint' || type === 'int64') return String(cell);
  return plainText(digitsOfDouble(cell));
}

/** `2024-01-31`, or with the time where it is not midnight; undefined outside the years 1 to 9999. */
function dateText(serial: number): string | undefined {
  const moment = momentOf(serial);
  if (moment === undefined) return undefined;
  const text = isoText(moment);
  return text.endsWith('T00:00:00') ? text.slice(0, 10) : text;
}
