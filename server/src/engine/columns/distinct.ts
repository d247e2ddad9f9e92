/**
 * Counting different codes: of some rows, of the rows of each owner, and of windows that move over rows.
 *
 * Few rows are looked up in a small hash table; else each code has a mark of its own in memory that starts as zeros,
 * since what is never touched of such memory costs nothing.
 */
import { inBlocks } from './kernels.ts';

/** A hash table is the better choice where codes are so many times as many as rows. */
const CODES_A_ROW = 8;

/** How many different codes rows have, but for one that does not count. @param without the code, or -1 */
export function distinctCodes(codes: Uint32Array, rows: Int32Array | undefined, count: number, size: number, without: number): number {
  if (rows !== undefined && rows.length * CODES_A_ROW < size) {
    const { places, size: found } = renumbered(codes, rows);
    return found - (without !== -1 && holds(codes, rows, without, places) ? 1 : 0);
  }
  const seen = new Uint8Array(size);
  if (without !== -1) seen[without] = 1;
  let distinct = 0;
  inBlocks(count, (from, to) => {
    distinct += rows === undefined ? newBlock(codes, seen, from, to) : newListed(codes, rows, seen, from, to);
  });
  return distinct;
}

function holds(codes: Uint32Array, rows: Int32Array, code: number, places: Int32Array): boolean {
  for (let i = 0; i < places.length; i++) if (codes[rows[i] as number] === code) return true;
  return false;
}

function newBlock(codes: Uint32Array, seen: Uint8Array, from: number, to: number): number {
  let found = 0;
  for (let row = from; row < to; row++) {
    const code = codes[row] as number;
    found += 1 - (seen[code] as number);
    seen[code] = 1;
  }
  return found;
}

function newListed(codes: Uint32Array, rows: Int32Array, seen: Uint8Array, from: number, to: number): number {
  let found = 0;
  for (let i = from; i < to; i++) {
    const code = codes[rows[i] as number] as number;
    found += 1 - (seen[code] as number);
    seen[code] = 1;
  }
  return found;
}

/** For each owner how many different codes its rows have, but for one that does not count. @param owners rising */
export function distinctOfOwners(codes: Uint32Array, rows: Int32Array, owners: Int32Array, size: number, without: number, groups: number): Int32Array {
  // The last owner that had a code, and one more.
  const stamps = new Int32Array(size);
  const counts = new Int32Array(groups);
  inBlocks(rows.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const code = codes[rows[i] as number] as number;
      const owner = owners[i] as number;
      if (stamps[code] === owner + 1 || code === without) continue;
      stamps[code] = owner + 1;
      counts[owner] = (counts[owner] as number) + 1;
    }
  });
  return counts;
}

/** Rows in an order in which those of each owner stand together: from `from[o]` to before `to[o]`, neither ever falling. */
export interface Windows {
  readonly rows: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** The same of windows: each row comes in once and goes out once, however many windows hold it. */
export function distinctOfWindows(codes: Uint32Array, { rows, from, to }: Windows, without: number): Int32Array {
  const { places, size } = renumbered(codes, rows);
  const times = new Int32Array(size);
  const counts = new Int32Array(from.length);
  let distinct = 0;
  let low = 0;
  let high = 0;
  inBlocks(from.length, (first, last) => {
    for (let owner = first; owner < last; owner++) {
      for (; high < (to[owner] as number); high++) if (codes[rows[high] as number] !== without && coming(times, places[high] as number)) distinct++;
      for (; low < (from[owner] as number); low++) if (codes[rows[low] as number] !== without && going(times, places[low] as number)) distinct--;
      counts[owner] = distinct;
    }
  });
  return counts;
}

/** Whether it is the first of its place. */
function coming(times: Int32Array, place: number): boolean {
  const before = times[place] as number;
  times[place] = before + 1;
  return before === 0;
}

/** Whether it was the last of its place. */
function going(times: Int32Array, place: number): boolean {
  const after = (times[place] as number) - 1;
  times[place] = after;
  return after === 0;
}

/** The codes of some rows as small numbers in the order in which they come up, by open addressing. */
function renumbered(codes: Uint32Array, rows: Int32Array): { readonly places: Int32Array; readonly size: number } {
  const capacity = 1 << (32 - Math.clz32(Math.max(8, rows.length * 2)));
  const mask = capacity - 1;
  const keys = new Uint32Array(capacity);
  const numbers = new Int32Array(capacity);
  const places = new Int32Array(rows.length);
  let size = 0;
  inBlocks(rows.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const code = codes[rows[i] as number] as number;
      let slot = (Math.imul(code, 0x9e3779b1) >>> 7) & mask;
      while (numbers[slot] !== 0 && keys[slot] !== code) slot = (slot + 1) & mask;
      if (numbers[slot] === 0) {
        keys[slot] = code;
        numbers[slot] = ++size;
      }
      places[i] = (numbers[slot] as number) - 1;
    }
  });
  return { places, size };
}
