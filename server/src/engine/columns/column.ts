/** A stored column: each distinct value once, and for each row the code of its value. */
import type { Cell, ValueType } from '../../plan/values.ts';
import type { Vector } from '../../plan/vector.ts';
import { pulse } from '../pulse.ts';
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
  /** The values as numbers for loops over rows, made when first asked for. */
  numbers(): Numbers;
}

export interface Numbers {
  /** Number of each code; 0 for what is no plain number. */
  readonly values: Float64Array;
  /** 1 for a code that is a plain number, else 0. */
  readonly counted: Uint8Array;
  /** The greatest absolute value; Infinity when some value is a number that is not plain, as a large whole one. */
  readonly greatest: number;
}

/** The codes and BLANK behind them, without a copy where the encoder left room for it. */
function withBlankRow(codes: Uint32Array, length: number): Uint32Array {
  const { buffer, byteOffset } = codes;
  if (byteOffset === 0 && buffer.byteLength === (length + 1) * Uint32Array.BYTES_PER_ELEMENT) {
    const whole = new Uint32Array(buffer);
    if (whole[length] === BLANK_CODE) return whole;
  }
  const made = new Uint32Array(length + 1);
  made.set(codes);
  return made;
}

function numbersOf(dictionary: readonly Cell[]): Numbers {
  const values = new Float64Array(dictionary.length);
  const counted = new Uint8Array(dictionary.length);
  let greatest = 0;
  for (let code = 0; code < dictionary.length; code++) {
    pulse();
    const value = dictionary[code];
    if (typeof value === 'bigint') greatest = Number.POSITIVE_INFINITY;
    if (typeof value !== 'number') continue;
    values[code] = value;
    counted[code] = 1;
    greatest = Math.max(greatest, Number.isNaN(value) ? Number.POSITIVE_INFINITY : Math.abs(value));
  }
  return { values, counted, greatest };
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
  const codes = withBlankRow(vector.codes, length);
  const hasBlank = vector.codes.includes(BLANK_CODE);
  let numbers: Numbers | undefined;
  return {
    name, type, codes, dictionary, codeOf,
    distinct: dictionary.length - 1 + (hasBlank ? 1 : 0),
    spoiled: dictionary.some(isFailure),
    numbers: () => (numbers ??= numbersOf(dictionary)),
  };
}
