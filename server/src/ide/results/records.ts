/** What the results view asks and is told: plain records that cross to the editor as they are. */
import type { ValueType } from '../../plan/values.ts';

/**
 * What results are of. It names its text by what an edit elsewhere leaves alone: a metric by its name, a query by which
 * of the document's it is.
 */
export type ResultSubject =
  | { readonly kind: 'metric'; readonly uri: string; readonly model: string; readonly name: string; readonly ordinal: number }
  | { readonly kind: 'query'; readonly uri: string; readonly model: string; readonly ordinal: number };

/** Parts of time into which the values of a date column are gathered. */
export type Grain = 'day' | 'month' | 'year';

/** A column by whose values a metric is broken down. */
export interface GroupBy {
  readonly table: string;
  readonly column: string;
  /** Left out: by each value. */
  readonly grain?: Grain;
}

/**
 * A value as it crosses to the editor: BLANK is null; whole numbers and decimals beyond 2^53, infinities and NaN are
 * texts; undefined stands for what has no value, or none that could be told back exactly.
 */
export type RawCell = string | number | boolean | null;

/** One value of one column that rows are to have. */
export interface ResultFilter {
  /** The column of a metric's results. */
  readonly by?: GroupBy;
  /** The name of the column in a query's results. */
  readonly column?: string;
  readonly type: ValueType;
  readonly value: RawCell;
}

export interface ResultSort {
  /** Place of the column. */
  readonly column: number;
  readonly descending: boolean;
}

/** What is looked at. */
export interface ResultsParams {
  readonly subject: ResultSubject;
  /** Columns of a metric's breakdown, two at most; a query has its own. Undefined: the one that suits best. */
  readonly by?: readonly GroupBy[];
  readonly filters: readonly ResultFilter[];
  /** Undefined: groups in their order, a query's rows as it gives them. */
  readonly sort?: ResultSort;
  /** Whether the values of the second of two columns are to stand across. `sort` is that of the matrix then. */
  readonly matrix?: boolean;
}

/** Values that are to be expected from now on. */
export interface PinResultsParams {
  readonly subject: ResultSubject;
  /** The filters of each value. */
  readonly groups: readonly (readonly ResultFilter[])[];
}

export interface ResultsColumn {
  /** As DAX calls it: `DimChannel[Channel]`, `[Value]`. */
  readonly name: string;
  /** As a heading. */
  readonly title: string;
  readonly type: ValueType;
  readonly role: 'group' | 'value' | 'plain';
  readonly grain?: Grain;
  /** Its numbers are shown as percents. */
  readonly isPercent?: true;
  /** What the values are, for charts and filters; undefined in JSON is null, so `failed` tells which cells have none. */
  readonly cells: readonly RawCell[];
  /** The values as they are shown: formatted, labels in place of codes. */
  readonly texts: readonly string[];
  /** Codes of the values that are shown by their labels. */
  readonly codes?: readonly (string | null)[];
  /** Rows whose cell is an error or not evaluated. */
  readonly failed: readonly (readonly [row: number, kind: 'error' | 'notEvaluated'])[];
  /** Rows whose value cannot be filtered by, since no text of DAX says it exactly. */
  readonly inexact: readonly number[];
}

/** A value or why there is none, in words. */
export interface ShownValue {
  readonly kind: 'value' | 'error' | 'notEvaluated';
  readonly text: string;
}

export interface ResultsTable {
  readonly columns: readonly ResultsColumn[];
  /** Rows that are told. */
  readonly rows: number;
  /** Rows that there are. */
  readonly total: number;
}

/** The first column down, the values of the second across. */
export interface ResultsMatrix {
  readonly table: ResultsTable;
  /** For each column the filter that keeps what it stands for; null for the first, for totals, and where no text of DAX says the value. */
  readonly across: readonly (ResultFilter | null)[];
  /** How many of the last columns are totals of a row: one or none. */
  readonly totalColumns: number;
  /** The row below: what the metric is for each column, all rows together. Left out where that is not known. */
  readonly totals?: readonly { readonly text: string; readonly kind: 'value' | 'blank' | 'error' | 'notEvaluated' }[];
}

export interface Results {
  readonly title: string;
  readonly model: string;
  readonly by: readonly GroupBy[];
  /** Of a metric: its value under the filters, all groups together. */
  readonly value?: ShownValue;
  /** The same as a number, where it is one. */
  readonly whole?: number;
  readonly table: ResultsTable | ShownValue;
  /** Whether two columns can be shown as a matrix. */
  readonly canBeMatrix: boolean;
  /** Where it is wanted and can be. */
  readonly matrix?: ResultsMatrix;
  /** The filters of the params in words: `Queue: Returns`. One whose column is gone does not apply. */
  readonly filters: readonly { readonly text: string; readonly applies: boolean }[];
  /** Tables with made-up rows on which the results depend. */
  readonly madeUp: readonly string[];
  /** The filters of the preview under which they were computed, as DAX. */
  readonly preview: readonly string[];
  /** Whether rows behind a value can be shown. */
  readonly hasRows: boolean;
}

/** A step of how a value came about. */
export interface ExplainNode {
  /** The sub-expression, on one line. */
  readonly text: string;
  readonly value: ShownValue;
  /** How many groups or rows it was evaluated in at once, where it was more than one. */
  readonly contexts: number;
  /** The filter context where it is another than the parent's; undefined where it is the same. */
  readonly filters?: readonly string[];
  /** Where the text stands. */
  readonly place?: { readonly uri: string; readonly line: number; readonly character: number };
  readonly children: readonly ExplainNode[];
}

export interface Explained {
  readonly title: string;
  readonly value: ShownValue;
  /** The filters of the value, in words. */
  readonly filters: readonly string[];
  /** The value that the grid shows where it is another, because the metric looks at the other groups. */
  readonly grid?: string;
  readonly steps: readonly ExplainNode[];
  /** Steps that are not told because there are too many. */
  readonly left: number;
  readonly madeUp: readonly string[];
  readonly preview: readonly string[];
}

/** What a value is made of: the rows that an aggregate of the metric goes through. */
export interface RowsParams extends ResultsParams {
  /** Which of the metric's aggregates. */
  readonly aggregate: number;
  /** Rows that the metric leaves out too. */
  readonly all: boolean;
}

export interface RowsBehind {
  readonly title: string;
  /** The metric's aggregates, as DAX. */
  readonly aggregates: readonly string[];
  readonly aggregate: number;
  /** The table whose rows they are, where it is one of the model. */
  readonly table?: string;
  readonly filters: readonly string[];
  readonly rows: ResultsTable | ShownValue;
  /** For each row, where all are shown: whether the metric counts it; null where that is not known. */
  readonly counted?: readonly (boolean | null)[];
  /** Conditions that name one row each, as `rowFate` takes them; empty where the table has no key. */
  readonly keys: readonly string[];
  readonly madeUp: readonly string[];
  readonly preview: readonly string[];
}

export interface FateParams {
  readonly subject: ResultSubject;
  /** A condition that names the row: `T[Key] = "..."`. */
  readonly row: string;
}

export interface FateStep {
  readonly kind: 'filter' | 'branch' | 'table';
  readonly text: string;
  readonly passes: boolean | 'unknown';
  /** What the row has in the columns that the step looks at, told of the step that drops it. */
  readonly values: readonly string[];
}

export interface Fate {
  readonly title: string;
  readonly row: string;
  /** A sentence where the row cannot be explained. */
  readonly problem?: string;
  /** The row has no part in the metric but on these ways. */
  readonly isWhole: boolean;
  readonly ways: readonly {
    readonly text: string;
    /** Metrics on the way. */
    readonly metrics: readonly string[];
    readonly steps: readonly FateStep[];
    readonly fate: 'counted' | 'blank' | 'dropped' | 'elsewhere' | 'unknown';
    readonly value?: string;
  }[];
}

/** A column that a metric may be broken down by. */
export interface ResultChoice {
  readonly table: string;
  readonly column: string;
  readonly type: ValueType;
  readonly distinct: number | null;
  /** It belongs to a table that the metric reads, or that those lead to. */
  readonly isNear: boolean;
  readonly hidden: boolean;
}
