/**
 * Short fields of a column that were met before, each at a place of its own: most columns of numbers and dates have few
 * values, whose bytes need not be read again.
 */
import type { Stretches } from './types.ts';

export interface RecentFields {
  /** Puts the codes of known fields into `codes`, 0 for missing ones. @returns the fields that are not known, one after the other */
  find(fields: Stretches, codes: Uint32Array): Stretches;
  /** The row of field `index` of those. */
  row(index: number): number;
  /** Takes the codes of those, and puts them at their rows; fields with the code 0 are not kept. */
  note(found: Uint32Array, codes: Uint32Array): void;
}

const places = 1 << 12;
const shift = 32 - 12;
/** Bytes of a field that is kept. */
const longest = 12;
/** Numbers of a place: three words of the field, its length, its code. */
const size = 5;

/** Before so many fields nothing is kept. */
const least = 1 << 11;
/** After so many fields it is told whether it is worth while. */
const trial = 1 << 13;

const oddRandom = (): number => Math.trunc(Math.random() * 0x1_0000_0000) | 1;
const factors = [oddRandom(), oddRandom(), oddRandom()] as const;
const [factorA, factorB, factorC] = factors;
/** What counts of a word of so many bytes. */
const masks = Int32Array.of(0, 0xff, 0xffff, 0xffffff);

export function recentFields(): RecentFields {
  /** Made once a column has some rows: a file may have very many columns. */
  let kept = new Int32Array(0);
  let from = new Int32Array(0);
  let to = new Int32Array(0);
  let rows = new Int32Array(0);
  /** Where a field is to be kept; -1 where it is not. */
  let slots = new Int32Array(0);
  let words = new Int32Array(0);
  let count = 0;
  let seen = 0;
  let missed = 0;

  return {
    row: (index) => rows[index] as number,
    find(fields, codes) {
      const { bytes, view, first, step } = fields;
      if (rows.length < fields.count) {
        from = new Int32Array(fields.count);
        to = new Int32Array(fields.count);
        rows = new Int32Array(fields.count);
        slots = new Int32Array(fields.count);
        words = new Int32Array(fields.count * 3);
      }
      seen += fields.count;
      if (kept.length === 0 && seen >= least) kept = new Int32Array(places * size);
      const isWorthWhile = kept.length > 0 && (seen < trial || missed * 2 < seen);
      const lastWord = bytes.length - 4;
      count = 0;
      for (let i = 0, field = first; i < fields.count; i++, field += step) {
        const start = fields.from[field] as number;
        const end = fields.to[field] as number;
        const length = end - start;
        if (length <= 0) {
          codes[i] = 0;
          continue;
        }
        let slot = -1;
        if (isWorthWhile && length <= longest && start <= lastWord) {
          // Words overlap where the length is no multiple of four; with it they tell the field.
          const a = length < 4 ? view.getInt32(start, true) & (masks[length] as number) : view.getInt32(start, true);
          const b = length <= 4 ? 0 : view.getInt32(length < 8 ? end - 4 : start + 4, true);
          const c = length <= 8 ? 0 : view.getInt32(end - 4, true);
          slot = ((Math.imul(a, factorA) + Math.imul(b, factorB) + Math.imul(c, factorC)) >>> shift) * size;
          if (kept[slot] === a && kept[slot + 1] === b && kept[slot + 2] === c && kept[slot + 3] === length) {
            codes[i] = kept[slot + 4] as number;
            continue;
          }
          words[count * 3] = a;
          words[count * 3 + 1] = b;
          words[count * 3 + 2] = c;
        }
        from[count] = start;
        to[count] = end;
        rows[count] = i;
        slots[count] = slot;
        count++;
      }
      if (isWorthWhile) missed += count;
      return { bytes, view, from, to, first: 0, step: 1, count };
    },
    note(found, codes) {
      for (let i = 0; i < count; i++) {
        const code = found[i] as number;
        codes[rows[i] as number] = code;
        const slot = slots[i] as number;
        if (slot < 0 || code === 0) continue;
        kept[slot] = words[i * 3] as number;
        kept[slot + 1] = words[i * 3 + 1] as number;
        kept[slot + 2] = words[i * 3 + 2] as number;
        kept[slot + 3] = (to[i] as number) - (from[i] as number);
        kept[slot + 4] = code;
      }
    },
  };
}
