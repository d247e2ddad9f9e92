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

/**
 * The rows of the accepted places, rising.
 *
 * @param count rows from this one on are left out
 */
export function rowsOfPlaces({ starts, rows }: Postings, accept: Uint8Array, count: number): Int32Array {
  const places: number[] = [];
  for (let place = 0; place < accept.length; place++) if (accept[place] === 1 && starts[place + 1] !== starts[place]) places.push(place);
  const [only] = places;
  if (only === undefined) return new Int32Array(0);
  const found = places.length === 1 ? rows.subarray(starts[only], starts[only + 1]) : merged(starts, rows, places);
  // Rows rise, so that what is left out stands at the end.
  let length = found.length;
  while (length > 0 && (found[length - 1] as number) >= count) length--;
  return found.subarray(0, length);
}

/** Lists put together in the order of rows: each row is a bit, and the bits are read from the first to the last. */
function merged(starts: Uint32Array, rows: Int32Array, places: readonly number[]): Int32Array {
  const bits = new Int32Array((rows.length >> 5) + 1);
  let total = 0;
  for (const place of places) {
    const from = starts[place] as number;
    const to = starts[place + 1] as number;
    total += to - from;
    pulseBy(to - from);
    for (let at = from; at < to; at++) {
      const row = rows[at] as number;
      bits[row >> 5] = (bits[row >> 5] as number) | (1 << (row & 31));
    }
  }
  const found = new Int32Array(total);
  let length = 0;
  for (let word = 0; word < bits.length; word++) {
    let rest = bits[word] as number;
    while (rest !== 0) {
      found[length++] = (word << 5) + 31 - Math.clz32(rest & -rest);
      rest &= rest - 1;
    }
  }
  return found;
}
