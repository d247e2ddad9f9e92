/**
 * The plan: what analysis hands to the engine. Plain records, cloneable, each with the place it came from.
 *
 * A plan states DAX semantics after names are resolved: which row context a column is read from, which row contexts a
 * CALCULATE turns into filters, which columns a filter argument replaces. It holds no tree, no token and no name that
 * still has to be looked up, except names of model tables and columns in the model's own spelling.
 */
import type { QueryDefinitions } from './database.ts';
import type { TraceStep } from './trace.ts';
import type { At, Cell, Reason, ValueType } from './values.ts';

/** A column of the model, in the model's spelling. */
export interface ColumnRef {
  readonly table: string;
  readonly column: string;
}

/** A column of a relation. `name` is the DAX name: `T[c]` for a column with lineage, `[x]` for an added one. */
export interface RelationColumn {
  readonly name: string;
  /** The model column whose values these are; filters and joins go by it. Absent: added by an expression. */
  readonly lineage?: ColumnRef;
}

/** Identifies a row context: unique within a job. */
export type RowId = number;
/** Identifies a variable: unique within a job. */
export type VariableId = number;

interface Placed {
  readonly at?: At;
}

// ---------------------------------------------------------------- scalars

export type Scalar = Placed & (
  | { readonly op: 'constant'; readonly type: ValueType; readonly value: Cell }
  /** The value of a column of the current row of row context `row`; `index` into that relation's columns. */
  | { readonly op: 'column'; readonly row: RowId; readonly index: number }
  /** RELATED: a column of the expanded table of the current row. The row context is over whole rows of a table. */
  | { readonly op: 'related'; readonly row: RowId; readonly column: ColumnRef }
  | { readonly op: 'variable'; readonly id: VariableId }
  /** Variables are evaluated at most once, lazily, in the context of the `let`. */
  | { readonly op: 'let'; readonly variables: readonly VariablePlan[]; readonly body: Scalar }
  /** An operator or a scalar function whose arguments are all evaluated: '+', '==', 'FORMAT'. Omitted arguments are null. */
  | { readonly op: 'call'; readonly name: string; readonly args: readonly (Scalar | null)[] }
  /** Each branch is evaluated only for the contexts that take it. No `otherwise`: BLANK. */
  | { readonly op: 'if'; readonly condition: Scalar; readonly then: Scalar; readonly otherwise: Scalar | null }
  /** SWITCH: strict equality of subject and match, the first arm wins. */
  | { readonly op: 'switch'; readonly subject: Scalar; readonly arms: readonly { readonly match: Scalar; readonly then: Scalar }[]; readonly otherwise: Scalar | null }
  | { readonly op: 'coalesce'; readonly args: readonly Scalar[] }
  /** && and ||, AND and OR: the right side is evaluated only where the left does not decide. */
  | { readonly op: 'and' | 'or'; readonly left: Scalar; readonly right: Scalar }
  /** DIVIDE: the alternate is evaluated only where the denominator is zero or BLANK. */
  | { readonly op: 'divide'; readonly numerator: Scalar; readonly denominator: Scalar; readonly alternate: Scalar | null }
  /** A leaf: an aggregate of a model column in the current filter context. */
  | { readonly op: 'aggregate'; readonly fn: LeafFunction; readonly column: ColumnRef }
  | { readonly op: 'countRows'; readonly relation: Relation }
  /** An iterator: `expression` for each row of `relation`, folded. */
  | { readonly op: 'fold'; readonly fn: FoldFunction; readonly relation: Relation; readonly row: RowId; readonly expression: Scalar }
  /**
   * A function that needs all rows at once: `values` are evaluated for each row of `relation`, `args` once in the outer
   * context; the rows stand in the order of `keys`. `fn` says how, `name` is the function as it is called.
   */
  | {
    readonly op: 'overRows'; readonly fn: string; readonly name: string; readonly relation: Relation; readonly row: RowId;
    readonly values: readonly Scalar[]; readonly args: readonly Scalar[]; readonly keys: readonly SortKey[];
  }
  /** A measure: an implicit CALCULATE around `measures[index]`. `transition` as in `calculate`. */
  | { readonly op: 'measure'; readonly index: number; readonly transition: readonly RowId[] }
  /** In a calculation item: the measure that it is applied to, its name or format, or whether it is one of `measures`. */
  | { readonly op: 'selectedMeasure'; readonly question: 'value' | 'name' | 'format' | 'isOneOf'; readonly measures: readonly number[]; readonly transition: readonly RowId[] }
  /**
   * CALCULATE. Filter arguments are evaluated in the outer context (row contexts included); then the row contexts in
   * `transition`, outermost first, become filters; then the modifiers, then the filters; then `expression`.
   */
  | { readonly op: 'calculate'; readonly changes: readonly ContextChange[]; readonly transition: readonly RowId[]; readonly expression: Scalar }
  /** A table of one column and at most one row as a value; several rows are an error, none is BLANK. */
  | { readonly op: 'scalarOf'; readonly relation: Relation }
  /** `a IN t`, `(a, b) IN t`: strict comparison, column by column. */
  | { readonly op: 'in'; readonly values: readonly Scalar[]; readonly relation: Relation }
  | { readonly op: 'lookup'; readonly result: ColumnRef; readonly search: readonly { readonly column: ColumnRef; readonly value: Scalar }[]; readonly alternate: Scalar | null }
  | { readonly op: 'hasOneValue'; readonly column: ColumnRef }
  /** A question about the filters on a column, or with null on any column of the table. */
  | { readonly op: 'probe'; readonly question: 'filtered' | 'crossFiltered' | 'oneFilter' | 'inScope'; readonly table: string; readonly column: string | null }
  | { readonly op: 'selectedValue'; readonly column: ColumnRef; readonly alternate: Scalar | null }
  /** ROWNUMBER, and RANK with the next rank after ties: the place of the current row. */
  | { readonly op: 'windowPlace'; readonly window: WindowPlan; readonly fn: 'ROWNUMBER' | 'SKIP' | 'DENSE' }
  | { readonly op: 'notEvaluated'; readonly reason: Reason }
);

export type LeafFunction =
  | 'SUM' | 'AVERAGE' | 'MIN' | 'MAX' | 'COUNT' | 'COUNTA' | 'COUNTBLANK' | 'DISTINCTCOUNT' | 'DISTINCTCOUNTNOBLANK';

/** COUNTX counts values that are not BLANK. */
export type FoldFunction = 'SUM' | 'AVERAGE' | 'MIN' | 'MAX' | 'COUNT';

export type VariablePlan =
  | { readonly kind: 'scalar'; readonly id: VariableId; readonly name: string; readonly value: Scalar }
  | { readonly kind: 'table'; readonly id: VariableId; readonly name: string; readonly value: Relation };

// ---------------------------------------------------------------- filter context

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

// ---------------------------------------------------------------- relations

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

// ---------------------------------------------------------------- jobs

export interface MeasurePlan {
  readonly name: string;
  readonly expression: Scalar;
  readonly format?: string;
  /** Calculation groups that may replace it, the one that is applied first in front. */
  readonly groups?: readonly CalculationGroupPlan[];
}

/** A calculation group: where one of its items is selected, references to measures stand for that item. */
export interface CalculationGroupPlan {
  readonly table: string;
  /** The column that holds the names of the items. */
  readonly column: string;
  readonly items: readonly NamedScalar[];
  /** For a selection of several items, or of none that there is. */
  readonly multipleOrEmpty: Scalar | null;
  /** Where the group is not filtered. */
  readonly none: Scalar | null;
}

export interface QueryPlan {
  readonly relation: Relation;
  /** The same object for all EVALUATEs of one query. */
  readonly defines?: QueryDefinitions;
}

/** One request to the engine: queries over one database, evaluated together so that they share scans. */
export interface Job {
  readonly measures: readonly MeasurePlan[];
  readonly queries: readonly QueryPlan[];
  /** Whether the result tells how it came about. */
  readonly trace?: true;
  /** The name of the role of the database in which all is evaluated; left out: nothing is hidden. */
  readonly role?: string;
}

export interface ResultColumn {
  readonly name: string;
  readonly type: ValueType;
  readonly cells: readonly Cell[];
}

export type QueryResult =
  | { readonly kind: 'table'; readonly columns: readonly ResultColumn[]; readonly rowCount: number }
  | { readonly kind: 'error'; readonly error: Extract<Cell, { cell: 'error' }> }
  | { readonly kind: 'notEvaluated'; readonly reason: Reason; readonly at: At | undefined };

export interface JobResult {
  readonly results: readonly QueryResult[];
  readonly stats: JobStats;
  /** Where the job asks for it. */
  readonly trace?: readonly TraceStep[];
}

/** What an evaluation cost, for tests and benchmarks. */
export interface JobStats {
  /** Scan requests answered. */
  readonly scans: number;
  /** Times the evaluation suspended to have scans answered. */
  readonly waves: number;
}
