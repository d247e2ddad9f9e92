/** Values as members of a column of another type, so that keys of different number types meet. */
import type { Cell, ValueType } from '../../plan/values.ts';
import { isVariant } from './cells.ts';
import { DECIMAL_SCALE, decimalToDouble, isEndless, multiplyExact } from './numbers.ts';

/** The value of type `to` that equals `cell`; undefined when there is none. BLANK equals only BLANK. */
export function equalIn(cell: Cell, from: ValueType, to: ValueType): Cell | undefined {
  if (cell === null) return null;
  if (isVariant(cell)) return equalIn(cell.value, cell.type, to);
  if (typeof cell === 'object') return undefined;
  if (from === to || to === 'variant') return to === 'variant' && from !== 'variant' && from !== 'blank' ? { cell: 'variant', type: from, value: cell } : cell;
  if (typeof cell === 'string' || typeof cell === 'boolean' || to === 'string' || to === 'boolean' || to === 'blank') return undefined;
  if (from === 'decimal') {
    if (isEndless(cell)) return to === 'double' ? cell : undefined;
    const scaled = BigInt(cell);
    if (to !== 'double' && to !== 'dateTime') return scaled % BigInt(DECIMAL_SCALE) === 0n ? decimalToDouble(cell) : undefined;
    return decimalToDouble(cell);
  }
  if (to !== 'decimal') return cell;
  const whole = typeof cell === 'bigint' || Number.isSafeInteger(cell) ? multiplyExact(cell, DECIMAL_SCALE) : undefined;
  if (whole !== undefined) return whole;
  const scaled = Math.round(Number(cell) * DECIMAL_SCALE);
  return scaled / DECIMAL_SCALE === Number(cell) ? scaled : undefined;
}
