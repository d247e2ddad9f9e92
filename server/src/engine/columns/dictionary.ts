/** The distinct values of a column by code, code 0 being BLANK: kept as they are smallest, made into cells when asked for. */
import type { Stretches } from '../../formats/table/types.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { pulse } from '../pulse.ts';
import type { KeptKeys } from './keptKeys.ts';
import { isFailure } from '../values/cells.ts';
import { valueKey } from '../values/compare.ts';

/** Code of BLANK in every column, whether a row has it or not. */
export const BLANK_CODE = 0;

export interface Numbers {
  /** Number of each code; 0 for what is no plain number. */
  readonly values: Float64Array;
  /** 1 for a code that is a plain number, else 0. */
  readonly counted: Uint8Array;
  /** The greatest absolute value; Infinity when some value is a number that is not plain, as a large whole one. */
  readonly greatest: number;
}

export interface Dictionary {
  /** One more than the greatest code. */
  readonly size: number;
  /** Value of each code, the first spelling of a text; code 0 is BLANK. Made when first asked for, and kept. */
  cells(): readonly Cell[];
  /** Code of a value of the column's type; -1 when there is no such value. */
  codeOf(cell: Cell): number;
  /**
   * For each code the code of its value in another dictionary of the same type, -1 where there is none, without a cell for
   * each; undefined where values have to be looked up one by one.
   */
  codesIn(other: Dictionary): Int32Array | undefined;
  /** The values by which `codesIn` finds them: ASCII texts, or numbers. */
  readonly texts?: KeptKeys;
  readonly codeOfNumber?: (value: number) => number;
  /** The values as numbers for loops over rows, made when first asked for. */
  numbers(): Numbers;
  /** Whether some value is an error or was not evaluated. */
  readonly spoiled: boolean;
}

/** Values that are told, each of which gets a code; as `ColumnSink` says. */
export interface Values {
  /** Code of a value that is not BLANK: the same for equal ones. */
  code(cell: Exclude<Cell, null>): number;
  codesOfNumbers(values: Float64Array, count: number, codes: Uint32Array): void;
  codesOfTexts(texts: Stretches, codes: Uint32Array): number;
  /** After the last value. */
  done(): Dictionary;
}

/** Cells that are known already. */
export function cellDictionary(type: ValueType, cells: readonly Cell[]): Dictionary {
  let byKey: Map<unknown, number> | undefined;
  let numbers: Numbers | undefined;
  const keyOf = (cell: Cell): unknown => (isFailure(cell) ? cell : valueKey(cell, type));
  const keys = (): Map<unknown, number> => {
    const codes = new Map<unknown, number>();
    for (let code = 1; code < cells.length; code++) codes.set(keyOf(cells[code] ?? null), code);
    return codes;
  };
  return {
    size: cells.length,
    cells: () => cells,
    codeOf: (cell) => (cell === null ? BLANK_CODE : ((byKey ??= keys()).get(keyOf(cell)) ?? -1)),
    codesIn: () => undefined,
    numbers: () => (numbers ??= numbersOf(cells)),
    spoiled: cells.some(isFailure),
  };
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
