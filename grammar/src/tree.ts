/**
 * The syntax tree of DAX text.
 *
 * Spans inside a segment are offsets in UTF-16 units relative to the segment's start, so that a segment whose text
 * did not change keeps its tree when text before it grows or shrinks. Trees are incomplete by design: what could not
 * be read is a `missing` node, and a problem stands beside the tree.
 */

/** Half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Node {
  readonly span: Span;
}

/** A name as written: `text` is decoded (quotes and doubled delimiters removed), `span` covers the delimiters too. */
export interface Name extends Node {
  readonly text: string;
  /** Whether it stood in quotes, `'Fact Session'`. */
  readonly quoted: boolean;
}

export interface NumberLiteral extends Node {
  readonly kind: 'number';
  readonly value: number;
  readonly text: string;
  /** Written without a point or an exponent: INT64 when it fits, else DOUBLE. */
  readonly integer: boolean;
}

export interface StringLiteral extends Node {
  readonly kind: 'string';
  readonly value: string;
}

/** TRUE or FALSE as a bare word. `TRUE()` is a call. */
export interface BooleanLiteral extends Node {
  readonly kind: 'boolean';
  readonly value: boolean;
}

/** dt"2024-01-31T10:00:00". `serial` is days since 1899-12-30, NaN when the text is no date (a problem says so). */
export interface DateLiteral extends Node {
  readonly kind: 'date';
  readonly text: string;
  readonly serial: number;
}

/** @name in a query. */
export interface ParameterReference extends Node {
  readonly kind: 'parameter';
  readonly name: string;
}

/** A bare or quoted name: a table, a variable, a parameter of a function, or an enumeration word such as ASC. */
export interface NameReference extends Node {
  readonly kind: 'name';
  readonly name: Name;
}

/** `T[c]`, `'T x'[c]` or `[c]`: a column, an extension column or a measure. */
export interface ColumnReference extends Node {
  readonly kind: 'column';
  readonly table: Name | undefined;
  /** The bracketed part; its span covers the brackets. */
  readonly column: Name;
  /** The name was broken by a line break, which a problem reports; `column.text` is the joined name. */
  readonly broken?: boolean;
  /** A broken name joined without a blank, where that differs: `ActiveTimeInSec⏎onds`. */
  readonly alternative?: string;
}

export interface Call extends Node {
  readonly kind: 'call';
  /** As written, dots included: `STDEV.S`. */
  readonly name: string;
  readonly nameSpan: Span;
  /** `omitted` nodes stand for empty arguments: `f(a, , c)`. `f()` has none. */
  readonly args: readonly Argument[];
  readonly open: Span;
  /** Spans of the commas between arguments. */
  readonly commas: readonly Span[];
  /** Absent when the bracket was never closed. */
  readonly close: Span | undefined;
}

export interface Omitted extends Node {
  readonly kind: 'omitted';
}

export type Argument = Expression | Omitted;

export type UnaryOperator = '+' | '-' | 'NOT';
export type BinaryOperator =
  | '^' | '*' | '/' | '+' | '-' | '&' | '=' | '==' | '<>' | '<' | '>' | '<=' | '>=' | 'IN' | '&&' | '||';

export interface Unary extends Node {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operatorSpan: Span;
  readonly operand: Expression;
}

export interface Binary extends Node {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}

/** `(e)`: kept, so that printing and selection see what was written. */
export interface Parenthesized extends Node {
  readonly kind: 'parenthesized';
  readonly expression: Expression;
}

/** `(a, b)`: left of IN, or a row of a table constructor. Two items or more. */
export interface Tuple extends Node {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
}

/** `{ 1, 2 }`, `{ (1, "a"), (2, "b") }`; DATATABLE's nested braces are `constructor` rows with `omitted` for blanks. */
export interface TableConstructor extends Node {
  readonly kind: 'constructor';
  readonly rows: readonly Argument[];
}

export interface Variable extends Node {
  readonly name: Name;
  readonly value: Expression;
}

/** VAR a = .. VAR b = .. RETURN e. `body` is `missing` when RETURN is. */
export interface VarBlock extends Node {
  readonly kind: 'var';
  readonly variables: readonly Variable[];
  readonly body: Expression;
}

/** A place where an expression was expected and none could be read. */
export interface Missing extends Node {
  readonly kind: 'missing';
}

export type Expression =
  | NumberLiteral | StringLiteral | BooleanLiteral | DateLiteral | ParameterReference | NameReference
  | ColumnReference | Call | Unary | Binary | Parenthesized | Tuple | TableConstructor | VarBlock | Missing;

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

/** What is wrong with the text, by code and parameters; messages live in the registry of findings. */
export interface Problem extends Node {
  readonly code: ProblemCode;
  /** Words for the message: what was found, what was expected, the joined name. */
  readonly params: Readonly<Record<string, string>>;
  /** A certain repair as edits relative to the segment. */
  readonly repair?: { readonly title: string; readonly edits: readonly { readonly span: Span; readonly newText: string }[] };
}

export type ProblemCode =
  | 'unexpected-token'      // { found, expected? }
  | 'expected-expression'   // { found, after? }
  | 'expected-token'        // { expected, found }
  | 'unclosed-bracket'      // { open } at the opening bracket
  | 'unclosed-string'
  | 'unclosed-name'         // ' or [
  | 'unclosed-comment'
  | 'broken-name'           // { name } a line break inside [...]
  | 'missing-body'          // { name }
  | 'smart-quote'           // { found, replacement }
  | 'invalid-date'          // { text }
  | 'invalid-character'     // { found }
  | 'local-separators'      // semicolons and decimal commas
  | 'prose'                 // text that is no DAX
  | 'placeholder'           // { text }
  | 'nested-too-deep'       // { limit }
  | 'segment-too-long';     // { limit }

/** One definition, query, bare expression or stretch of prose. */
export interface Segment {
  /** Offset of the segment in the text it was read from, doc comment included; spans inside are relative to it. */
  readonly start: number;
  readonly end: number;
  /** The segment's text: the cache key of everything derived from it. */
  readonly text: string;
  readonly item: Item;
  readonly problems: readonly Problem[];
  /** Comments other than `///` docs. */
  readonly comments: readonly Span[];
}

export interface SourceFile {
  readonly segments: readonly Segment[];
}
