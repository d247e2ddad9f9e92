/** Iterators over numbers: sums, means, extremes and counts of a row expression, as formula/folds.ts has them for cells. */
import type { FoldFunction } from '../../../plan/plan.ts';
import type { Cell, ValueType } from '../../../plan/values.ts';
import { timesOfAll } from '../../columns/times.ts';
import { meanOf, roundedOff } from '../../values/sums.ts';
import { cellsVector, type Vector } from '../../values/vector.ts';
import { NotPlain } from './loops.ts';
import { eachBlock, type NumericRows } from './rows.ts';

/**
 * One value for each of `groups` groups.
 *
 * @param owners group of each row; undefined: all rows are of group 0
 * @returns undefined where numbers of this kind do not tell the result
 */
export function foldNumbers(fn: FoldFunction, numeric: NumericRows, rowCount: number, owners: Int32Array | undefined, groups: number): Vector | undefined {
  const { type } = numeric.root;
  if (type === 'blank' || (type === 'boolean' && fn !== 'COUNT')) return undefined;
  try {
    const wanted = foldOf(fn, type, groups);
    run(numeric, rowCount, owners, wanted);
    return cellsVector(fn === 'COUNT' ? 'int64' : fn === 'AVERAGE' && type === 'int64' ? 'double' : type, Array.from({ length: groups }, (_, group) => wanted.result(group)));
  } catch (fault) {
    if (fault instanceof NotPlain) return undefined;
    throw fault;
  }
}

/** Takes values; each `times` as often as it is told. */
interface Fold {
  /** Values of one group that stand together. */
  block(values: Float64Array, blanks: Uint8Array | undefined, count: number, times: Uint32Array | undefined, timesFrom: number): void;
  one(value: number, group: number): void;
  result(group: number): Cell;
}

function run(numeric: NumericRows, rowCount: number, owners: Int32Array | undefined, fold: Fold): void {
  const { root, codes, length } = numeric;
  if (owners === undefined) {
    const times = codes === undefined ? undefined : timesOfAll(codes, rowCount, length);
    eachBlock(numeric, (from, count) => fold.block(root.values, root.blanks, count, times, from));
    return;
  }
  if (codes === undefined) {
    eachBlock(numeric, (from, count) => {
      for (let i = 0; i < count; i++) if (root.blanks === undefined || root.blanks[i] === 0) fold.one(root.values[i] as number, owners[from + i] as number);
    });
    return;
  }
  const values = new Float64Array(length);
  const blanks = root.blanks === undefined ? undefined : new Uint8Array(length);
  eachBlock(numeric, (from, count) => {
    values.set(root.values.subarray(0, count), from);
    blanks?.set(root.blanks?.subarray(0, count) ?? [], from);
  });
  for (let row = 0; row < rowCount; row++) {
    const code = codes[row] as number;
    if (blanks === undefined || blanks[code] === 0) fold.one(values[code] as number, owners[row] as number);
  }
}

function foldOf(fn: FoldFunction, type: ValueType, groups: number): Fold {
  switch (fn) {
    case 'COUNT': return counting(groups);
    case 'MIN': return extreme(groups, -1);
    case 'MAX': return extreme(groups, 1);
    case 'SUM':
    case 'AVERAGE': {
      const sums = type === 'int64' ? wholeSums(groups) : doubleSums(groups);
      if (fn === 'SUM') return { ...sums, result: (group) => (sums.count(group) === 0 ? null : sums.total(group)) };
      return { ...sums, result: (group) => (sums.count(group) === 0 ? null : (meanOf(sums.total(group), sums.count(group), type) ?? null)) };
    }
  }
}

interface Sums extends Omit<Fold, 'result'> {
  total(group: number): number;
  count(group: number): number;
}

/** Whole numbers: exact for as long as the sum of their amounts is. */
function wholeSums(groups: number): Sums {
  const totals = new Float64Array(groups);
  const counts = new Float64Array(groups);
  let amounts = 0;
  const check = (): void => {
    if (!(amounts <= Number.MAX_SAFE_INTEGER)) throw new NotPlain();
  };
  return {
    block(values, blanks, count, times, timesFrom) {
      let [total, found] = [0, 0];
      for (let i = 0; i < count; i++) {
        if (blanks !== undefined && blanks[i] === 1) continue;
        const often = times === undefined ? 1 : (times[timesFrom + i] as number);
        const product = (values[i] as number) * often;
        amounts += Math.abs(product);
        total += product;
        found += often;
      }
      check();
      totals[0] = (totals[0] as number) + total;
      counts[0] = (counts[0] as number) + found;
    },
    one(value, group) {
      amounts += Math.abs(value);
      check();
      totals[group] = (totals[group] as number) + value;
      counts[group] = (counts[group] as number) + 1;
    },
    total: (group) => totals[group] as number,
    count: (group) => counts[group] as number,
  };
}

/** Neumaier's sum, as values/sums.ts has it for one value at a time. */
function doubleSums(groups: number): Sums {
  const sums = new Float64Array(groups);
  const rests = new Float64Array(groups);
  const counts = new Float64Array(groups);
  return {
    block(values, blanks, count, times, timesFrom) {
      let sum = sums[0] as number;
      let rest = rests[0] as number;
      let found = 0;
      for (let i = 0; i < count; i++) {
        if (blanks !== undefined && blanks[i] === 1) continue;
        const often = times === undefined ? 1 : (times[timesFrom + i] as number);
        if (often === 0) continue;
        const value = values[i] as number;
        const x = value * often;
        const next = sum + x;
        if (next - next === 0) rest += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
        sum = next;
        if (often > 1) rest += roundedOff(value, often);
        found += often;
      }
      sums[0] = sum;
      rests[0] = rest;
      counts[0] = (counts[0] as number) + found;
    },
    one(x, group) {
      const sum = sums[group] as number;
      const next = sum + x;
      if (Number.isFinite(next)) rests[group] = (rests[group] as number) + (Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum);
      sums[group] = next;
      counts[group] = (counts[group] as number) + 1;
    },
    total: (group) => (sums[group] as number) + (rests[group] as number),
    count: (group) => counts[group] as number,
  };
}

function counting(groups: number): Fold {
  const counts = new Float64Array(groups);
  return {
    block(_, blanks, count, times, timesFrom) {
      for (let i = 0; i < count; i++) if (blanks === undefined || blanks[i] === 0) counts[0] = (counts[0] as number) + (times === undefined ? 1 : (times[timesFrom + i] as number));
    },
    one(_, group) {
      counts[group] = (counts[group] as number) + 1;
    },
    result: (group) => (counts[group] === 0 ? null : (counts[group] as number)),
  };
}

/** The first of the greatest, or of the smallest; what is no number among them is left to cells. */
function extreme(groups: number, sign: 1 | -1): Fold {
  const best = new Float64Array(groups);
  const some = new Uint8Array(groups);
  const one = (value: number, group: number): void => {
    if (Number.isNaN(value)) throw new NotPlain();
    if (some[group] === 1 && (value - (best[group] as number)) * sign <= 0) return;
    best[group] = value;
    some[group] = 1;
  };
  return {
    block(values, blanks, count, times, timesFrom) {
      for (let i = 0; i < count; i++) {
        if ((blanks !== undefined && blanks[i] === 1) || (times !== undefined && times[timesFrom + i] === 0)) continue;
        one(values[i] as number, 0);
      }
    },
    one,
    result: (group) => (some[group] === 0 ? null : (best[group] as number)),
  };
}
