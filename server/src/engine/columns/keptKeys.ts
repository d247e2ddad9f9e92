/** Texts in UTF-8, one after the other in one buffer: their hash, their equality without regard to case, and those that are kept. */
import { pulse } from '../pulse.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

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

/** The bytes of a text that is shorter than a word. */
function tailOf(bytes: Uint8Array, from: number, to: number): number {
  let word = 0;
  for (let i = from; i < to; i++) word = (word << 8) | (bytes[i] as number);
  return word;
}

/** Set by `hashOf`: whether a byte was not ASCII. */
let beyond = 0;

export const wasAscii = (): boolean => beyond === 0;

/** With this bit set a capital is as its small letter, and few other signs are alike. */
const small = 0x20202020;

/** Equal for ASCII texts that are equal but for case; `wasAscii` then tells whether they are. The last words of a text overlap. */
export function hashOf(bytes: Uint8Array, view: DataView, from: number, to: number): number {
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

export function keptKeys(arena: Uint8Array<ArrayBuffer>, ends: Uint32Array, count: number): KeptKeys {
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
export function tableOf(arena: Uint8Array, view: DataView, ends: Uint32Array, count: number, shift: number): Int32Array<ArrayBuffer> {
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
export function isSame(a: Uint8Array, aView: DataView, aFrom: number, aTo: number, b: Uint8Array, bView: DataView, bFrom: number, bTo: number): boolean {
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

export function textsOf(arena: Uint8Array, ends: Uint32Array, count: number): string[] {
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
