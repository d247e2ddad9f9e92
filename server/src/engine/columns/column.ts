/** A stored column: each distinct value once, and for each row the code of its value. */
import type { Cell, ValueType } from '../../plan/values.ts';
import type { DistinctValues, Vector } from '../../plan/vector.ts';
import { pulse } from '../pulse.ts';
import { cellAt } from '../values/vector.ts';
import { isFailure } from '../values/cells.ts';
import { BLANK_CODE, type Dictionary, type Numbers } from './dictionary.ts';
import { encoderOf, type Encoded, type Encoder } from './encoder.ts';

export { BLANK_CODE } from './dictionary.ts';

export interface StoredColumn extends DistinctValues {
  readonly name: string;
  readonly type: ValueType;
  /** One code a row, and one more at the end for the row that orphans point to: BLANK. */
  readonly codes: Uint32Array;
  /** Value of each code, the first spelling of a text; code 0 is BLANK. Made when first asked for: `size` is cheaper than its length. */
  readonly dictionary: readonly Cell[];
  /** Codes that rows have: the distinct values. */
  readonly distinct: number;
  /** Whether some value is an error or was not evaluated. */
  readonly spoiled: boolean;
  /** Code of a value of the column's type; -1 when no row has it. */
  codeOf(cell: Cell): number;
  /** For each code the code of its value in another column of the same type, -1 where it has none; code 0 is not told. */
  codesIn(other: StoredColumn): Int32Array;
  /** The values as numbers for loops over rows, made when first asked for. */
  numbers(): Numbers;
  /** Its distinct values. */
  readonly values: Dictionary;
}

/** Encodes a vector. Texts that differ in case alone become one value, spelt as first seen. */
export function storeColumn(name: string, vector: Vector): StoredColumn {
  const encoder = encoderOf(vector.type);
  const codes = vector.kind === 'dictionary' ? codesAnew(vector, encoder) : new Uint32Array(vector.length);
  if (vector.kind !== 'dictionary') for (let i = 0; i < vector.length; i++) codes[i] = encoder.code(cellAt(vector, i));
  encoder.append(codes, codes.length);
  return storeEncoded(name, encoder.done());
}

/** Each value that a row has is looked at once. */
function codesAnew({ codes, dictionary }: Extract<Vector, { kind: 'dictionary' }>, encoder: Encoder): Uint32Array {
  const known = new Int32Array(dictionary.length).fill(-1);
  const anew = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    pulse();
    const code = codes[i] as number;
    let own = known[code] as number;
    if (own === -1) known[code] = own = encoder.code(dictionary[code] ?? null);
    anew[i] = own;
  }
  return anew;
}

/** For each row the value that a column has in another row, which every one of its rows is for some; -1: BLANK. */
export function storeAt(name: string, column: StoredColumn, rows: Int32Array): StoredColumn {
  const codes = new Uint32Array(rows.length + 1);
  let hasBlank = false;
  for (let i = 0; i < rows.length; i++) {
    pulse();
    const row = rows[i] as number;
    codes[i] = row === -1 ? BLANK_CODE : (column.codes[row] as number);
    hasBlank ||= codes[i] === BLANK_CODE;
  }
  const { type, size, spoiled, codeOf, numbers, values, codesIn } = column;
  return {
    name, type, codes, size,
    get dictionary() {
      return column.dictionary;
    },
    distinct: size - 1 + (hasBlank ? 1 : 0),
    spoiled, codeOf, numbers, values, codesIn, plain: () => column.plain(),
  };
}

/** A column of values that were encoded while they were read. */
export function storeEncoded(name: string, { type, codes, values }: Encoded): StoredColumn {
  const { size, spoiled, codeOf, numbers } = values;
  // The last code is no row's.
  const hasBlank = codes.indexOf(BLANK_CODE) < codes.length - 1;
  return {
    name, type, codes, size,
    get dictionary() {
      return values.cells();
    },
    distinct: size - 1 + (hasBlank ? 1 : 0),
    spoiled, codeOf, numbers, values,
    codesIn: (other) => values.codesIn(other.values) ?? Int32Array.from(values.cells(), (cell) => (isFailure(cell) ? -1 : other.codeOf(cell))),
    plain() {
      if (spoiled || (type !== 'int64' && type !== 'double' && type !== 'dateTime')) return undefined;
      const { values: plain, greatest } = numbers();
      return greatest <= Number.MAX_VALUE ? plain : undefined;
    },
  };
}
