/** The syntax tree of definitions and queries: what stands around expressions. */
import type { Expression, Name, Node, Span } from './tree.ts';

/** The `///` lines directly above a definition. */
export interface DocComment extends Node {
  /** One per line: the text after `///` and one optional blank, with its place. */
  readonly lines: readonly { readonly text: string; readonly span: Span }[];
}

interface DefinitionBase extends Node {
  readonly docs: DocComment | undefined;
  /** Decoded name. */
  readonly name: string;
  readonly nameSpan: Span;
  /** The `=` or `:=`, or undefined when missing. */
  readonly assign: Span | undefined;
  readonly body: Expression;
}

/** `Name = e`, `Name := e` (form `plain`) or `MEASURE T[Name] = e` (form `measure`). */
export interface MeasureDefinition extends DefinitionBase {
  readonly kind: 'measure';
  readonly form: 'plain' | 'measure';
  /** The home table of the MEASURE form. */
  readonly table: Name | undefined;
}

export interface ColumnDefinition extends DefinitionBase {
  readonly kind: 'columnDefinition';
  readonly table: Name;
}

export interface TableDefinition extends DefinitionBase {
  readonly kind: 'tableDefinition';
  /** WITH VISUAL SHAPE: how visual calculations read the table. */
  readonly shape: VisualShape | undefined;
}

/** WITH VISUAL SHAPE (AXIS name (GROUP columns [TOTAL column])+ ORDER BY keys)+ [DENSIFY "column"]. */
export interface VisualShape extends Node {
  readonly axes: readonly ShapeAxis[];
  /** The name of the column that tells rows put in from others: a string, or `missing`. */
  readonly densify: Expression | undefined;
}

export interface ShapeAxis extends Node {
  /** ROWS or COLUMNS; undefined when missing. */
  readonly name: Name | undefined;
  readonly groups: readonly ShapeGroup[];
  readonly orderBy: readonly OrderKey[];
}

/** Columns of the table that has the shape; TOTAL tells its rows of subtotals. */
export interface ShapeGroup extends Node {
  readonly columns: readonly Expression[];
  readonly total: Expression | undefined;
}

/** What a parameter takes. A subtype without a type means SCALAR, nothing at all ANYVAL. */
export type ParameterType =
  | 'ANYVAL' | 'SCALAR' | 'TABLE' | 'ANYREF' | 'CALENDARREF' | 'COLUMNREF' | 'MEASUREREF' | 'TABLEREF';
/** What kind of scalar a parameter takes, to which the argument is converted. */
export type ParameterSubtype =
  | 'VARIANT' | 'INT64' | 'DECIMAL' | 'DOUBLE' | 'STRING' | 'DATETIME' | 'BOOLEAN' | 'NUMERIC';
/** VAL: evaluated once, where the function is called. EXPR: put in for the parameter. References are EXPR, others VAL. */
export type PassingMode = 'VAL' | 'EXPR';

/** One word of a parameter's hint, in capitals, with its place. */
export interface HintWord<T> extends Node {
  readonly value: T;
}

/** `name [: [type] [subtype] [VAL|EXPR]] [= default]`; what was not written is undefined. */
export interface FunctionParameter extends Node {
  readonly name: string;
  readonly nameSpan: Span;
  readonly colon: Span | undefined;
  readonly type: HintWord<ParameterType> | undefined;
  readonly subtype: HintWord<ParameterSubtype> | undefined;
  readonly passing: HintWord<PassingMode> | undefined;
  readonly defaultValue: Expression | undefined;
}

/** FUNCTION f = (parameters) => body. */
export interface FunctionDefinition extends DefinitionBase {
  readonly kind: 'functionDefinition';
  readonly parameters: readonly FunctionParameter[];
  /** Spans of the commas between parameters; one may follow the last. */
  readonly commas: readonly Span[];
}

export interface QueryVariable extends DefinitionBase {
  readonly kind: 'variableDefinition';
  /** MPARAMETER gives a parameter of Power Query its value for one query; no expression can read it. */
  readonly keyword: 'VAR' | 'MPARAMETER';
}

export type Definition =
  | MeasureDefinition | ColumnDefinition | TableDefinition | FunctionDefinition | QueryVariable;

export interface OrderKey extends Node {
  readonly expression: Expression;
  readonly descending: boolean;
  /** ASC or DESC, where written. */
  readonly direction: Span | undefined;
}

export interface Evaluate extends Node {
  readonly keyword: Span;
  readonly expression: Expression;
  readonly orderBy: readonly OrderKey[];
  readonly startAt: readonly Expression[];
}

/** [DEFINE ...] EVALUATE ... [EVALUATE ...]. A DEFINE block without EVALUATE has an empty `evaluates`. */
export interface Query extends Node {
  readonly kind: 'query';
  readonly docs: DocComment | undefined;
  /** DEFINE, where written. */
  readonly define: Span | undefined;
  readonly definitions: readonly Definition[];
  readonly evaluates: readonly Evaluate[];
}

/** An expression that no header names. */
export interface BareExpression extends Node {
  readonly kind: 'bare';
  readonly docs: DocComment | undefined;
  readonly expression: Expression;
}

/** Text that is no DAX: prose or a placeholder such as `**Need info**`. */
export interface Prose extends Node {
  readonly kind: 'prose';
  readonly placeholder: boolean;
}

export type Item =
  | MeasureDefinition | ColumnDefinition | TableDefinition | FunctionDefinition | Query | BareExpression | Prose;
