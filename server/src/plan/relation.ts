/** Expressions that give tables. */
import type { ContextChange } from './change.ts';
import type { ColumnRef, Placed, RelationColumn, RowId, Scalar, VariableId, VariablePlan } from './plan.ts';
import type { Reason } from './values.ts';

/** `table`: the relation carries whole rows of this model table, so RELATED and transition reach its expanded table. */
interface Shaped {
  readonly columns: readonly RelationColumn[];
  readonly table?: string;
}

export interface NamedScalar {
  readonly name: string;
  readonly expression: Scalar;
}

/** Of rows that are sorted: BLANK comes before all other values unless descending. */
export interface SortKey {
  readonly expression: Scalar;
  readonly descending: boolean;
}

/** ORDERBY of a window function. BLANK stands between negative numbers and zero and before all text, or first or last whatever the direction. */
export interface WindowKey extends SortKey {
  readonly blanks: 'default' | 'first' | 'last';
}

/** A column by which a window function finds its current rows. */
export interface WindowMatch {
  /** Its value in a row of the relation. */
  readonly value: Scalar;
  /** Its value in the row context that has it; null: all values that the filter context shows of `column`. */
  readonly current: Scalar | null;
  readonly column: ColumnRef | null;
  /** Its value in row contexts that are filters by now. */
  readonly passed: readonly Scalar[];
  /** Whether the place of a row in the order depends on it. */
  readonly ranks: boolean;
}

/** Rows in partitions, each sorted. `ties`: columns of the relation by which rows with equal keys are sorted further. */
export interface WindowPlan {
  readonly input: Relation;
  readonly row: RowId;
  readonly partition: readonly Scalar[];
  readonly keys: readonly WindowKey[];
  readonly matches: readonly WindowMatch[];
  readonly ties: readonly number[];
}

/** An end of a window: places count from the current row, or from the start of the partition (below zero from its end). */
export interface WindowEnd {
  readonly place: Scalar;
  readonly absolute: boolean;
}

export type WindowTake =
  | { readonly kind: 'index'; readonly place: Scalar }
  | { readonly kind: 'offset'; readonly delta: Scalar }
  | { readonly kind: 'window'; readonly from: WindowEnd; readonly to: WindowEnd };

/** `filters` hold for the groups and values of this level only. */
export interface RollupLevelPlan {
  readonly kept: readonly number[];
  readonly marks: readonly boolean[];
  readonly filters?: readonly Relation[];
}

/** Subtotals: the columns before the extensions, each a group-by column or a mark, and for each level the group-by columns it has and its marks. */
export interface RollupPlan {
  readonly layout: readonly ({ readonly by: number } | { readonly mark: number })[];
  readonly levels: readonly RollupLevelPlan[];
}

export type Relation = Placed & Shaped & (
  /** The rows of a table that the filter context lets through; with `blankRow`, the row that orphans point to too (VALUES(T)). */
  | { readonly op: 'scan'; readonly source: string; readonly blankRow: boolean }
  /** Distinct combinations of columns of one table in the filter context: VALUES (blank row in) or DISTINCT. */
  | { readonly op: 'values'; readonly blankRow: boolean }
  /** ALL(T) or ALL(T[c], ..), whatever the filters: whole rows when `whole`, else distinct combinations of `columns`. */
  | { readonly op: 'all'; readonly source: string; readonly whole: boolean; readonly blankRow: boolean }
  | { readonly op: 'filter'; readonly input: Relation; readonly row: RowId; readonly predicate: Scalar }
  /** ADDCOLUMNS: the input's columns and these. */
  | { readonly op: 'extend'; readonly input: Relation; readonly row: RowId; readonly extensions: readonly NamedScalar[] }
  /** SELECTCOLUMNS: these only, duplicates kept. */
  | { readonly op: 'project'; readonly input: Relation; readonly row: RowId; readonly expressions: readonly Scalar[] }
  | { readonly op: 'union'; readonly inputs: readonly Relation[] }
  | { readonly op: 'distinct'; readonly input: Relation }
  /** KEEPFILTERS around the rows of an iterator: as filters they stand beside those that are set. */
  | { readonly op: 'keepFilters'; readonly input: Relation }
  /** CROSSJOIN: every row of each input with every row of the others. */
  | { readonly op: 'cross'; readonly inputs: readonly Relation[] }
  /** GENERATE: each row of the input with the rows of `inner`, evaluated for it; with `keepEmpty` also a row for which there are none. */
  | { readonly op: 'generate'; readonly input: Relation; readonly row: RowId; readonly inner: Relation; readonly keepEmpty: boolean }
  /** Rows of `left` that `right` has, or has not; duplicates of `left` stay. Values are compared strictly, column by column. */
  | { readonly op: 'intersect' | 'except'; readonly left: Relation; readonly right: Relation }
  /** NATURALINNERJOIN, or with `keepLeft` NATURALLEFTOUTERJOIN: rows whose columns `on` are strictly equal; the right side gives its columns `take`. */
  | {
    readonly op: 'join'; readonly left: Relation; readonly right: Relation; readonly keepLeft: boolean;
    readonly on: readonly (readonly [left: number, right: number])[]; readonly take: readonly number[];
  }
  /** TOPN: the first rows by an order, with all that tie with the last of them. */
  | { readonly op: 'topN'; readonly input: Relation; readonly count: Scalar; readonly row: RowId; readonly keys: readonly SortKey[] }
  /** SAMPLE and TOPNSKIP: rows by an order: how many, and for `skip` how many are passed over before. */
  | { readonly op: 'choose'; readonly how: 'sample' | 'skip'; readonly input: Relation; readonly counts: readonly Scalar[]; readonly row: RowId; readonly keys: readonly SortKey[] }
  /** The input's columns and the number of each row in an order, from zero on. */
  | { readonly op: 'numbered'; readonly input: Relation; readonly row: RowId; readonly keys: readonly SortKey[] }
  /** LINESTX: one row that describes the line through the points of all rows. `constant` FALSE: it goes through zero. */
  | { readonly op: 'regression'; readonly input: Relation; readonly row: RowId; readonly y: Scalar; readonly xs: readonly Scalar[]; readonly constant: Scalar | null }
  /** TREATAS: the input's values as those of the columns; rows with a value that its column does not hold are left out. */
  | { readonly op: 'treatAs'; readonly input: Relation }
  /** GENERATESERIES: one column, from start to end by a step of one unless given. */
  | { readonly op: 'series'; readonly start: Scalar; readonly end: Scalar; readonly step: Scalar | null }
  /** GROUPBY: the combinations of columns `by` of the input; in the extensions the table variable `group` holds the rows of the group. */
  | { readonly op: 'groupBy'; readonly input: Relation; readonly by: readonly number[]; readonly group: VariableId; readonly extensions: readonly NamedScalar[] }
  /**
   * SUMMARIZE with ROLLUP: as `groupBy` for each of `levels`, which are indices into `by`; columns that a level has not are
   * BLANK, and the variable in `subtotals` at their index is TRUE.
   */
  | {
    readonly op: 'rollup'; readonly input: Relation; readonly by: readonly number[]; readonly levels: readonly (readonly number[])[]; readonly group: VariableId;
    readonly subtotals: readonly VariableId[]; readonly extensions: readonly NamedScalar[];
  }
  /** A table constructor or ROW: the cells are evaluated in the current context. */
  | { readonly op: 'rows'; readonly rows: readonly (readonly Scalar[])[] }
  | { readonly op: 'calculate'; readonly changes: readonly ContextChange[]; readonly transition: readonly RowId[]; readonly input: Relation }
  /**
   * SUMMARIZECOLUMNS. `columns` are the group-by columns, then the extensions. Columns of one table auto-exist; filters
   * apply to groups and to expressions; groups whose expressions are all BLANK are dropped when there is one at least.
   * `nonVisual` filters choose groups only; expressions that are `ignored` do not keep a group.
   */
  | {
    readonly op: 'summarizeColumns'; readonly by: readonly ColumnRef[]; readonly filters: readonly Relation[]; readonly extensions: readonly NamedScalar[];
    readonly nonVisual?: readonly Relation[]; readonly ignored?: readonly boolean[]; readonly rollup?: RollupPlan;
  }
  /**
   * ADDMISSINGITEMS: the input, and a row for each combination of columns `by` that it lacks, BLANK in all other columns.
   * `flags` are the columns that mark subtotals, the widest first, each with the indices into `by` that its rows have left.
   */
  | {
    readonly op: 'addMissing'; readonly input: Relation; readonly by: readonly number[]; readonly refs: readonly ColumnRef[];
    readonly filters: readonly Relation[]; readonly flags: readonly { readonly column: number; readonly kept: readonly number[] }[];
  }
  /** ALLSELECTED as a table: whole rows of the table, or with columns their combinations. */
  | { readonly op: 'allSelected'; readonly source: string; readonly whole: boolean }
  /** FILTERS: the values that filters on the column itself let through. */
  | { readonly op: 'filterValues'; readonly column: ColumnRef }
  /** CALENDAR: one dateTime column, each day from start to end. */
  | { readonly op: 'calendar'; readonly start: Scalar; readonly end: Scalar }
  /**
   * Time intelligence: the dates of the one column, whatever the filters on it, that lie in a period. `input` holds the
   * current dates; null where the period does not ask for them.
   */
  | { readonly op: 'dates'; readonly input: Relation | null; readonly period: DatePeriod }
  /** ORDER BY of a query; with `startAt` from the row on whose first keys have these values, or come next. */
  | { readonly op: 'order'; readonly input: Relation; readonly row: RowId; readonly keys: readonly SortKey[]; readonly startAt?: readonly Scalar[] }
  /** INDEX, OFFSET and WINDOW: the rows that `take` says, for every current row, each once. */
  | { readonly op: 'window'; readonly window: WindowPlan; readonly take: WindowTake }
  | { readonly op: 'tableVariable'; readonly id: VariableId }
  /** `ofQuery`: the variables are in sight in the query's own metrics, too. */
  | { readonly op: 'let'; readonly variables: readonly VariablePlan[]; readonly body: Relation; readonly ofQuery?: true }
  | { readonly op: 'notEvaluated'; readonly reason: Reason }
);

export type DateUnit = 'day' | 'month' | 'quarter' | 'year';

/** The last day of a year. */
export interface YearEnd {
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

export type DatePeriod =
  | { readonly kind: 'first' | 'last' }
  /** DATEADD */
  | { readonly kind: 'moved'; readonly count: Scalar; readonly unit: DateUnit }
  | { readonly kind: 'parallel'; readonly count: Scalar; readonly unit: DateUnit }
  /** From the start of the unit to the last of the current dates; the whole unit before or after; its first or last day. */
  | { readonly kind: 'toDate' | 'previous' | 'next' | 'start' | 'end'; readonly unit: DateUnit; readonly yearEnd: YearEnd }
  /** DATESBETWEEN: both ends belong to it, BLANK leaves a side open. */
  | { readonly kind: 'between'; readonly start: Scalar; readonly end: Scalar }
  /** DATESINPERIOD */
  | { readonly kind: 'from'; readonly start: Scalar; readonly count: Scalar; readonly unit: DateUnit };
