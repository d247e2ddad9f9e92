/**
 * What analysis knows about one segment of DAX: where each name leads, which codes meet which choices, what it reads.
 *
 * All spans are relative to the segment's start, so that a segment that only moved keeps all of this.
 */
import type { DocComment, Expression, Segment, Span } from '../../../grammar/src/tree.ts';
import type { Finding } from '../findings/finding.ts';
import type { FunctionSpec } from '../functions/spec.ts';
import type { Choice, ChoiceOption, Column, DataType, Model, Table } from '../model/model.ts';

/** A metric (measure) that text defines: in a `.dax` file for its model, or in a fence for its page. */
export interface MeasureSymbol {
  readonly kind: 'measure';
  readonly name: string;
  readonly model: string;
  readonly uri: string;
  /** The segment that defines it; identity changes when its text does. */
  readonly segment: Segment;
  /** Offset of the segment in its region's text. */
  readonly docs: DocComment | undefined;
  readonly body: Expression;
  /** Home table of the MEASURE form. */
  readonly homeTable: string | undefined;
  /** From `@format`. */
  readonly format: string | undefined;
}

/** Names a region of DAX can see besides what it defines itself. */
export interface Scope {
  /** undefined: no model is known; only syntax is checked. */
  readonly model: Model | undefined;
  /** By `nameKey`: the metrics of the model, overlaid by those of the page and the tab. */
  readonly measures: ReadonlyMap<string, MeasureSymbol>;
  /** Inferred types of columns whose declaration says none, by table key, then column key. */
  readonly inferredTypes?: (table: string, column: string) => DataType | undefined;
  /** Upper-case names of functions that text of the model defines: FUNCTION f = (..) => .. */
  readonly functions?: ReadonlySet<string>;
  /** Keys of tables that text of the model defines: TABLE t = .. Nothing is known about their columns. */
  readonly tables?: ReadonlySet<string>;
  /** Keys `table\u0000column` of columns that text of the model defines: COLUMN t[c] = .. */
  readonly columns?: ReadonlySet<string>;
}

export type Target =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'column'; readonly table: Table; readonly column: Column }
  | { readonly kind: 'measure'; readonly measure: MeasureSymbol }
  /** A column that an expression added: ADDCOLUMNS(.., "x", ..) then [x]. `definition` is the name's text literal. */
  | { readonly kind: 'extension'; readonly name: string; readonly definition: Span | undefined }
  | { readonly kind: 'variable'; readonly name: string; readonly definition: Span; readonly value: Expression }
  | { readonly kind: 'function'; readonly spec: FunctionSpec }
  /** An enumeration word: ASC, DAY. */
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'unresolved'; readonly name: string };

export interface Reference {
  /** The name itself; for `T[c]` there are two references, the table's and the column's. */
  readonly span: Span;
  readonly target: Target;
}

/** A literal that meets a choice column. */
export interface CodeUse {
  /** The literal, quotes included. */
  readonly span: Span;
  readonly table: Table;
  readonly column: Column;
  readonly choice: Choice;
  /** The digits, or the text as written. */
  readonly code: string;
  /** undefined: the choice has no such code. */
  readonly option: ChoiceOption | undefined;
}

/** Static type of an expression. `unknown`: nothing is said, so nothing is complained about. */
export type StaticType =
  | { readonly kind: 'scalar'; readonly type: DataType | 'variant' | 'unknown' | 'blank' }
  | { readonly kind: 'table'; readonly columns: readonly StaticColumn[] | undefined; readonly wholeTable: string | undefined }
  | { readonly kind: 'unknown' };

export interface StaticColumn {
  /** DAX name: `T[c]` or `[x]`. */
  readonly name: string;
  readonly lineage: { readonly table: string; readonly column: string } | undefined;
  readonly type: DataType | 'variant' | 'unknown' | 'blank';
}

/** What a definition reads, directly. Keys are `nameKey`s. */
export interface Dependencies {
  readonly measures: ReadonlySet<string>;
  readonly tables: ReadonlySet<string>;
  /** `table\u0000column` of `nameKey`s. */
  readonly columns: ReadonlySet<string>;
}

export interface Bound {
  readonly segment: Segment;
  /** In order of `span.start`. */
  readonly references: readonly Reference[];
  readonly codes: readonly CodeUse[];
  readonly findings: readonly Finding[];
  readonly dependencies: Dependencies;
  /** Static type of an expression node of the segment. */
  readonly typeOf: (expression: Expression) => StaticType;
  /** The model column whose values an expression gives, through brackets, variables and SELECTEDVALUE, where that is certain. */
  readonly columnOf: (expression: Expression) => { readonly table: Table; readonly column: Column } | undefined;
}
