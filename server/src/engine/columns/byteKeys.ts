/** Texts in UTF-8, one after the other in one buffer, and an open table that finds those of ASCII without regard to case. */
import type { Stretches } from '../../formats/table/types.ts';
import { hashOf, isSame, keptKeys, tableOf, textsOf, wasAscii, type KeptKeys } from './keptKeys.ts';

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

  function add(bytes: Uint8Array, view: DataView, from: number, to: number, isAscii: boolean): number {
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
      // Eight bytes of ASCII are a number like any other; of other bytes some are none, and those do not keep their bits.
      if (isAscii) for (; i + 8 <= length; i += 8) arenaView.setFloat64(used + i, view.getFloat64(from + i, true), true);
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
        const added = add(bytes, view, from, to, true);
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
      isOdd[i] = end >= start && !wasAscii() ? 1 : 0;
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
      return add(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), from, to, false);
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
