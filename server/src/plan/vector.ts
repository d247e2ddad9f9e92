/** A column of values as the engine's parts hand it to each other: plain, and compact where values repeat. */
import type { Cell, ValueType } from './values.ts';

/**
 * One value a row, all of `type` (`ErrorCell` and `NotEvaluatedCell` may stand anywhere).
 *
 * - constant: the same value for `length` rows
 * - cells: one cell a row
 * - dictionary: row i holds `dictionary[codes[i]]`; the dictionary may hold values that no row has, and may be made when
 *   it is first read, so that `size` is cheaper than its length
 */
export type Vector =
  | { readonly kind: 'constant'; readonly type: ValueType; readonly value: Cell; readonly length: number }
  | { readonly kind: 'cells'; readonly type: ValueType; readonly cells: readonly Cell[]; readonly length: number }
  | { readonly kind: 'dictionary'; readonly type: ValueType; readonly codes: Uint32Array; readonly dictionary: readonly Cell[]; readonly size: number; readonly length: number; readonly source?: DistinctValues };

/** The values of a stored column that vectors over it share. Code 0 stands for BLANK. */
export interface DistinctValues {
  /** One more than the greatest code. */
  readonly size: number;
  readonly dictionary: readonly Cell[];
  /** The values by code as numbers that a double holds exactly, BLANK as 0; undefined where some value is no such number. */
  plain(): Float64Array | undefined;
}
