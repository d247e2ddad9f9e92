/**
 * Rows by place: for each code of a column, or each row of a far table, the rows that have it, one list after the other.
 *
 * A filter that keeps few rows is answered from the lists of its places instead of by a look at every row. They are made
 * when filters come to the same rows for the second time, since making them costs as much as some such looks.
 */
import { pulseBy } from '../pulse.ts';
import { inBlocks, timesOfCodes } from './kernels.ts';

export interface Postings {
  /** The rows of place p are those from `starts[p]` to before `starts[p + 1]`, rising. */
  readonly starts: Uint32Array;
  readonly rows: Int32Array;
}

/** At most so many places a row on average; lists of a row or two are no gain. */
const ROWS_A_PLACE = 8;

const known = new WeakMap<Uint32Array, { asked: number; postings: Postings | undefined }>();

/**
 * The lists of an index from rows to places.
 *
 * @param size the number of places
 * @param reserve asks for the bytes that the lists take, before they are made
 * @returns undefined when it is asked for the first time, and for an index with few rows a place
 */
export function postingsOf(index: Uint32Array, size: number, reserve: (bytes: number) => void): Postings | undefined {
  if (size * ROWS_A_PLACE > index.length) return undefined;
  const entry = known.get(index) ?? { asked: 0, postings: undefined };
  known.set(index, entry);
  if (entry.asked++ === 0) return undefined;
  if (entry.postings === undefined) {
    reserve((index.length + size) * 4);
    entry.postings = makePostings(index, size);
  }
  return entry.postings;
}

function makePostings(index: Uint32Array, size: number): Postings {
  const starts = new Uint32Array(size + 1);
  starts.set(timesOfCodes(index, undefined, index.length, size), 1);
  for (let place = 0; place < size; place++) starts[place + 1] = (starts[place + 1] as number) + (starts[place] as number);
  const rows = new Int32Array(index.length);
  const next = starts.slice();
  inBlocks(index.length, (from, to) => fill(index, next, rows, from, to));
  return { starts, rows };
}

function fill(index: Uint32Array, next: Uint32Array, rows: Int32Array, from: number, to: number): void {
  for (let row = from; row < to; row++) {
    const place = index[row] as number;
    const at = next[place] as number;
    rows[at] = row;
    next[place] = at + 1;
  }
}

/** How many rows the accepted places have. @param accept 1 for what is kept, else 0 */
export function rowsAccepted({ starts }: Postings, accept: Uint8Array): number {
  let total = 0;
  for (let place = 0; place < accept.length; place++) if (accept[place] === 1) total += (starts[place + 1] as number) - (starts[place] as number);
  pulseBy(accept.length >> 3);
  return total;
}

/** The place that has all accepted rows; undefined where several have some, or none has any. */
export function onlyPlace({ starts }: Postings, accept: Uint8Array): number | undefined {
  let only: number | undefined;
  for (let place = 0; place < accept.length; place++) {
    if (accept[place] === 0 || starts[place + 1] === starts[place]) continue;
    if (only !== undefined) return undefined;
    only = place;
  }
  return only;
}

/** The rows of a place before row `count`, rising. */
export function rowsOfPlace({ starts, rows }: Postings, place: number, count: number): Int32Array {
  const from = starts[place] as number;
  let to = starts[place + 1] as number;
  while (to > from && (rows[to - 1] as number) >= count) to--;
  return rows.subarray(from, to);
}
