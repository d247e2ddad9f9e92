/**
 * The syntax tree of DAX text.
 *
 * Spans inside a segment are offsets in UTF-16 units relative to the segment's start, so that a segment whose text
 * did not change keeps its tree when text before it grows or shrinks. Trees are incomplete by design: what could not
 * be read is a `missing` node, and a problem stands beside the tree.
 */

export type * from './treeItems.ts';
export type * from './treeSegments.ts';

/** Half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whatever has a place in the text. */
export interface Node {
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
  /** What follows ASC or DESC in ORDERBY, as written: `BLANKS LAST`. */
  readonly blanks?: string;
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
