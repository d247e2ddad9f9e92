/** Texts in UTF-8, one after the other in one buffer, and an open table that finds those of ASCII without regard to case. */
import { pulse } from '../pulse.ts';
import type { Stretches } from '../../formats/table/types.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A chain longer than this is no chance: whoever made the file knows the table too well. */
const LONGEST = 256;

/** Places for a text, at least: with fewer the chains become long. */
const FULL = 1.6;

/** Texts that are looked up together. */
const AT_ONCE = 1024;

export interface ByteKeys {
  /**
   * Codes of texts, from 1; 0 for BLANK.
   *
   * @param trimmed whether texts lose their trailing blanks
   * @param other tells the code of a text that is not ASCII, and of every text once the table is closed; -1 when it is not UTF-8
   * @returns the first text that is not UTF-8; -1 when all are
   */
  codes(texts: Stretches, trimmed: boolean, codes: Uint32Array, other: (bytes: Uint8Array, from: number, to: number) => number): number;
  /** Code of new bytes that are not to be found here. */
  add(bytes: Uint8Array, from: number, to: number): number;
  /** From now on nothing is found here. */
  close(): void;
  texts(): string[];
  done(): KeptKeys;
}

export interface KeptKeys {
  readonly count: number;
  /** The texts by code, from the first. */
  texts(): string[];
  /** For each code the code of the same text there, and -1 where there is none; from 1. Only where all texts are ASCII. */
  codesIn(other: KeptKeys): Int32Array;
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

/** Equal for texts that differ in case alone: with this bit set a capital is as its small letter. */
const small = 0x20202020;

function hashOf(bytes: Uint8Array, view: DataView, from: number, to: number): number {
  let even = seed ^ (to - from);
  let odd = seed;
  let any = 0;
  if (to - from < 4) {
    any = tailOf(bytes, from, to);
    even = Math.imul(even ^ (any | small), factor);
  } else {
    // Two sums that do not wait for each other.
    const last = to - 4;
    let at = from;
    for (; at + 4 < last; at += 8) {
      const first = view.getInt32(at, true);
      const second = view.getInt32(at + 4, true);
      any |= first | second;
      even = Math.imul(even ^ (first | small), factor);
      odd = Math.imul(odd ^ (second | small), factor);
      even ^= even >>> 15;
      odd ^= odd >>> 15;
    }
    if (at < last) {
      const word = view.getInt32(at, true);
      any |= word;
      even = Math.imul(even ^ (word | small), factor);
      even ^= even >>> 15;
    }
    const word = view.getInt32(last, true);
    any |= word;
    odd = Math.imul(odd ^ (word | small), factor);
  }
  beyond = any & 0x80808080;
  const hash = Math.imul(even ^ (odd >>> 16) ^ (odd << 7), factor);
  return Math.imul(hash ^ (hash >>> 15), factor);
}

/** @param expected how many texts there will be, as far as that is known */
export function byteKeys(expected: () => number): ByteKeys {
  let arena = new Uint8Array(256);
  let arenaView = new DataView(arena.buffer);
  let used = 0;
  let count = 0;
  /** Where the text of a code ends; its start is where the one before ends. */
  let ends = new Uint32Array(16);
  /** Codes by hash, by linear probing; 0 where there is none. Bits that a code does not need are those of its hash. */
  let table = new Int32Array(64);
  let shift = 32 - 6;
  let isClosed = false;
  /** Texts that were asked for. */
  let seen = 0;

  function add(bytes: Uint8Array, view: DataView, from: number, to: number): number {
    const length = to - from;
    if (used + length > arena.length) {
      const larger = new Uint8Array(Math.max(Math.ceil((room(count) / Math.max(1, count)) * used), used + length));
      larger.set(arena.subarray(0, used));
      arena = larger;
      arenaView = new DataView(larger.buffer);
    }
    if (length > 128) arena.set(bytes.subarray(from, to), used);
    else {
      let i = 0;
      for (; i + 4 <= length; i += 4) arenaView.setInt32(used + i, view.getInt32(from + i, true), true);
      for (; i < length; i++) arena[used + i] = bytes[from + i] as number;
    }
    used += length;
    count++;
    if (count === ends.length) {
      const size = room(count) + 1;
      const larger = new Uint32Array(size);
      larger.set(ends);
      ends = larger;
    }
    ends[count] = used;
    return count;
  }

  /** How many texts to make room for once so many fill it: where nearly every text is new, for all that are to come. */
  function room(full: number): number {
    const all = expected();
    if (full > 1 << 12 && full * 2 > seen && all > full) return Math.ceil(all * 1.05);
    return full < 1 << 18 ? Math.max(16, full * 4) : Math.ceil(full * 1.5);
  }

  /** Code of ASCII bytes by their hash; 0 when too many others look like them. */
  function codeOf(hash: number, bytes: Uint8Array, view: DataView, from: number, to: number): number {
    const mask = table.length - 1;
    const bits = 32 - shift;
    const tag = hash << bits;
    let slot = hash >>> shift;
    for (let left = LONGEST; left > 0; left--) {
      const entry = table[slot] as number;
      if (entry === 0) {
        const added = add(bytes, view, from, to);
        table[slot] = added | tag;
        if (added * FULL > table.length) {
          shift = Math.min(shift - 1, Math.clz32(Math.ceil(room(added) * FULL) - 1));
          table = tableOf(arena, arenaView, ends, added, shift);
        }
        return added;
      }
      if (entry >> bits === tag >> bits) {
        const known = entry & mask;
        if (isSame(arena, arenaView, ends[known - 1] as number, ends[known] as number, bytes, view, from, to)) return known;
      }
      slot = (slot + 1) & mask;
    }
    return 0;
  }

  const hashed = new Int32Array(AT_ONCE);
  const closing = new Int32Array(AT_ONCE);
  const isOdd = new Uint8Array(AT_ONCE);

  /** Codes of texts number `done` and on, `many` of them; or the first that is not UTF-8. */
  function some(texts: Stretches, trimmed: boolean, codes: Uint32Array, other: (bytes: Uint8Array, from: number, to: number) => number, done: number, many: number): number {
    const { bytes, view, from, to, first, step } = texts;
    seen += many;
    // All are hashed first, and all places looked at: so the memory is asked for many places at a time.
    for (let i = 0, at = first + done * step; i < many; i++, at += step) {
      const start = from[at] as number;
      let end = to[at] as number;
      if (trimmed) while (end > start && bytes[end - 1] === 32) end--;
      closing[i] = end;
      hashed[i] = end < start ? 0 : hashOf(bytes, view, start, end);
      isOdd[i] = end >= start && beyond !== 0 ? 1 : 0;
    }
    for (let i = 0; i < many; i++) codes[done + i] = table[(hashed[i] as number) >>> shift] as number;
    const mask = table.length - 1;
    const bits = 32 - shift;
    for (let i = 0, at = first + done * step; i < many; i++, at += step) {
      const start = from[at] as number;
      const end = closing[i] as number;
      if (end < start) {
        codes[done + i] = 0;
        continue;
      }
      let code = 0;
      if (!isClosed && isOdd[i] === 0) {
        const hash = hashed[i] as number;
        const entry = codes[done + i] as number;
        const likely = entry & mask;
        const isLikely = entry !== 0 && table.length === mask + 1 && entry >> bits === (hash << bits) >> bits && isSame(arena, arenaView, ends[likely - 1] as number, ends[likely] as number, bytes, view, start, end);
        code = isLikely ? likely : codeOf(hash, bytes, view, start, end);
      }
      if (code === 0) code = other(bytes, start, end);
      if (code === -1) return done + i;
      codes[done + i] = code;
    }
    return -1;
  }

  return {
    codes(texts, trimmed, codes, other) {
      for (let done = 0; done < texts.count; done += AT_ONCE) {
        const bad = some(texts, trimmed, codes, other, done, Math.min(AT_ONCE, texts.count - done));
        if (bad >= 0) return bad;
      }
      return -1;
    },
    add(bytes, from, to) {
      return add(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), from, to);
    },
    close() {
      isClosed = true;
    },
    texts: () => textsOf(arena.subarray(0, used), ends, count),
    done() {
      // Memory that nothing was written to takes none.
      const kept = used * 1.1 > arena.length ? arena.subarray(0, used) : arena.slice(0, used);
      const keptEnds = ends.slice(0, count + 1);
      arena = kept;
      table = new Int32Array(0);
      return keptKeys(kept, keptEnds, count);
    },
  };
}

function keptKeys(arena: Uint8Array<ArrayBuffer>, ends: Uint32Array, count: number): KeptKeys {
  const arenaView = new DataView(arena.buffer, arena.byteOffset, arena.byteLength);
  const shift = Math.clz32(Math.max(32, count)) - 1;
  let table: Int32Array | undefined;
  return {
    count,
    texts: () => textsOf(arena, ends, count),
    codesIn(other) {
      const codes = new Int32Array(count + 1);
      for (let code = 1; code <= count; code++) {
        pulse();
        codes[code] = other.find(arena, arenaView, ends[code - 1] as number, ends[code] as number);
      }
      return codes;
    },
    find(bytes, view, from, to) {
      table ??= tableOf(arena, arenaView, ends, count, shift);
      const hash = hashOf(bytes, view, from, to);
      const mask = table.length - 1;
      for (let slot = hash >>> shift; ; slot = (slot + 1) & mask) {
        const entry = table[slot] as number;
        const known = entry & mask;
        if (entry === 0) return -1;
        if (isSame(arena, arenaView, ends[known - 1] as number, ends[known] as number, bytes, view, from, to)) return known;
      }
    },
  };
}

/** Texts that are not ASCII are not to be found in it. */
function tableOf(arena: Uint8Array, view: DataView, ends: Uint32Array, count: number, shift: number): Int32Array<ArrayBuffer> {
  const table = new Int32Array(2 ** (32 - shift));
  const mask = table.length - 1;
  for (let code = 1; code <= count; code++) {
    const hash = hashOf(arena, view, ends[code - 1] as number, ends[code] as number);
    if (beyond !== 0) continue;
    let slot = hash >>> shift;
    while (table[slot] !== 0) slot = (slot + 1) & mask;
    table[slot] = code | (hash << (32 - shift));
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
