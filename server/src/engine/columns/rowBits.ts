/**
 * Rows as bits, one for each row of a table.
 *
 * Filters that each keep many rows are met by `and`, 32 rows at a time, and rows are counted without being listed. The bits
 * of a code that many rows have are kept beside its list of rows; they take at most twice the memory of that list.
 */
import { pulseBy } from '../pulse.ts';
import { inBlocks } from './kernels.ts';
import type { Postings } from './postings.ts';

/** Bit `row & 31` of word `row >> 5`. */
export type RowBits = Int32Array;

/** One row in so many: from there on the bits of a code are gone through faster than the list of its rows. */
const DENSE_SHARE = 64;

/** Rows without bits are set one by one, unless they are more than one in so many: then a look at every row is as quick. */
const LOOSE_SHARE = 8;

/** Whether so many rows of all are many enough for bits. */
export const isDense = (rows: number, all: number): boolean => rows * DENSE_SHARE >= all;

const kept = new WeakMap<Postings, Map<number, RowBits>>();

/**
 * The bits of the rows whose place is accepted: what is accepted put together, or what is not taken away, whichever goes
 * through fewer rows.
 *
 * @param accept 1 for what is kept, else 0
 * @param reserve asks for the bytes of bits that are kept, before they are made
 * @returns undefined where both ways would go through many rows
 */
export function bitsAccepted(postings: Postings, accept: Uint8Array, reserve: (bytes: number) => void): RowBits | undefined {
  const { starts, rows } = postings;
  const dense: [number[], number[]] = [[], []];
  const loose: [number[], number[]] = [[], []];
  const looseRows = [0, 0];
  for (let place = 0; place < accept.length; place++) {
    const side = accept[place] as 0 | 1;
    const length = (starts[place + 1] as number) - (starts[place] as number);
    if (length === 0) continue;
    if (isDense(length, rows.length)) dense[side].push(place);
    else {
      loose[side].push(place);
      looseRows[side] = (looseRows[side] as number) + length;
    }
  }
  pulseBy(accept.length >> 3);
  const side = (looseRows[1] as number) <= (looseRows[0] as number) ? 1 : 0;
  if ((looseRows[side] as number) * LOOSE_SHARE > rows.length) return undefined;
  const [only] = dense[side];
  if (side === 1 && only !== undefined && dense[1].length === 1 && loose[1].length === 0) return bitsOfPlace(postings, only, reserve);
  const found = new Int32Array(wordsFor(rows.length));
  for (const place of dense[side]) addBits(found, bitsOfPlace(postings, place, reserve));
  for (const place of loose[side]) addRows(found, postings, place);
  return side === 1 ? found : inverted(found);
}

const wordsFor = (rows: number): number => (rows + 31) >> 5;

function bitsOfPlace(postings: Postings, place: number, reserve: (bytes: number) => void): RowBits {
  let ofPlace = kept.get(postings);
  if (ofPlace === undefined) kept.set(postings, (ofPlace = new Map<number, RowBits>()));
  let bits = ofPlace.get(place);
  if (bits === undefined) {
    const words = wordsFor(postings.rows.length);
    reserve(words * 4);
    bits = new Int32Array(words);
    addRows(bits, postings, place);
    ofPlace.set(place, bits);
  }
  return bits;
}

function addRows(bits: RowBits, { starts, rows }: Postings, place: number): void {
  const first = starts[place] as number;
  inBlocks((starts[place + 1] as number) - first, (from, to) => setBits(bits, rows, first + from, first + to));
}

function setBits(bits: RowBits, rows: Int32Array, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const row = rows[at] as number;
    bits[row >> 5] = (bits[row >> 5] as number) | (1 << (row & 31));
  }
}

function addBits(bits: RowBits, others: RowBits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] as number) | (others[word] as number);
  pulseBy(bits.length);
}

function inverted(bits: RowBits): RowBits {
  for (let word = 0; word < bits.length; word++) bits[word] = ~(bits[word] as number);
  pulseBy(bits.length);
  return bits;
}

/** The rows before `count` that all have, as bits of their own. @param lists at least one, of one length */
export function inAll([first, ...rest]: readonly [RowBits, ...RowBits[]], count: number): RowBits {
  const found = first.slice(0, wordsFor(count));
  for (const other of rest) {
    for (let word = 0; word < found.length; word++) found[word] = (found[word] as number) & (other[word] as number);
    pulseBy(found.length);
  }
  const last = count & 31;
  if (last !== 0 && count >> 5 < found.length) found[count >> 5] = (found[count >> 5] as number) & ((1 << last) - 1);
  return found;
}

/** How many rows have their bit set. */
export function countOfBits(bits: RowBits): number {
  let total = 0;
  for (let word = 0; word < bits.length; word++) {
    // Pairs, fours and bytes are added side by side.
    let it = bits[word] as number;
    it -= (it >>> 1) & 0x55555555;
    it = (it & 0x33333333) + ((it >>> 2) & 0x33333333);
    total += Math.imul((it + (it >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  pulseBy(bits.length);
  return total;
}

/** The rows whose bit is set, rising. @param count how many they are */
export function rowsOfBits(bits: RowBits, count: number): Int32Array {
  const rows = new Int32Array(count);
  let length = 0;
  inBlocks(bits.length, (from, to) => { length = listBits(bits, from, to, rows, length); });
  return rows;
}

function listBits(bits: RowBits, from: number, to: number, rows: Int32Array, length: number): number {
  let at = length;
  for (let word = from; word < to; word++) {
    let rest = bits[word] as number;
    while (rest !== 0) {
      rows[at++] = (word << 5) + 31 - Math.clz32(rest & -rest);
      rest &= rest - 1;
    }
  }
  return at;
}
