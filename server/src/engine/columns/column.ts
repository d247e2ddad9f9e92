/** A stored column: each distinct value once, and for each row the code of its value. */
import type { Cell, ValueType } from '../../plan/values.ts';
import type { Vector } from '../../plan/vector.ts';
import { isFailure } from '../values/cells.ts';
import { cellAt } from '../values/vector.ts';
import { BLANK_CODE, encoderOf, type Encoded } from './encoder.ts';

export { BLANK_CODE } from './encoder.ts';

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
  const encoder = encoderOf(vector.type, vector.length);
  for (let i = 0; i < vector.length; i++) encoder.push(cellAt(vector, i));
  return storeEncoded(name, encoder.done());
}

/** A column of values that were encoded while they were read. */
export function storeEncoded(name: string, { vector, codeOf }: Encoded): StoredColumn {
  const { type, dictionary, length } = vector;
  const codes = new Uint32Array(length + 1);
  codes.set(vector.codes);
  const hasBlank = vector.codes.includes(BLANK_CODE);
  return {
    name, type, codes, dictionary, codeOf,
    distinct: dictionary.length - 1 + (hasBlank ? 1 : 0),
    spoiled: dictionary.some(isFailure),
  };
}
