/**
 * What analysis knows about one segment of DAX: where each name leads, which codes meet which choices, what it reads.
 *
 * All spans are relative to the segment's start, so that a segment that only moved keeps all of this.
 */
import type {
  ColumnDefinition, Definition, DocComment, Expression, FunctionDefinition, FunctionParameter, NumberLiteral, Segment, Span,
  StringLiteral, TableDefinition,
} from '../../../grammar/src/tree.ts';
import type { Finding } from '../findings/finding.ts';
import type { FunctionSpec } from '../functions/spec.ts';
import type { Choice, ChoiceOption, Column, ColumnName, DataType, Model, Relationship, Table } from '../model/model.ts';

/** A metric (measure) that text defines: in a `.dax` file for its model, or in a fence for its page. */
export interface MeasureSymbol {
  readonly kind: 'measure';
  readonly name: string;
  readonly model: string;
  /** Empty for a metric that the query defines in which it is used. */
  readonly uri: string;
  /** The segment that defines it; identity changes when its text does. */
  readonly segment: Segment;
  readonly docs: DocComment | undefined;
  readonly body: Expression;
  /** Home table of the MEASURE form. */
  readonly homeTable: string | undefined;
  /** From `@format`. */
  readonly format: string | undefined;
}

/** Something besides a metric that text defines: in a `.dax` file for its model, in a fence for its page, in a query for itself. */
export interface Defined<D extends Definition> {
  readonly name: string;
  /** Empty for what the query defines in which it is used. */
  readonly uri: string;
  /** The segment that defines it; spans of `definition` count in it. */
  readonly segment: Segment;
  readonly definition: D;
}

/** FUNCTION f = (..) => .. */
export type DefinedFunction = Defined<FunctionDefinition>;
/** TABLE t = .. */
export type DefinedTable = Defined<TableDefinition>;
/** COLUMN t[c] = .. */
export type DefinedColumn = Defined<ColumnDefinition>;

/** Names a region of DAX can see besides what it defines itself. */
export interface Scope {
  /** undefined: no model is known; only syntax is checked. */
  readonly model: Model | undefined;
  /** By `nameKey`: the metrics of the model, overlaid by those of the page and the tab. */
  readonly measures: ReadonlyMap<string, MeasureSymbol>;
  /** Inferred types of columns whose declaration says none, by table key, then column key. */
  readonly inferredTypes?: (table: string, column: string) => DataType | undefined;
  /** Functions that text of the model defines, by upper-case name. */
  readonly functions?: ReadonlyMap<string, DefinedFunction>;
  /** Tables that text of the model defines, by key. */
  readonly tables?: ReadonlyMap<string, DefinedTable>;
  /** Columns that text of the model defines, by `table\u0000column` of keys. */
  readonly columns?: ReadonlyMap<string, DefinedColumn>;
}

export type Target =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'column'; readonly table: Table; readonly column: Column }
  | { readonly kind: 'measure'; readonly measure: MeasureSymbol }
  | { readonly kind: 'definedTable'; readonly table: DefinedTable }
  | { readonly kind: 'definedColumn'; readonly column: DefinedColumn }
  | { readonly kind: 'definedFunction'; readonly function: DefinedFunction }
  | ExtensionTarget
  | { readonly kind: 'variable'; readonly name: string; readonly definition: Span; readonly value: Expression }
  /** A parameter of the function that the segment defines. */
  | { readonly kind: 'parameter'; readonly name: string; readonly definition: Span; readonly parameter: FunctionParameter }
  | { readonly kind: 'function'; readonly spec: FunctionSpec }
  /** An enumeration word: ASC, DAY. */
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'unresolved'; readonly name: string };

/** A column that an expression added: ADDCOLUMNS(.., "x", ..) then [x]. */
export interface ExtensionTarget {
  readonly kind: 'extension';
  readonly name: string;
  /** The text literal that names it; undefined where nothing does: [Value], [Date]. */
  readonly definition: Span | undefined;
  /** The definition in which `definition` stands; absent: in the segment itself. */
  readonly owner?: DefinedTable | DefinedFunction;
  /** The model column whose values it holds under another name: SELECTCOLUMNS(.., "x", T[c]). */
  readonly column?: { readonly table: Table; readonly column: Column };
}

/** An occurrence of a name. Every one is told: of definitions and of uses, also inside USERELATIONSHIP, EARLIER and their kind. */
export interface Reference {
  /** The name itself, delimiters included; for `T[c]` there are two references, the table's and the column's. */
  readonly span: Span;
  readonly target: Target;
  /** The name gets its meaning here: in a header, a VAR, a list of parameters, the text that names an added column. */
  readonly isDefinition?: true;
}

/** A literal that meets a choice column. */
export interface CodeUse {
  /** The literal, quotes included. */
  readonly span: Span;
  readonly table: Table;
  readonly column: Column;
  readonly choice: Choice;
  /** The digits without leading zeros, or the text as written. */
  readonly code: string;
  /** undefined: the choice has no such code. */
  readonly option: ChoiceOption | undefined;
  /** The literal; it may stand in a variable or in a branch. */
  readonly literal: StringLiteral | NumberLiteral;
  /** Compared for equality, by order, or sought inside a text. */
  readonly how: 'equal' | 'order' | 'search';
}

/** A relationship that an expression names by its two columns. */
export interface RelationshipUse {
  /** The call: USERELATIONSHIP(..) or CROSSFILTER(..). */
  readonly span: Span;
  readonly by: 'USERELATIONSHIP' | 'CROSSFILTER';
  /** The columns as they are written. */
  readonly columns: readonly [ColumnName, ColumnName];
  /** undefined: the model has none between these columns. */
  readonly relationship: Relationship | undefined;
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
  /** Functions that text defines: upper-case names. */
  readonly functions: ReadonlySet<string>;
}

export interface Bound {
  readonly segment: Segment;
  /** In order of `span.start`. */
  readonly references: readonly Reference[];
  readonly codes: readonly CodeUse[];
  readonly relationships: readonly RelationshipUse[];
  readonly findings: readonly Finding[];
  readonly dependencies: Dependencies;
  /** Static type of an expression node of the segment. */
  readonly typeOf: (expression: Expression) => StaticType;
  /** The model column whose values an expression gives, through brackets, variables and SELECTEDVALUE, where that is certain. */
  readonly columnOf: (expression: Expression) => { readonly table: Table; readonly column: Column } | undefined;
}
