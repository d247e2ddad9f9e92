/**
 * The plan: what analysis hands to the engine. Plain records, cloneable, each with the place it came from.
 *
 * A plan states DAX semantics after names are resolved: which row context a column is read from, which row contexts a
 * CALCULATE turns into filters, which columns a filter argument replaces. It holds no tree, no token and no name that
 * still has to be looked up, except names of model tables and columns in the model's own spelling.
 */
import type { ContextChange } from './change.ts';
import type { Relation, SortKey, WindowPlan } from './relation.ts';
import type { At, Cell, Reason, ValueType } from './values.ts';

export type * from './change.ts';
export type * from './job.ts';
export type * from './relation.ts';

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

export interface Placed {
  readonly at?: At;
}

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
