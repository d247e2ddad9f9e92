/** The values of a page as codes of their column: a dictionary's are looked at once. */
import type { Coding } from './coding.ts';
import { ParquetFault } from './fault.ts';
import type { Raw } from './raw.ts';

/** Rows that have a value, in order; undefined where all have. */
export function placesOf(rows: number, present: Uint32Array | undefined): Uint32Array | undefined {
  if (present === undefined) return undefined;
  const places = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (present[row] !== 0) places[count++] = row;
  return places.subarray(0, count);
}

/** Codes at their rows; rows without a value have the code of BLANK. */
export function spread(codes: Uint32Array, places: Uint32Array, rows: number): Uint32Array {
  const all = new Uint32Array(rows);
  for (let i = 0; i < places.length; i++) all[places[i] as number] = codes[i] as number;
  return all;
}

/** @param place where value `index` stands */
export function codesOfAll(raw: Raw, coding: Coding, place: (index: number) => string): Uint32Array {
  const codes = new Uint32Array(raw.count);
  const bad = coding.many?.(raw, codes) ?? -1;
  if (bad >= 0) throw new ParquetFault('the text is not UTF-8', place(bad));
  for (let i = codes.indexOf(0); i >= 0; i = codes.indexOf(0, i + 1)) codes[i] = coding.one(raw, i, () => place(i));
  return codes;
}

/** Codes of a dictionary's values, as far as rows have had them: only those are values of the column. */
export interface Known {
  codes: Int32Array | undefined;
  /** Values that no row has had. */
  left: number;
}

export function codesByDictionary(indices: Uint32Array, dictionary: Raw, coding: Coding, known: Known, place: (index: number) => string): Uint32Array {
  if (known.codes === undefined) {
    known.codes = new Int32Array(dictionary.count).fill(-1);
    known.left = dictionary.count;
  }
  const found = known.codes;
  const fresh: number[] = [];
  const firstPlaces: number[] = [];
  for (let i = 0; i < indices.length && fresh.length < known.left; i++) {
    const index = indices[i] as number;
    if (found[index] !== -1) continue;
    found[index] = 0;
    fresh.push(index);
    firstPlaces.push(i);
  }
  known.left -= fresh.length;
  if (fresh.length > 0 && coding.many !== undefined) {
    const made = new Uint32Array(fresh.length);
    const bad = coding.many(picked(dictionary, fresh), made);
    if (bad >= 0) throw new ParquetFault('the text is not UTF-8', place(firstPlaces[bad] ?? 0));
    fresh.forEach((index, i) => {
      found[index] = made[i] as number;
    });
  }
  const codes = new Uint32Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    let code = found[index] as number;
    // A value that does not fit is looked at each time, and counted.
    if (code === 0) found[index] = code = coding.one(dictionary, index, () => place(i));
    codes[i] = code;
  }
  return codes;
}

/** Some of the values. */
function picked(raw: Raw, indices: readonly number[]): Raw {
  const count = indices.length;
  if (raw.kind === 'bytes') return { ...raw, count, from: Int32Array.from(indices, (it) => raw.from[it] as number), to: Int32Array.from(indices, (it) => raw.to[it] as number) };
  const { large } = raw;
  const own = large === undefined ? undefined : new Map(indices.flatMap((it, i) => (large.has(it) ? [[i, large.get(it) as bigint] as const] : [])));
  return { kind: 'numbers', count, values: Float64Array.from(indices, (it) => raw.values[it] as number), large: own };
}
