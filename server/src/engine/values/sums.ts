/** Running totals: exact for whole and fixed decimal numbers, compensated for doubles so that order hardly matters. */
import type { ValueType } from '../../plan/values.ts';
import { pulse } from '../pulse.ts';
import { divideRounded, int64, isEndless } from './numbers.ts';

/** Totals of `size` groups of one column type. */
export interface Totals {
  add(group: number, value: number | bigint): void;
  /** `times` copies of a value. */
  addMany(group: number, value: number | bigint, times: number): void;
  /** The total; undefined when 64 bits cannot hold it. Zero for a group without values. */
  total(group: number): number | bigint | undefined;
}

export const totalsOf = (type: ValueType, size: number): Totals =>
  type === 'int64' || type === 'decimal' || type === 'boolean' ? exactTotals(size) : doubleTotals(size);

/** The mean of an exact total of `type`: a double, or a decimal rounded to its four places. */
export function meanOf(total: number | bigint, count: number, type: ValueType): number | bigint | undefined {
  if (type === 'decimal') return divideRounded(total, count);
  return Number(total) / count;
}

function exactTotals(size: number): Totals {
  const small = new Float64Array(size);
  const large = new Map<number, bigint>();
  const add = (group: number, value: number | bigint): void => {
    const next = (small[group] as number) + Number(value);
    if (typeof value === 'number' && Number.isSafeInteger(next)) {
      small[group] = next;
      return;
    }
    if (!Number.isFinite(next)) {
      small[group] = next;
      return;
    }
    large.set(group, (large.get(group) ?? 0n) + BigInt(small[group] as number) + BigInt(value));
    small[group] = 0;
  };
  return {
    add,
    addMany: (group, value, times) => {
      if (typeof value === 'number' && (Number.isSafeInteger(value * times) || isEndless(value))) add(group, value * times);
      else add(group, BigInt(value) * BigInt(times));
    },
    total: (group) => {
      const carried = large.get(group);
      return carried === undefined || isEndless(small[group]) ? (small[group] as number) : int64(carried + BigInt(small[group] as number));
    },
  };
}

/** Neumaier's sum: the rounding errors are summed apart. */
function doubleTotals(size: number): Totals {
  const sums = new Float64Array(size);
  const rests = new Float64Array(size);
  const add = (group: number, value: number | bigint): void => {
    pulse();
    const x = Number(value);
    const sum = sums[group] as number;
    const next = sum + x;
    if (Number.isFinite(next)) rests[group] = (rests[group] as number) + (Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum);
    sums[group] = next;
  };
  return {
    add,
    addMany: (group, value, times) => {
      const x = Number(value);
      add(group, x * times);
      if (times > 1) rests[group] = (rests[group] as number) + roundedOff(x, times);
    },
    total: (group) => (sums[group] as number) + (rests[group] as number),
  };
}

/** What rounding took off the product of a double and a count below 2^26 (Dekker's product): a sum of copies is as exact as one by one. */
export function roundedOff(x: number, times: number): number {
  const split = 134_217_729 * x;
  const high = split - (split - x);
  const rest = high * times - x * times + (x - high) * times;
  return Number.isFinite(rest) ? rest : 0;
}
