/** A trace: what an evaluation did, expression by expression, as it crosses the worker's border. */
import type { At, Cell, ValueType } from './values.ts';

/** One evaluation of one expression, for all contexts of a batch at once. */
export interface TraceStep {
  /** Place in the trace of the step that asked for it; undefined for what a query asks for itself. */
  readonly parent: number | undefined;
  readonly at: At;
  /** How many contexts it was evaluated in at once: one for each group, or each row of an iterator. */
  readonly contexts: number;
  /** The filter context. */
  readonly filters: readonly TraceFilter[];
  /** Milliseconds from when it was begun until its value was there; steps side by side wait for the same scans. */
  readonly milliseconds: number;
  readonly result: TraceResult;
}

/** A filter: tuples of which a row must have one. */
export interface TraceFilter {
  /** `T[c]`; `T` for whole rows of a table. */
  readonly columns: readonly string[];
  /** How many tuples, in all contexts. */
  readonly count: number;
  /** The first tuples; none for whole rows. */
  readonly tuples: readonly (readonly { readonly value: Cell; readonly type: ValueType }[])[];
  /** Whether each context has tuples of its own. */
  readonly perContext: boolean;
}

export type TraceResult =
  /** The values in the first contexts. */
  | { readonly kind: 'values'; readonly type: ValueType; readonly cells: readonly Cell[] }
  /** Rows of a table, in all contexts. */
  | { readonly kind: 'rows'; readonly rows: number; readonly columns: readonly string[] }
  /** No rows, and why. */
  | { readonly kind: 'failed'; readonly failure: Cell };
