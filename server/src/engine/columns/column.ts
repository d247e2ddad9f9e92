/** A stored column: each distinct value once, and for each row the code of its value. */
import type { Cell, ValueType } from '../../plan/values.ts';
import type { Vector } from '../../plan/vector.ts';
import { isFailure } from '../values/cells.ts';
import { valueKey } from '../values/compare.ts';

/** Code of BLANK in every column, whether a row has it or not. */
export const BLANK_CODE = 0;

export interface StoredColumn {
  readonly name: string;
  readonly type: ValueType;
  /** One code a row, and one more at the end for the row that orphans point to: BLANK. */
  readonly codes: Uint32Array;
  /** Value of each code, the first spelling of a text; code 0 is BLANK. */
  readonly dictionary: readonly Cell[];
  /** Codes that rows have: the distinct values. */
  readonly distinct: number;
  /** Whether some value is an error or was not evaluated. */
  readonly spoiled: boolean;
  /** Code of a value of the column's type; -1 when no row has it. */
  codeOf(cell: Cell): number;
}

/** Encodes a vector. Texts that differ in case alone become one value, spelt as first seen. */
export function storeColumn(name: string, vector: Vector): StoredColumn {
  const { type, length } = vector;
  const codes = new Uint32Array(length + 1);
  const dictionary: Cell[] = [null];
  const byKey = new Map<unknown, number>();
  const encode = (cell: Cell): number => {
    if (cell === null) return BLANK_CODE;
    const key = isFailure(cell) ? cell : valueKey(cell, type);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    byKey.set(key, dictionary.length);
    return dictionary.push(cell) - 1;
  };
  if (vector.kind === 'dictionary') {
    const recoded = new Int32Array(vector.dictionary.length).fill(-1);
    for (let i = 0; i < length; i++) {
      const code = vector.codes[i] as number;
      if (recoded[code] === -1) recoded[code] = encode(vector.dictionary[code] ?? null);
      codes[i] = recoded[code] as number;
    }
  } else if (vector.kind === 'constant') {
    if (length > 0) codes.fill(encode(vector.value), 0, length);
  } else {
    for (let i = 0; i < length; i++) codes[i] = encode(vector.cells[i] ?? null);
  }
  const hasBlank = codes.subarray(0, length).includes(BLANK_CODE);
  return {
    name,
    type,
    codes,
    dictionary,
    distinct: dictionary.length - 1 + (hasBlank ? 1 : 0),
    spoiled: dictionary.some(isFailure),
    codeOf: (cell) => (cell === null ? BLANK_CODE : (byKey.get(valueKey(cell, type)) ?? -1)),
  };
}
