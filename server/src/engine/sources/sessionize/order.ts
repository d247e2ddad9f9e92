/** The rows of a log in the order in which they are cut: partition by partition, each in time. */
import type { StoredColumn } from '../../columns/column.ts';
import { pulse, pulseBy } from '../../pulse.ts';
import { compareForOrder } from '../../values/compare.ts';

export interface LogOrder {
  /** Rows that have a time and a value in every column of the partition. */
  readonly rows: Int32Array;
  /** Number of each row's partition, by row. */
  readonly partition: Uint32Array;
  /** Whole milliseconds since 1899-12-30, by row. */
  readonly time: Float64Array;
}

const DAY = 86_400_000;

/**
 * Orders a log. Rows of one time stand as `ties` say, a column after the other, BLANK first, then as the log has them.
 *
 * @param time column of dates; milliseconds count, finer parts do not
 */
export function orderLog(rowCount: number, partitionBy: readonly StoredColumn[], time: StoredColumn, ties: readonly StoredColumn[]): LogOrder {
  const { codes } = time;
  const { values, counted } = time.numbers();
  const moments = values.map((it) => Math.round(it * DAY));
  const all = new Int32Array(rowCount);
  const times = new Float64Array(rowCount);
  let length = 0;
  for (let row = 0; row < rowCount; row++) {
    pulse();
    const code = codes[row] as number;
    times[row] = moments[code] as number;
    if (counted[code] === 1 && Number.isFinite(times[row]) && partitionBy.every((it) => it.codes[row] !== 0)) all[length++] = row;
  }
  const rows = all.subarray(0, length);
  const { partition, count } = partitions(rowCount, rows, partitionBy);
  const sorted = byPartition(byTime(rows, times), partition, count);
  if (ties.length > 0) orderTies(sorted, partition, times, ties);
  return { rows: sorted, partition, time: times };
}

/** One number for each combination of values. */
function partitions(rowCount: number, rows: Int32Array, columns: readonly StoredColumn[]): { readonly partition: Uint32Array; readonly count: number } {
  const [first, ...others] = columns;
  if (first === undefined) return { partition: new Uint32Array(rowCount), count: 1 };
  let partition = first.codes;
  let count = first.size;
  for (const other of others) {
    const joined = new Uint32Array(rowCount);
    const numbers = new Map<number, number>();
    for (const row of rows) {
      pulse();
      const pair = (partition[row] as number) * other.size + (other.codes[row] as number);
      let number = numbers.get(pair);
      if (number === undefined) numbers.set(pair, (number = numbers.size));
      joined[row] = number;
    }
    partition = joined;
    count = numbers.size;
  }
  return { partition, count };
}

/** Rows in time, those of one time as they were: sorted digit by digit, the lowest first. */
function byTime(rows: Int32Array, time: Float64Array): Int32Array {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  let isSorted = true;
  for (let i = 0; i < rows.length; i++) {
    const it = time[rows[i] as number] as number;
    if (it < greatest) isSorted = false;
    if (it < least) least = it;
    if (it > greatest) greatest = it;
  }
  if (isSorted) return rows;
  let sorted = rows;
  for (let unit = 1; unit <= greatest - least; unit *= DIGIT) {
    const starts = new Uint32Array(DIGIT + 1);
    const digits = new Uint16Array(rows.length);
    for (let i = 0; i < sorted.length; i++) {
      const digit = Math.floor(((time[sorted[i] as number] as number) - least) / unit) % DIGIT;
      digits[i] = digit;
      starts[digit + 1] = (starts[digit + 1] as number) + 1;
    }
    sorted = placed(sorted, digits, starts);
  }
  return sorted;
}

const DIGIT = 65_536;

/** Rows partition by partition, those of one as they were. */
function byPartition(rows: Int32Array, partition: Uint32Array, count: number): Int32Array {
  const starts = new Uint32Array(count + 1);
  const keys = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const key = partition[rows[i] as number] as number;
    keys[i] = key;
    starts[key + 1] = (starts[key + 1] as number) + 1;
  }
  return placed(rows, keys, starts);
}

/** @param starts how many rows have the key before; becomes where the rows of a key begin */
function placed(rows: Int32Array, keys: Uint16Array | Uint32Array, starts: Uint32Array): Int32Array {
  for (let key = 1; key < starts.length; key++) starts[key] = (starts[key] as number) + (starts[key - 1] as number);
  const result = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const key = keys[i] as number;
    const at = starts[key] as number;
    starts[key] = at + 1;
    result[at] = rows[i] as number;
  }
  pulseBy(rows.length);
  return result;
}

/** Orders each run of rows of one time anew. */
function orderTies(rows: Int32Array, partition: Uint32Array, time: Float64Array, ties: readonly StoredColumn[]): void {
  const compare = (a: number, b: number): number => {
    for (const { codes, dictionary, type } of ties) {
      const [x, y] = [codes[a] as number, codes[b] as number];
      const order = x === y ? 0 : compareForOrder(dictionary[x] ?? null, type, dictionary[y] ?? null, type);
      if (order !== 0) return order;
    }
    return a - b;
  };
  for (let from = 0; from < rows.length; ) {
    pulse();
    const row = rows[from] as number;
    let to = from + 1;
    while (to < rows.length && time[rows[to] as number] === time[row] && partition[rows[to] as number] === partition[row]) to++;
    if (to - from > 1) rows.subarray(from, to).sort(compare);
    from = to;
  }
}
