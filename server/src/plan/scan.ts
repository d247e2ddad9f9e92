/**
 * The seam between the formula engine, which knows DAX, and a storage engine, which knows columns.
 *
 * A request says which rows of one root table count, for which evaluation contexts, and what is wanted of them.
 * Conditions are told in model values, which meet a column's by strict equality, or in row handles of the snapshot, never in codes.
 * Columns of a request may belong to any table of the root's expanded table: the root and every table that it reaches
 * over active many-to-one relationships.
 */
import type { ColumnRef, LeafFunction, RelationshipUse } from './plan.ts';
import type { ErrorCell, NotEvaluatedCell, Reason } from './values.ts';
import type { Vector } from './vector.ts';

/**
 * What a tuple's component is compared with: a column, or whole rows of a table told by row handle. A handle stands for
 * every row of its table that has the same values in all columns.
 */
export type Facet =
  | { readonly kind: 'column'; readonly table: string; readonly column: string }
  | { readonly kind: 'row'; readonly table: string };

/** Tuples, column by column: value i of `columns[f]` is the component of tuple i for facet f; row handles are plain numbers. */
export interface TupleSet {
  readonly facets: readonly Facet[];
  readonly columns: readonly (Vector | Int32Array)[];
  readonly count: number;
}

/** Tuples that let a row through for some contexts only: tuple i for context `owners[i]`. */
export interface CorrelatedTuples extends TupleSet {
  readonly owners: Int32Array;
}

/**
 * The rows of `root` that count, for each of `contexts` contexts: those that have a tuple of every condition and, for
 * the context, a tuple of every correlation. Without correlations all contexts see the same rows.
 * One scope object stands for one set of rows, so an engine may keep what it found for it while the object lives.
 */
export interface ScanScope {
  readonly root: string;
  /** Relationships in use beside the active ones, the one that prevails last; none: left out. */
  readonly relationships?: readonly RelationshipUse[];
  readonly contexts: number;
  readonly conditions: readonly TupleSet[];
  readonly correlations: readonly CorrelatedTuples[];
  /** Whether the row that orphans point to counts as a row of the root; it is BLANK in every column. */
  readonly blankRow: boolean;
}

/** `ROWS` counts rows; `ONLY` is the value when there is exactly one distinct value (BLANK included), else BLANK. */
export type ScanAggregate =
  | { readonly fn: LeafFunction | 'ONLY'; readonly column: ColumnRef }
  | { readonly fn: 'ROWS' };

export type ScanRequest =
  /** One value a context for each aggregate. Every value of an aggregate without rows is BLANK. */
  | { readonly kind: 'aggregate'; readonly scope: ScanScope; readonly aggregates: readonly ScanAggregate[] }
  /** The distinct combinations of columns, for each context; at most `limit` a context where given. */
  | { readonly kind: 'groups'; readonly scope: ScanScope; readonly by: readonly ColumnRef[]; readonly limit?: number }
  /** Handles of the rows, for each context. */
  | { readonly kind: 'rows'; readonly scope: ScanScope }
  /** Values of a column, or handles of a table's rows, for rows of `table` whose expanded table holds the target. */
  | { readonly kind: 'gather'; readonly table: string; readonly rows: Int32Array; readonly target: Facet; readonly relationships?: readonly RelationshipUse[] };

export type ScanResult =
  /** Answer to `aggregate`: a vector of one value a context for each aggregate. */
  | { readonly kind: 'values'; readonly vectors: readonly Vector[] }
  /** Answer to `groups`: contexts in rising order of `owners`. */
  | { readonly kind: 'groups'; readonly owners: Int32Array; readonly vectors: readonly Vector[] }
  /** Answer to `rows`: contexts in rising order of `owners`, rows in the table's order. */
  | { readonly kind: 'rows'; readonly owners: Int32Array; readonly rows: Int32Array }
  /** Answer to `gather`: of a column, or of row handles. */
  | { readonly kind: 'column'; readonly vector: Vector }
  | { readonly kind: 'handles'; readonly rows: Int32Array }
  /** No answer, and why. */
  | { readonly kind: 'failed'; readonly failure: ErrorCell | NotEvaluatedCell };

export interface Signal {
  /** Whether the evaluation is no longer wanted; asked every few thousand rows. */
  cancelled(): boolean;
}

/** A relationship over which the rows of a table filter one of the expanded table of another. */
export interface Inflow {
  /** Names the relationship among all. */
  readonly relationship: number;
  /** The table whose visible rows filter, and the column of its expanded table with the values that do. */
  readonly from: string;
  readonly key: ColumnRef;
  /** The column that must hold one of them. */
  readonly into: ColumnRef;
  /** A many-to-many relationship: rows without a partner have none, not even the row that orphans point to. */
  readonly limited: boolean;
}

/** What the formula engine must know of tables without asking for rows. */
export interface Catalog {
  /** Columns of a table, in order; undefined when there is no such table. */
  columns(table: string): readonly string[] | undefined;
  /** The table and all it reaches over active many-to-one and one-to-one relationships, without those in `crossed`, itself first. */
  expanded(table: string, inUse?: readonly RelationshipUse[], crossed?: readonly number[]): readonly string[];
  /** Whether rows of `from` lead to rows of `to`, a table of their expanded table, over those of `over`, which may be `from` itself. */
  leadsOver(from: string, over: string, to: string, inUse?: readonly RelationshipUse[]): boolean;
  /** Whether rows of `from` lead to `to` over a one-to-one relationship, so that a blank row on the way may stand for many. */
  meetsPartners(from: string, to: string, inUse?: readonly RelationshipUse[]): boolean;
  /** The tables whose filters come to this one over relationships of any kind, itself first. */
  sources(table: string, inUse?: readonly RelationshipUse[]): readonly string[];
  /**
   * Whether a filter on the column takes the other filters off its table, as CALCULATE has it for the dates of a table
   * that is marked as a date table and for dates that a relationship leads to.
   */
  tellsDates(column: ColumnRef): boolean;
  /**
   * Where filters on `filtered` come into the expanded table of `root` from tables beyond it, over relationships that do
   * not stand in `crossed`. A reason when two ways lead there and neither prevails.
   */
  inflows(root: string, filtered: readonly string[], inUse: readonly RelationshipUse[] | undefined, crossed: readonly number[]): readonly Inflow[] | Reason;
}

export interface StorageEngine {
  /** Names the rows: equal snapshots have equal rows and handles. */
  readonly snapshot: string;
  readonly catalog: Catalog;
  /** One result for each request, in order; a request that fails does not spoil the others. */
  run(requests: readonly ScanRequest[], signal: Signal): readonly ScanResult[] | Promise<readonly ScanResult[]>;
}
