/**
 * The distinct fields of one column while a delimited file is read: bytes to what the column knows the field by, so that
 * a field that came before costs no string and no conversion.
 */

/** Sets bytes apart that were seen before. */
export interface Spellings {
  /** What these bytes are known by; -1 when they are new. */
  find(bytes: Uint8Array, from: number, to: number): number;
  /** Notes by what the bytes that were just looked for are known. */
  add(bytes: Uint8Array, from: number, to: number, known: number): void;
}

/** FNV-1a from a start that no file can know, so that none can be made of fields with one hash. */
const hashStart = Math.trunc(Math.random() * 0x1_0000_0000) | 0;
const hashFactor = 0x01000193;

/** Low bits that depend on all bits. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = hashStart;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), hashFactor);
  return Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) >>> 0;
}

export function spellings(): Spellings {
  let arena = new Uint8Array(32);
  let used = 0;
  let count = 0;
  let ends = new Uint32Array(4);
  let knowns = new Int32Array(4);
  let hashes = new Uint32Array(4);
  /** Places of entries + 1 by hash, by linear probing. */
  let table = new Uint32Array(16);
  let lastHash = 0;

  function rehash(): void {
    table = new Uint32Array(table.length * 4);
    const mask = table.length - 1;
    for (let entry = 0; entry < count; entry++) {
      let slot = (hashes[entry] as number) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = entry + 1;
    }
  }

  return {
    find(bytes, from, to) {
      const hash = hashOf(bytes, from, to);
      lastHash = hash;
      const mask = table.length - 1;
      for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
        const entry = (table[slot] as number) - 1;
        if (entry === -1) return -1;
        if (hashes[entry] !== hash) continue;
        const start = entry === 0 ? 0 : (ends[entry - 1] as number);
        if ((ends[entry] as number) - start !== to - from) continue;
        let i = 0;
        while (from + i < to && arena[start + i] === bytes[from + i]) i++;
        if (from + i === to) return knowns[entry] as number;
      }
    },
    add(bytes, from, to, known) {
      const length = to - from;
      if (used + length > arena.length) {
        const larger = new Uint8Array(Math.max(arena.length * 2, used + length));
        larger.set(arena);
        arena = larger;
      }
      for (let i = 0; i < length; i++) arena[used + i] = bytes[from + i] as number;
      used += length;
      if (count === ends.length) {
        ends = withSize(ends, new Uint32Array(count * 2));
        knowns = withSize(knowns, new Int32Array(count * 2));
        hashes = withSize(hashes, new Uint32Array(count * 2));
      }
      ends[count] = used;
      knowns[count] = known;
      hashes[count] = lastHash;
      count++;
      if (count * 2 > table.length) {
        rehash();
        return;
      }
      const mask = table.length - 1;
      let slot = lastHash & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = count;
    },
  };
}

function withSize<T extends Uint32Array | Int32Array>(it: T, made: T): T {
  made.set(it);
  return made;
}
