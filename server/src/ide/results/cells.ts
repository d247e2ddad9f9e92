/** Values on their way to the results view and back. */
import { daxLiteral } from '../../expect/literalText.ts';
import { digitsOfDouble, fullText } from '../../formats/digits.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import type { RawCell } from './records.ts';

/** A value for charts and filters; BLANK for what has none. */
export function rawCell(cell: Cell): RawCell {
  if (typeof cell === 'bigint') return cell.toString();
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : String(cell);
  if (typeof cell === 'object' && cell !== null) return cell.cell === 'variant' ? rawCell(cell.value) : null;
  return cell;
}

/** The value that `rawCell` was made of, in a column of one type. */
export function cellOf(raw: RawCell, type: ValueType): Cell {
  if (typeof raw !== 'string') return raw;
  if (type === 'int64' || type === 'decimal') return /^-?\d{1,30}$/.test(raw) ? BigInt(raw) : null;
  return type === 'double' ? Number(raw) : raw;
}

const secondsOfDay = 86_400;
/** Decimals so far from 0, in ten-thousandths, are each a number of its own when a literal says them; larger ones are not. */
const distinctDecimals = 2 ** 52;

/** Whether a literal of DAX says a value exactly, so that a filter by it keeps the rows that have it. */
export function isExact(cell: Cell, type: ValueType): boolean {
  if (cell === null || typeof cell === 'string' || typeof cell === 'boolean') return type !== 'variant';
  if (typeof cell === 'object') return false;
  switch (type) {
    case 'decimal': return cell >= -distinctDecimals && cell <= distinctDecimals;
    case 'int64': return true;
    case 'dateTime': return typeof cell === 'number' && Math.round(cell * secondsOfDay) / secondsOfDay === cell && daxLiteral(cell, type) !== 'BLANK()';
    case 'double': return typeof cell === 'number' && Number.isFinite(cell) && Number(fullText(digitsOfDouble(cell))) === cell;
    default: return false;
  }
}

/** A value as a chart draws it; undefined for what is no number. */
export function chartNumber(cell: Cell, type: ValueType): number | undefined {
  if (typeof cell !== 'number' && typeof cell !== 'bigint') return undefined;
  const number = type === 'decimal' ? Number(cell) / 10_000 : Number(cell);
  return Number.isFinite(number) ? number : undefined;
}
