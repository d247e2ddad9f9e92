/**
 * The loops that go through all rows of a table. Each is one plain loop over typed arrays of the same kind, which is what
 * makes it fast; between blocks of rows the evaluation is asked whether it goes on.
 */
import { pulseBy } from '../pulse.ts';

/** Rows between two questions. */
const BLOCK = 1 << 12;

/** Calls `each` with the bounds of one block after the other. */
export function inBlocks(count: number, each: (from: number, to: number) => void): void {
  for (let from = 0; from < count; from += BLOCK) {
    const to = Math.min(count, from + BLOCK);
    each(from, to);
    pulseBy(to - from);
  }
}

/** The same numbers, all of one kind of array: loops that meet two kinds are slow for both. */
export function unsigned(it: Int32Array | Uint32Array): Uint32Array {
  if (it instanceof Uint32Array) return it;
  let view = views.get(it);
  if (view === undefined) views.set(it, (view = new Uint32Array(it.buffer, it.byteOffset, it.length)));
  return view;
}

/** One view of each array, so that what is known of it is found again. */
const views = new WeakMap<Int32Array, Uint32Array>();

/**
 * The rows whose index is accepted, in order.
 *
 * @param rows the rows that are looked at; undefined: the first `count`
 * @param index for each row of the table a place in `accept`
 * @param accept 1 for what is kept, else 0
 */
export function keptRows(rows: Int32Array | undefined, count: number, index: Uint32Array, accept: Uint8Array): Int32Array {
  const kept = new Int32Array(count + 1);
  let length = 0;
  if (rows === undefined) inBlocks(count, (from, to) => { length = keepBlock(index, accept, from, to, kept, length); });
  else inBlocks(count, (from, to) => { length = keepListed(rows, index, accept, from, to, kept, length); });
  return kept.subarray(0, length);
}

// Every row is written, and the place moves on for those that are kept: no branch that is hard to foresee.
function keepBlock(index: Uint32Array, accept: Uint8Array, from: number, to: number, kept: Int32Array, length: number): number {
  let at = length;
  for (let row = from; row < to; row++) {
    kept[at] = row;
    at += accept[index[row] as number] as number;
  }
  return at;
}

function keepListed(rows: Int32Array, index: Uint32Array, accept: Uint8Array, from: number, to: number, kept: Int32Array, length: number): number {
  let at = length;
  for (let i = from; i < to; i++) {
    const row = rows[i] as number;
    kept[at] = row;
    at += accept[index[row] as number] as number;
  }
  return at;
}

/** Rows and the one context that each counts for. */
export interface OwnedRows {
  readonly rows: Int32Array;
  readonly owners: Int32Array;
}

/** Rows that have an owner. @param ownerAt owner by place, -1 for none */
export function ownedRows(rows: Int32Array | undefined, count: number, index: Uint32Array, ownerAt: Int32Array): OwnedRows {
  const made = { rows: new Int32Array(count + 1), owners: new Int32Array(count + 1) };
  let length = 0;
  inBlocks(count, (from, to) => {
    length = rows === undefined ? ownBlock(index, ownerAt, from, to, made, length) : ownListed(rows, index, ownerAt, from, to, made, length);
  });
  return { rows: made.rows.subarray(0, length), owners: made.owners.subarray(0, length) };
}

function ownBlock(index: Uint32Array, ownerAt: Int32Array, from: number, to: number, { rows: kept, owners }: OwnedRows, length: number): number {
  let at = length;
  for (let row = from; row < to; row++) {
    const owner = ownerAt[index[row] as number] as number;
    kept[at] = row;
    owners[at] = owner;
    at += owner >= 0 ? 1 : 0;
  }
  return at;
}

function ownListed(rows: Int32Array, index: Uint32Array, ownerAt: Int32Array, from: number, to: number, { rows: kept, owners }: OwnedRows, length: number): number {
  let at = length;
  for (let i = from; i < to; i++) {
    const row = rows[i] as number;
    const owner = ownerAt[index[row] as number] as number;
    kept[at] = row;
    owners[at] = owner;
    at += owner >= 0 ? 1 : 0;
  }
  return at;
}

/** One side of a pair of places: the place in a grid that each index stands for; 0 stands for none. */
export interface Side {
  readonly index: Uint32Array;
  readonly places: Uint32Array;
}

/** Rows that have an owner in a grid. @param ownerAt owner by `width` × the first place + the second, -1 for none */
export function ownedInGrid(rows: Int32Array | undefined, count: number, a: Side, b: Side, width: number, ownerAt: Int32Array): OwnedRows {
  const made = { rows: new Int32Array(count + 1), owners: new Int32Array(count + 1) };
  let length = 0;
  inBlocks(count, (from, to) => {
    length = rows === undefined ? gridBlock(a, b, width, ownerAt, from, to, made, length) : gridListed(rows, a, b, width, ownerAt, from, to, made, length);
  });
  return { rows: made.rows.subarray(0, length), owners: made.owners.subarray(0, length) };
}

function gridBlock(a: Side, b: Side, width: number, ownerAt: Int32Array, from: number, to: number, { rows: kept, owners }: OwnedRows, length: number): number {
  const { index: indexA, places: placesA } = a;
  const { index: indexB, places: placesB } = b;
  let at = length;
  for (let row = from; row < to; row++) {
    const owner = ownerAt[(placesA[indexA[row] as number] as number) * width + (placesB[indexB[row] as number] as number)] as number;
    kept[at] = row;
    owners[at] = owner;
    at += owner >= 0 ? 1 : 0;
  }
  return at;
}

function gridListed(rows: Int32Array, a: Side, b: Side, width: number, ownerAt: Int32Array, from: number, to: number, { rows: kept, owners }: OwnedRows, length: number): number {
  const { index: indexA, places: placesA } = a;
  const { index: indexB, places: placesB } = b;
  let at = length;
  for (let i = from; i < to; i++) {
    const row = rows[i] as number;
    const owner = ownerAt[(placesA[indexA[row] as number] as number) * width + (placesB[indexB[row] as number] as number)] as number;
    kept[at] = row;
    owners[at] = owner;
    at += owner >= 0 ? 1 : 0;
  }
  return at;
}

/** How many of the rows have each pair of places of a grid. */
export function timesInGrid(rows: Int32Array | undefined, count: number, a: Side, b: Side, width: number, size: number): Uint32Array {
  const times = new Uint32Array(size);
  inBlocks(count, (from, to) => {
    if (rows === undefined) countGrid(a, b, width, from, to, times);
    else countGridListed(rows, a, b, width, from, to, times);
  });
  return times;
}

function countGrid({ index: indexA, places: placesA }: Side, { index: indexB, places: placesB }: Side, width: number, from: number, to: number, times: Uint32Array): void {
  for (let row = from; row < to; row++) {
    const place = (placesA[indexA[row] as number] as number) * width + (placesB[indexB[row] as number] as number);
    times[place] = (times[place] as number) + 1;
  }
}

function countGridListed(rows: Int32Array, { index: indexA, places: placesA }: Side, { index: indexB, places: placesB }: Side, width: number, from: number, to: number, times: Uint32Array): void {
  for (let i = from; i < to; i++) {
    const row = rows[i] as number;
    const place = (placesA[indexA[row] as number] as number) * width + (placesB[indexB[row] as number] as number);
    times[place] = (times[place] as number) + 1;
  }
}

/** How often each owner comes up. */
export function timesOfOwners(owners: Int32Array, contexts: number): Int32Array {
  const times = new Int32Array(contexts);
  inBlocks(owners.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const owner = owners[i] as number;
      times[owner] = (times[owner] as number) + 1;
    }
  });
  return times;
}

/** How many rows each owner has, from how many each place has. @param ownerAt owner by place, -1 for none */
export function timesOfOwnersByPlace(timesAt: Uint32Array, ownerAt: Int32Array, contexts: number): Int32Array {
  const times = new Int32Array(contexts);
  inBlocks(timesAt.length, (from, to) => {
    for (let place = from; place < to; place++) {
      const owner = ownerAt[place] as number;
      if (owner >= 0) times[owner] = (times[owner] as number) + (timesAt[place] as number);
    }
  });
  return times;
}

/** How many of the rows have each code. @param rows undefined: the first `count` */
export function timesOfCodes(codes: Uint32Array, rows: Int32Array | undefined, count: number, size: number): Uint32Array {
  const times = new Uint32Array(size);
  inBlocks(count, (from, to) => {
    if (rows === undefined) countBlock(codes, from, to, times);
    else countListed(codes, rows, from, to, times);
  });
  return times;
}

function countBlock(codes: Uint32Array, from: number, to: number, times: Uint32Array): void {
  for (let row = from; row < to; row++) {
    const code = codes[row] as number;
    times[code] = (times[code] as number) + 1;
  }
}

function countListed(codes: Uint32Array, rows: Int32Array, from: number, to: number, times: Uint32Array): void {
  for (let i = from; i < to; i++) {
    const code = codes[rows[i] as number] as number;
    times[code] = (times[code] as number) + 1;
  }
}

/** Numbers of rows summed for their owners, where no sum can pass what a double holds exactly, and how many they are. */
export function exactSums(codes: Uint32Array, rows: Int32Array, owners: Int32Array, values: Float64Array, counted: Uint8Array, groups: number): { readonly sums: Float64Array; readonly counts: Int32Array } {
  const sums = new Float64Array(groups);
  const counts = new Int32Array(groups);
  inBlocks(rows.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const code = codes[rows[i] as number] as number;
      const owner = owners[i] as number;
      sums[owner] = (sums[owner] as number) + (values[code] as number);
      counts[owner] = (counts[owner] as number) + (counted[code] as number);
    }
  });
  return { sums, counts };
}

/** For each owner how many of its rows have a code that counts. @param rows undefined: pair i is row i */
export function countsOfOwners(codes: Uint32Array, rows: Int32Array | undefined, owners: Int32Array, counted: Uint8Array, groups: number): Int32Array {
  const counts = new Int32Array(groups);
  inBlocks(owners.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const owner = owners[i] as number;
      counts[owner] = (counts[owner] as number) + (counted[codes[rows === undefined ? i : (rows[i] as number)] as number] as number);
    }
  });
  return counts;
}

/** The codes that occur, rising. */
export function codesIn(codes: Uint32Array, size: number): Uint32Array {
  const times = timesOfCodes(codes, undefined, codes.length, size);
  const found = new Uint32Array(size);
  let count = 0;
  inBlocks(size, (from, to) => {
    for (let code = from; code < to; code++) {
      found[count] = code;
      if (times[code] !== 0) count++;
    }
  });
  return found.slice(0, count);
}

/** 1 for each id that is one, 0 for -1. */
export function acceptOf(ids: Int32Array): Uint8Array {
  const accept = new Uint8Array(ids.length);
  inBlocks(ids.length, (from, to) => {
    for (let i = from; i < to; i++) accept[i] = ids[i] === -1 ? 0 : 1;
  });
  return accept;
}

/** For each row the id at its place. @param into as long as there are rows to look at */
export function idsAt(index: Uint32Array, ids: Int32Array, rows: Int32Array | undefined, count: number, into: Int32Array): void {
  if (rows === undefined) inBlocks(count, (from, to) => idsOfBlock(index, ids, from, to, into));
  else inBlocks(count, (from, to) => idsOfListed(rows, index, ids, from, to, into));
}

function idsOfBlock(index: Uint32Array, ids: Int32Array, from: number, to: number, into: Int32Array): void {
  for (let row = from; row < to; row++) into[row] = ids[index[row] as number] as number;
}

function idsOfListed(rows: Int32Array, index: Uint32Array, ids: Int32Array, from: number, to: number, into: Int32Array): void {
  for (let i = from; i < to; i++) into[i] = ids[index[rows[i] as number] as number] as number;
}

/**
 * The rows that have an id, in the order of ids; those of one id stay as they were.
 *
 * @param ids of each row, -1 for none
 * @returns the rows, and where those of id i begin: `starts[i]` to `starts[i + 1]`
 */
export function rowsByIds(rows: Int32Array | undefined, ids: Int32Array, size: number): { readonly rows: Int32Array; readonly starts: Int32Array } {
  // Those without an id are counted before all others.
  const next = new Int32Array(size + 2);
  inBlocks(ids.length, (from, to) => countIds(ids, from, to, next));
  next[0] = 0;
  for (let id = 0; id < size; id++) next[id + 1] = (next[id + 1] as number) + (next[id] as number);
  const starts = next.slice(0, size + 1);
  const ordered = new Int32Array(starts[size] as number);
  inBlocks(ids.length, (from, to) => {
    if (rows === undefined) placeBlock(ids, from, to, next, ordered);
    else placeListed(rows, ids, from, to, next, ordered);
  });
  return { rows: ordered, starts };
}

function countIds(ids: Int32Array, from: number, to: number, counts: Int32Array): void {
  for (let i = from; i < to; i++) counts[(ids[i] as number) + 1] = (counts[(ids[i] as number) + 1] as number) + 1;
}

function placeBlock(ids: Int32Array, from: number, to: number, next: Int32Array, ordered: Int32Array): void {
  for (let row = from; row < to; row++) {
    const id = ids[row] as number;
    if (id === -1) continue;
    const at = next[id] as number;
    ordered[at] = row;
    next[id] = at + 1;
  }
}

function placeListed(rows: Int32Array, ids: Int32Array, from: number, to: number, next: Int32Array, ordered: Int32Array): void {
  for (let i = from; i < to; i++) {
    const id = ids[i] as number;
    if (id === -1) continue;
    const at = next[id] as number;
    ordered[at] = rows[i] as number;
    next[id] = at + 1;
  }
}
