/**
 * The database that an engine opens: the model's tables with where their rows come from, plain and cloneable.
 */
import type { DataType, FileFormat, FileOptions, Limits, RowValue } from '../model/model.ts';
import type { SessionFact, SessionFold, Sessionize } from '../model/sessionize.ts';
import type { ColumnRef, MeasurePlan, Relation, RowId, Scalar } from './plan.ts';
import type { GeneratedSource } from './generate.ts';
import type { ErrorCell, NotEvaluatedCell, Reason } from './values.ts';

export interface DatabaseSpec {
  /** Content key: equal keys mean equal rows, so caches may be kept. File contents are not part of it. */
  readonly key: string;
  readonly tables: readonly TableSpec[];
  readonly relationships: readonly RelationshipSpec[];
  readonly roles?: readonly RoleSpec[];
  /** Measures that calculated tables and columns refer to by index. */
  readonly measures: readonly MeasurePlan[];
  /** The moment NOW and TODAY tell, as days since 1899-12-30 in UTC; `data`: the latest date of the date tables. */
  readonly clock: number | 'data';
  readonly culture: string;
  /** Seed of RAND and of generated rows. */
  readonly seed: number;
  readonly limits: Limits;
}

export interface TableSpec {
  readonly name: string;
  readonly columns: readonly ColumnSpec[];
  /** The table is marked as a date table, and these are its dates. */
  readonly dateColumn?: string;
  readonly source: TableSource;
}

export interface ColumnSpec {
  readonly name: string;
  /** Undefined: the source tells. */
  readonly type: DataType | undefined;
  /** A calculated column: evaluated for each row. */
  readonly calculated?: RowExpression;
  /** The key of the session that each row belongs to, in this table of sessions. */
  readonly sessionOf?: string;
}

/** An expression on a row of a table; `row` is the row context over the table's columns in their order. */
export interface RowExpression {
  readonly row: RowId;
  readonly expression: Scalar;
}

export type TableSource =
  /** `uri` is opened through the host; `key` changes when the content does. */
  | { readonly kind: 'file'; readonly uri: string; readonly path: string; readonly format: FileFormat; readonly options: FileOptions }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly (readonly [column: string, value: RowValue])[])[] }
  | { readonly kind: 'relation'; readonly relation: Relation }
  | { readonly kind: 'sessions'; readonly rules: SessionRules }
  | GeneratedSource
  /** Rows that cannot be had; metrics that read them are not evaluated for this reason. */
  | { readonly kind: 'unavailable'; readonly reason: Reason };

/** How the rows of a table are cut into sessions; names as the tables have them. `model/sessionize.ts` says what each rule means. */
export interface SessionRules extends Pick<Sessionize, 'preamble' | 'idle' | 'idleFrom' | 'maxLength' | 'maxTurns' | 'afterCut' | 'whenBoth'> {
  readonly from: string;
  readonly partition: readonly string[];
  readonly order: readonly string[];
  /** Of a row of the log. */
  readonly startWhen: RowExpression | undefined;
  readonly endWhen: RowExpression | undefined;
  readonly user: RowExpression | undefined;
  readonly columns: readonly SessionColumnRule[];
}

export type SessionColumnRule =
  | { readonly kind: 'partition'; readonly name: string; readonly column: string }
  | { readonly kind: 'fact'; readonly name: string; readonly fact: SessionFact }
  | { readonly kind: 'fold'; readonly name: string; readonly fold: SessionFold; readonly value: RowExpression };

/** Tables and columns beside those of the database: what a query defines for itself. */
export interface QueryDefinitions {
  readonly tables: readonly TableSpec[];
  /** Calculated columns of tables of the database, by table in order: they stand behind the table's own. */
  readonly columns: readonly { readonly table: string; readonly column: ColumnSpec }[];
}

/** `from` is the many side, `to` the one side unless the cardinality says otherwise. */
export interface RelationshipSpec {
  readonly from: ColumnRef;
  readonly to: ColumnRef;
  readonly cardinality: 'many-to-one' | 'one-to-one' | 'many-to-many' | 'one-to-many';
  readonly active: boolean;
  readonly crossFilter: 'single' | 'both';
  /** Whether what a role hides passes it both ways too; left out: from the one side to the many side only. */
  readonly securityFilter?: 'single' | 'both';
}

/** What a role lets be seen: of each table named the rows for which its filter is TRUE. */
export interface RoleSpec {
  readonly name: string;
  readonly filters: readonly { readonly table: string; readonly row: RowId; readonly predicate: Scalar }[];
}

/** What went wrong with a table's rows; `workspace` turns it into a finding at the table's source. */
export interface DataFault {
  readonly table: string;
  readonly column: string | undefined;
  /** Id in the registry of findings, category model: `data-missing`, `data-cell-type`. */
  readonly rule: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** Why a calculated part cannot be had, where that is the `problem`: whoever shows it finds the words. */
  readonly failure?: ErrorCell | NotEvaluatedCell;
}

/** A table as the engine knows it. */
export interface TableFacts {
  readonly table: string;
  readonly rowCount: number;
  readonly columns: readonly ColumnFacts[];
}

export interface ColumnFacts {
  readonly name: string;
  readonly type: DataType | 'variant' | 'blank';
  /** Different values; undefined where they are not made before something asks for that column. */
  readonly distinct: number | undefined;
}

/** What is asked about: a table, or one column of it, which then is made whatever that takes. */
export interface InspectedPart {
  readonly table: string;
  readonly column?: string | undefined;
}

export interface Inspected {
  /** Undefined where the table cannot be had; with the one column alone where one is asked about. */
  readonly facts: TableFacts | undefined;
  /** What was found to be wrong and is not told yet. */
  readonly faults: readonly DataFault[];
}
