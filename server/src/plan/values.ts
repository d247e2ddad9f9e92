/**
 * Values as they cross rooms and the worker's border: plain and cloneable.
 *
 * A column of values has one type; its cells are raw. Only a `variant` column tags each cell with its own type.
 */
import type { DataType } from '../model/model.ts';

/** Type of a whole column of values. `blank`: every cell is BLANK and nothing tells more. */
export type ValueType = DataType | 'variant' | 'blank';

/**
 * One value.
 *
 * - BLANK: null
 * - int64: number when it is a safe integer, else bigint
 * - double: number
 * - decimal: the value times 10,000 as an integer; number when safe, else bigint
 * - dateTime: number, days since 1899-12-30
 * - boolean, string: themselves
 * - `VariantCell` in variant columns, `ErrorCell` and `NotEvaluatedCell` anywhere
 */
export type Cell = null | boolean | string | number | bigint | VariantCell | ErrorCell | NotEvaluatedCell;

export interface VariantCell {
  readonly cell: 'variant';
  readonly type: DataType;
  readonly value: boolean | string | number | bigint;
}

/** An error as DAX raises it. */
export interface ErrorCell {
  readonly cell: 'error';
  readonly id: DaxErrorId;
  /** Words for the message. */
  readonly params: Readonly<Record<string, string>>;
  readonly at: At | undefined;
}

export type DaxErrorId =
  | 'text-to-number'        // { text }
  | 'comparison-types'      // { left, right }
  | 'multiple-values'       // a table of several rows where one value is wanted; { what }
  | 'argument-out-of-range' // { function, detail }
  | 'division-by-zero'
  | 'not-boolean'           // { found }
  | 'lookup-ambiguous'      // LOOKUPVALUE found several values; { column }
  | 'invalid-date'          // { detail }
  | 'raised'                // ERROR's own; { text }
  | 'circular-dependency'   // { path }
  | 'overflow';             // DAX itself raises it, e.g. an int64 result beyond 64 bits; { function }

/** No value, because something needed is not supported, not known or too large. Never a guess. */
export interface NotEvaluatedCell {
  readonly cell: 'notEvaluated';
  readonly reason: Reason;
  readonly at: At | undefined;
}

export type Reason =
  | { readonly id: 'function-not-supported'; readonly name: string }
  /** The verb is "is" where nothing is said. */
  | { readonly id: 'feature-not-supported'; readonly what: string; readonly verb?: 'are' }
  | { readonly id: 'unresolved-name'; readonly name: string }
  | { readonly id: 'syntax-error' }
  | { readonly id: 'type-error'; readonly detail: string }
  | { readonly id: 'data-fault'; readonly table: string; readonly detail: string }
  | { readonly id: 'limit'; readonly what: 'time' | 'memory' | 'rows' | 'depth' | 'text'; readonly limit: string }
  | { readonly id: 'overflow'; readonly detail: string }
  | { readonly id: 'circular-dependency'; readonly path: string }
  | { readonly id: 'no-model' }
  /** The clock follows the data, and the data has no dates. */
  | { readonly id: 'no-clock'; readonly detail: string }
  | { readonly id: 'cancelled' }
  /** The engine's thread ended, for want of memory in most cases. */
  | { readonly id: 'engine-ended'; readonly detail: string }
  /** A fault of ours. */
  | { readonly id: 'internal'; readonly detail: string };

/** Where a node came from: an index into the job's `sources` and offsets in that source's text. */
export interface At {
  readonly source: number;
  readonly start: number;
  readonly end: number;
}
