/** Statistics of numbers: middle values, percentiles, spreads, products and means. BLANK values do not count. */
import type { Cell } from '../../../plan/values.ts';
import { isFailure } from '../../values/cells.ts';
import { totalsOf } from '../../values/sums.ts';
import { isFailed, numberArgument, numbersOf, outOfRange, unsure, valuesOf, type RowsEvaluator, type RowsOfContext } from './statisticsRows.ts';

const ofNumbers = (f: (numbers: number[], it: RowsOfContext) => Cell): RowsEvaluator => ({
  type: 'double',
  apply: (it) => {
    const numbers = numbersOf(it);
    return isFailed(numbers) ? numbers : f(numbers, it);
  },
});

/** The iterators that look for a middle value count a BLANK, and no page says as what. */
const ofAllNumbers = (f: (numbers: number[], it: RowsOfContext) => Cell): RowsEvaluator => ofNumbers((numbers, it) =>
  numbers.length < it.rows.length && numbers.length > 0 ? unsure(it, 'over rows of which some are BLANK') : f(numbers, it));

/** The value at a place from 1 to n of sorted numbers, between two of them by their distance. */
function atPlace(sorted: readonly number[], place: number): number {
  const below = Math.floor(place);
  const low = sorted[below - 1] as number;
  const high = sorted[below] ?? low;
  return low + (place - below) * (high - low);
}

const ascending = (numbers: readonly number[]): Float64Array => Float64Array.from(numbers).sort();

const median = (numbers: number[]): Cell => (numbers.length === 0 ? null : atPlace([...ascending(numbers)], (numbers.length + 1) / 2));

/** PERCENTILE.INC: the place is k (n - 1) + 1. */
function inclusive(numbers: number[], it: RowsOfContext): Cell {
  const k = numberArgument(it, 0) ?? 0;
  if (isFailure(k)) return k;
  if (k < 0 || k > 1) return outOfRange(it, `${k} is not between 0 and 1`);
  return numbers.length === 0 ? null : atPlace([...ascending(numbers)], k * (numbers.length - 1) + 1);
}

/** PERCENTILE.EXC: the place is k (n + 1), which must lie within the numbers. */
function exclusive(numbers: number[], it: RowsOfContext): Cell {
  const k = numberArgument(it, 0);
  if (isFailure(k)) return k;
  if (k === null) return unsure(it, 'with a BLANK k');
  if (k <= 0 || k >= 1) return outOfRange(it, `${k} is not between 0 and 1`);
  if (numbers.length === 0) return null;
  const place = k * (numbers.length + 1);
  if (place < 1 || place > numbers.length) return outOfRange(it, `${k} lies outside of ${numbers.length} values`);
  return atPlace([...ascending(numbers)], place);
}

function sumOf(numbers: readonly number[]): number {
  const totals = totalsOf('double', 1);
  for (const x of numbers) totals.add(0, x);
  return totals.total(0) as number;
}

/** The mean square of the distances from the mean, of a whole population or of a sample of one. */
const spread = (sample: boolean, result: (variance: number) => number): RowsEvaluator => ofNumbers((numbers, it) => {
  if (numbers.length === 0) return null;
  if (numbers.length === 1) return unsure(it, 'of a single value');
  const mean = sumOf(numbers) / numbers.length;
  const distances = numbers.map((x) => x - mean);
  // The second term takes away what rounding the mean left.
  const squares = Math.max(0, sumOf(distances.map((x) => x * x)) - sumOf(distances) ** 2 / numbers.length);
  return result(squares / (sample ? numbers.length - 1 : numbers.length));
});

const same = (x: number): number => x;

function product(numbers: number[], it: RowsOfContext): Cell {
  if (numbers.length === 0) return null;
  const result = numbers.reduce((acc, x) => acc * x, 1);
  return Number.isFinite(result) ? result : unsure(it, 'beyond the largest number');
}

function geometricMean(numbers: number[], it: RowsOfContext): Cell {
  if (numbers.length === 0) return null;
  if (numbers.some((x) => x <= 0)) return unsure(it, 'of numbers that are not above zero');
  const exact = numbers.reduce((acc, x) => acc * x, 1);
  // Far from 1 the product leaves the range of numbers, where logarithms do not.
  return exact > 1e-200 && exact < 1e200 ? exact ** (1 / numbers.length) : Math.exp(sumOf(numbers.map(Math.log)) / numbers.length);
}

/** AVERAGEA, MAXA, MINA: TRUE counts as 1 and FALSE as 0. Text of a column is left to AVERAGEA, which takes it for 0. */
const counted = (f: (numbers: number[]) => number): RowsEvaluator => ({
  type: 'double',
  apply: (it) => {
    const values = valuesOf(it).filter((each) => each.value !== null);
    const isText = values.some((each) => each.type === 'string');
    if (isText) return unsure(it, 'of text');
    if (values.some((each) => each.type === 'dateTime')) return unsure(it, 'of dates');
    const numbers: number[] = [];
    for (const { value, type } of values) numbers.push(type === 'decimal' ? Number(value) / 10_000 : Number(value));
    return numbers.length === 0 ? unsure(it, 'without a value') : f(numbers);
  },
});

const most = (sign: 1 | -1) => (numbers: number[]): number => numbers.reduce((best, x) => ((x - best) * sign > 0 ? x : best));

export const ofNumbersByName: readonly (readonly [string, RowsEvaluator])[] = [
  ['MEDIAN', ofNumbers(median)],
  ['MEDIANX', ofAllNumbers(median)],
  ['PERCENTILE.INC', ofNumbers(inclusive)],
  ['PERCENTILEX.INC', ofAllNumbers(inclusive)],
  ['PERCENTILE.EXC', ofNumbers(exclusive)],
  ['PERCENTILEX.EXC', ofAllNumbers(exclusive)],
  ['VAR.S', spread(true, same)],
  ['VAR.P', spread(false, same)],
  ['STDEV.S', spread(true, Math.sqrt)],
  ['STDEV.P', spread(false, Math.sqrt)],
  ['PRODUCT', ofNumbers(product)],
  ['GEOMEAN', ofNumbers(geometricMean)],
  ['AVERAGEA', counted((numbers) => sumOf(numbers) / numbers.length)],
  ['MAXA', counted(most(1))],
  ['MINA', counted(most(-1))],
];
