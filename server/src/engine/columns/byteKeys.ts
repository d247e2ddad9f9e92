/** Texts in UTF-8, one after the other in one buffer, and an open table that finds those of ASCII without regard to case. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A chain longer than this is no chance: whoever made the file knows the table too well. */
const LONGEST = 256;

export interface ByteKeys {
  /** Code of the bytes between two offsets, from 1; 0 when they are not ASCII, or too many others look like them. */
  code(bytes: Uint8Array, view: DataView, from: number, to: number): number;
  /** Code of new bytes that are not to be found here. */
  add(bytes: Uint8Array, from: number, to: number): number;
  crowded(): boolean;
  texts(): string[];
  done(): KeptKeys;
}

export interface KeptKeys {
  readonly count: number;
  /** The texts by code, from the first. */
  texts(): string[];
  /** Code of ASCII bytes; -1 when there is none. */
  find(bytes: Uint8Array, view: DataView, from: number, to: number): number;
}

const seed = Math.trunc(Math.random() * 0x1_0000_0000) | 0;
const factor = Math.trunc(Math.random() * 0x1_0000_0000) | 0x2000_0005;

/** Four bytes of ASCII with capitals made small. */
function folded(word: number): number {
  return word | (((word + 0x25252525) ^ (word + 0x3f3f3f3f)) & 0x80808080 & ~word) >>> 2;
}

/** Four bytes, or those that there are. Words overlap at the end of a text, so that every byte is in one. */
function tailOf(bytes: Uint8Array, from: number, to: number): number {
  let word = 0;
  for (let i = from; i < to; i++) word = (word << 8) | (bytes[i] as number);
  return word;
}

/** Set by `hashOf`: whether a byte was not ASCII. */
let beyond = 0;

function hashOf(bytes: Uint8Array, view: DataView, from: number, to: number): number {
  let hash = seed ^ (to - from);
  let any = 0;
  if (to - from < 4) {
    any = tailOf(bytes, from, to);
    hash = Math.imul(hash ^ folded(any), factor);
  } else {
    const last = to - 4;
    for (let at = from; at < last; at += 4) {
      const word = view.getInt32(at, true);
      any |= word;
      hash = Math.imul(hash ^ folded(word), factor);
      hash ^= hash >>> 15;
    }
    const word = view.getInt32(last, true);
    any |= word;
    hash = Math.imul(hash ^ folded(word), factor);
  }
  beyond = any & 0x80808080;
  hash ^= hash >>> 15;
  return Math.imul(hash, factor);
}

export function byteKeys(): ByteKeys {
  let arena = new Uint8Array(256);
  let arenaView = new DataView(arena.buffer);
  let used = 0;
  let count = 0;
  /** Where the text of a code ends; its start is where the one before ends. */
  let ends = new Uint32Array(16);
  let hashes = new Int32Array(16);
  let table = new Int32Array(64);
  let shift = 32 - 6;
  let isCrowded = false;

  function add(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from;
    if (used + length > arena.length) {
      const larger = new Uint8Array(Math.max(arena.length < 1 << 24 ? arena.length * 2 : Math.ceil(arena.length * 1.5), used + length));
      larger.set(arena.subarray(0, used));
      arena = larger;
      arenaView = new DataView(larger.buffer);
    }
    if (length > 64) arena.set(bytes.subarray(from, to), used);
    else for (let i = 0; i < length; i++) arena[used + i] = bytes[from + i] as number;
    used += length;
    count++;
    if (count === ends.length) {
      const larger = new Uint32Array(count * 2);
      larger.set(ends);
      ends = larger;
      const moreHashes = new Int32Array(count * 2);
      moreHashes.set(hashes);
      hashes = moreHashes;
    }
    ends[count] = used;
    return count;
  }

  function code(bytes: Uint8Array, view: DataView, from: number, to: number): number {
    const hash = hashOf(bytes, view, from, to);
    if (beyond !== 0) return 0;
    const mask = table.length - 1;
    let slot = hash >>> shift;
    for (let left = LONGEST; left > 0; left--) {
      const known = table[slot] as number;
      if (known === 0) {
        const added = add(bytes, from, to);
        hashes[added] = hash;
        table[slot] = added;
        if (added * 2 > table.length) {
          shift -= 2;
          table = tableOf(hashes, added, shift);
        }
        return added;
      }
      if (hashes[known] === hash && isSame(arena, arenaView, ends[known - 1] as number, ends[known] as number, bytes, view, from, to)) return known;
      slot = (slot + 1) & mask;
    }
    isCrowded = true;
    return 0;
  }

  return {
    code,
    add(bytes, from, to) {
      const added = add(bytes, from, to);
      // It is not in the table; should the table be made again it stands there without harm, as it is not ASCII.
      hashes[added] = hashOf(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), from, to);
      return added;
    },
    crowded: () => isCrowded,
    texts: () => textsOf(arena.subarray(0, used), ends, count),
    done() {
      const kept = used === arena.length ? arena : arena.slice(0, used);
      const keptEnds = ends.slice(0, count + 1);
      arena = kept;
      hashes = new Int32Array(0);
      table = new Int32Array(0);
      return keptKeys(kept, keptEnds, count);
    },
  };
}

function keptKeys(arena: Uint8Array<ArrayBuffer>, ends: Uint32Array, count: number): KeptKeys {
  const arenaView = new DataView(arena.buffer);
  const shift = Math.clz32(count) - 1;
  let table: Int32Array | undefined;
  let hashes: Int32Array | undefined;
  return {
    count,
    texts: () => textsOf(arena, ends, count),
    find(bytes, view, from, to) {
      if (table === undefined || hashes === undefined) {
        hashes = new Int32Array(count + 1);
        for (let known = 1; known <= count; known++) hashes[known] = hashOf(arena, arenaView, ends[known - 1] as number, ends[known] as number);
        table = tableOf(hashes, count, shift);
      }
      const hash = hashOf(bytes, view, from, to);
      const mask = table.length - 1;
      for (let slot = hash >>> shift; ; slot = (slot + 1) & mask) {
        const known = table[slot] as number;
        if (known === 0) return -1;
        if (hashes[known] === hash && isSame(arena, arenaView, ends[known - 1] as number, ends[known] as number, bytes, view, from, to)) return known;
      }
    },
  };
}

function tableOf(hashes: Int32Array, count: number, shift: number): Int32Array<ArrayBuffer> {
  const table = new Int32Array(2 ** (32 - shift));
  const mask = table.length - 1;
  for (let code = 1; code <= count; code++) {
    let slot = (hashes[code] as number) >>> shift;
    while (table[slot] !== 0) slot = (slot + 1) & mask;
    table[slot] = code;
  }
  return table;
}

/** Whether two stretches of ASCII are equal but for case. */
function isSame(a: Uint8Array, aView: DataView, aFrom: number, aTo: number, b: Uint8Array, bView: DataView, bFrom: number, bTo: number): boolean {
  const length = bTo - bFrom;
  if (aTo - aFrom !== length) return false;
  if (length < 4) return folded(tailOf(a, aFrom, aTo)) === folded(tailOf(b, bFrom, bTo));
  for (let i = 0; i < length; i += 4) {
    const at = i > length - 4 ? length - 4 : i;
    const x = aView.getInt32(aFrom + at, true);
    const y = bView.getInt32(bFrom + at, true);
    if (x !== y && folded(x) !== folded(y)) return false;
  }
  return true;
}

function textsOf(arena: Uint8Array, ends: Uint32Array, count: number): string[] {
  const all = decoder.decode(arena);
  const texts = new Array<string>(count);
  // Where every byte is a character, one decoding serves all.
  const isPlain = all.length === arena.length;
  for (let code = 1; code <= count; code++) {
    const from = ends[code - 1] as number;
    const to = ends[code] as number;
    texts[code - 1] = isPlain ? all.slice(from, to) : decoder.decode(arena.subarray(from, to));
  }
  return texts;
}
