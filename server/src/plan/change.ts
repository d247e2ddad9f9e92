/** What CALCULATE does to the filter context. */
import type { ColumnRef, Placed, RowId, Scalar } from './plan.ts';
import type { Relation } from './relation.ts';
import type { Reason } from './values.ts';

export type ContextChange = Placed & (
  /**
   * A table as a filter: it replaces the filters on its columns that have a lineage, or, with `keep`, intersects.
   * When the relation carries whole rows of a table, it filters that table's expanded table.
   */
  | { readonly change: 'filter'; readonly relation: Relation; readonly keep: boolean }
  /**
   * A boolean filter argument, `T[c] = 1`: FILTER(ALL(columns), predicate), in which `row` is the row context over the
   * columns in this order. The columns are of one table.
   */
  | { readonly change: 'predicate'; readonly columns: readonly ColumnRef[]; readonly row: RowId; readonly predicate: Scalar; readonly keep: boolean }
  /** REMOVEFILTERS, ALL and their kin as modifiers: filters on these columns go. */
  | { readonly change: 'removeColumns'; readonly columns: readonly ColumnRef[] }
  /** Filters on all columns of the expanded table go. */
  | { readonly change: 'removeTable'; readonly table: string }
  | { readonly change: 'removeAll' }
  /** ALLSELECTED: of the columns, of the expanded table, or with neither of everything, only the filters of the query around stay. */
  | { readonly change: 'allSelected'; readonly columns: readonly ColumnRef[] | null; readonly table: string | null }
  /** USERELATIONSHIP: rows of the one table lead to the other's over this relationship, over no other of the two; or CROSSFILTER. */
  | { readonly change: 'useRelationship'; readonly relationship: RelationshipUse }
  /** ALLCROSSFILTERED: filters on all columns of every table whose filters come to this one go. */
  | { readonly change: 'removeCrossFilters'; readonly table: string }
  /** ALLEXCEPT(T, c, ..): filters on the expanded table go, but for these columns (or all columns of these tables). */
  | { readonly change: 'removeExcept'; readonly table: string; readonly columns: readonly ColumnRef[] }
  | { readonly change: 'notEvaluated'; readonly reason: Reason }
);

/** A relationship by its columns, those of the model's `from` and `to`. */
export interface RelationshipUse {
  readonly from: ColumnRef;
  readonly to: ColumnRef;
  /** CROSSFILTER: how filters pass along it. Absent: USERELATIONSHIP, it is in use. */
  readonly passing?: Passing;
  /** How many CALCULATEs with modifiers of relationships stand around; the engine counts, the innermost prevails. */
  readonly level?: number;
}

/** `single`: from the one side to the many side. */
export type Passing = 'none' | 'single' | 'both' | 'fromFiltersTo' | 'toFiltersFrom';
