/**
 * The semantic model as plain types: tables, columns, relationships and choices, however they were written down.
 *
 * Names are kept as written and looked up through `Map`s whose keys are folded by `nameKey`, because DAX names are
 * case-insensitive and a column may be called `constructor`.
 */
import type { Span } from '../base/spans.ts';
import type { OffsetMap } from '../base/offsetMap.ts';
import type { ColumnHints, ModelHints, TableHints } from './generate.ts';
import type { Sessionize } from './sessionize.ts';

/** The types of TMDL. */
export type DataType = 'string' | 'int64' | 'double' | 'decimal' | 'dateTime' | 'boolean';

/** Key under which a name is looked up: DAX names do not tell upper from lower case. */
export function nameKey(name: string): string {
  if (name.length > longestKept) return name.toLowerCase();
  let key = keys.get(name);
  if (key === undefined) {
    if (keys.size >= mostKeys) keys.clear();
    keys.set(name, (key = name.toLowerCase()));
  }
  return key;
}

/** The same few names are asked for again and again, and a key that is the same text need not be hashed anew. */
const keys = new Map<string, string>();
const mostKeys = 20_000;
const longestKept = 200;

/** A place in a file. */
export interface Place {
  readonly uri: string;
  readonly span: Span;
}

/** DAX that stands in a model file, with the way back to its place. */
export interface DaxText {
  readonly text: string;
  readonly uri: string;
  readonly map: OffsetMap;
}

export interface Model {
  readonly name: string;
  /** The file that declares the model. */
  readonly uri: string;
  readonly place: Place;
  /** By `nameKey`; tables of extended models included, in order of declaration. */
  readonly tables: ReadonlyMap<string, Table>;
  readonly relationships: readonly Relationship[];
  /** By `nameKey`. */
  readonly choices: ReadonlyMap<string, Choice>;
  /** Names of metrics that others use, so they are never unused. */
  readonly publicMetrics: ReadonlySet<string>;
  /** Files the model was made from: itself, extended models, imported choices. */
  readonly files: readonly string[];
  /** Entities by `nameKey`: those of imported metadata, and those that a column's `dataverse: entity.attribute` names. */
  readonly entities?: ReadonlyMap<string, Entity>;
  /** Table under which metrics are exported that name none. */
  readonly home?: string;
  /** By upper-case name. */
  readonly functions?: ReadonlyMap<string, ModelFunction>;
  /** Each with a table of its name, whose rows are the items; the first of those applied comes first. */
  readonly calculationGroups?: readonly CalculationGroup[];
  readonly roles?: readonly Role[];
  /** Who USERNAME and its kin say is asking. */
  readonly user?: ModelUser;
  /** What rows that are made up look like, where no table or column says otherwise. */
  readonly generate?: ModelHints;
}

export interface ModelUser {
  /** USERNAME: `DOMAIN\\name`, or the principal name. */
  readonly name?: string;
  readonly principalName?: string;
  readonly objectId?: string;
  readonly customData?: string;
}

/** What a role lets be seen: of each table that it names the rows for which the expression is TRUE. */
export interface Role {
  readonly name: string;
  readonly place: Place;
  readonly filters: readonly { readonly table: string; readonly place: Place; readonly expression: DaxText }[];
}

/** A function that the model file defines. */
export interface ModelFunction {
  readonly name: string;
  readonly place: Place;
  /** The definition as a file of DAX has it, `FUNCTION name = (..) => ..`; its name maps to the key. */
  readonly definition: DaxText;
}

/** Items that replace metrics wherever one of them is selected: `SELECTEDMEASURE()` is the metric. */
export interface CalculationGroup {
  /** The table whose rows the items are. */
  readonly name: string;
  readonly place: Place;
  /** The column that holds the items' names. */
  readonly column: string;
  /** Of several groups the one with the highest number is applied first. */
  readonly precedence: number;
  readonly items: readonly CalculationItem[];
  /** Applied where several items, or none that there is, are selected. */
  readonly multipleOrEmpty: DaxText | undefined;
  /** Applied where the group is not filtered. */
  readonly none: DaxText | undefined;
}

export interface CalculationItem {
  readonly name: string;
  readonly place: Place;
  readonly expression: DaxText;
  readonly ordinal: number;
  readonly format: string | undefined;
}

export interface Table {
  readonly name: string;
  readonly place: Place;
  readonly description: string | undefined;
  readonly source: Source;
  /** By `nameKey`, in order of declaration. Columns that the source has and the file does not name are added on load. */
  readonly columns: ReadonlyMap<string, Column>;
  readonly hidden: boolean;
  /** Name of the date column when the table is marked as a date table. */
  readonly dateColumn: string | undefined;
  /** What the file asks for that makes the rows, and cannot be done: the table is known, its rows are not evaluated. */
  readonly unsupported?: string;
  readonly generate?: TableHints;
}

export type Source =
  | { readonly kind: 'file'; readonly uri: string; readonly path: string; readonly place: Place; readonly format: FileFormat; readonly options: FileOptions }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly (readonly [column: string, value: RowValue])[])[]; readonly place: Place }
  | { readonly kind: 'dax'; readonly expression: DaxText; readonly place: Place }
  | { readonly kind: 'sessionize'; readonly sessions: Sessionize; readonly place: Place }
  | { readonly kind: 'none' };

export type RowValue = string | number | boolean | null;
export type FileFormat = 'csv' | 'tsv' | 'json' | 'ndjson' | 'parquet';

export interface FileOptions {
  readonly delimiter: string | undefined;
  /** Unquoted texts that mean BLANK besides the empty one. */
  readonly blankTokens: readonly string[];
  readonly trueWords: readonly string[];
  readonly falseWords: readonly string[];
  /** Patterns such as `dd.MM.yyyy HH:mm:ss`; ISO 8601 is always read. */
  readonly dateFormats: readonly string[];
}

export interface Column {
  readonly name: string;
  readonly place: Place;
  readonly description: string | undefined;
  /** Declared type; undefined: the data or the expression tells it. */
  readonly type: DataType | undefined;
  readonly typePlace: Place | undefined;
  readonly key: boolean;
  /** Name of the choice whose codes the column holds. */
  readonly choice: string | undefined;
  readonly choicePlace: Place | undefined;
  /** The column holds several codes, separated by commas. */
  readonly multiSelect: boolean;
  /** `entity.attribute` in Dataverse. */
  readonly dataverse: string | undefined;
  /** A calculated column's expression. */
  readonly expression: DaxText | undefined;
  /** The table of sessions whose key the column holds for each row: the session that the row belongs to. */
  readonly sessionOf?: { readonly table: string; readonly place: Place };
  readonly sortBy: string | undefined;
  readonly hidden: boolean;
  readonly deprecated: boolean;
  /** What a missing and a present value mean, where a null test carries meaning. */
  readonly nulls?: ColumnNulls;
  readonly generate?: ColumnHints;
}

export interface ColumnNulls {
  readonly null?: RowValue;
  readonly notNull?: RowValue;
}

export interface ColumnName {
  readonly table: string;
  readonly column: string;
}

export interface Relationship {
  readonly from: ColumnName;
  readonly to: ColumnName;
  readonly cardinality: 'many-to-one' | 'one-to-one' | 'many-to-many' | 'one-to-many';
  readonly active: boolean;
  readonly crossFilter: 'single' | 'both';
  /** Whether what roles hide passes it both ways too; left out: from the one side to the many side. */
  readonly securityFilter?: 'single' | 'both';
  readonly place: Place;
}

export interface Choice {
  readonly name: string;
  readonly place: Place;
  /** By the code's digits. */
  readonly options: ReadonlyMap<string, ChoiceOption>;
  readonly deprecated: boolean;
  readonly source: string | undefined;
  /** Only codes that were seen somewhere are known: there may be others. */
  readonly partial?: true;
}

export interface ChoiceOption {
  readonly value: number;
  readonly label: string;
  readonly deprecated: boolean;
  readonly place: Place;
}

/** A Dataverse entity (table) as metadata describes it. */
export interface Entity {
  readonly name: string;
  readonly display: string | undefined;
  /** Names of the attributes that hold the row's id and its name. */
  readonly primaryId: string | undefined;
  readonly primaryName: string | undefined;
  /** By `nameKey`. */
  readonly attributes: ReadonlyMap<string, EntityAttribute>;
  /** Only some attributes are known: there may be others. */
  readonly partial?: true;
}

export interface EntityAttribute {
  readonly name: string;
  /** As the schema writes it: `Picklist`, `String(100)`, `Lookup -> queue`. */
  readonly type: string | undefined;
  readonly display: string | undefined;
  readonly choice: string | undefined;
  /** Several codes may stand in one value. */
  readonly multiSelect?: true;
  readonly deprecated: boolean;
  readonly place: Place;
}

export interface ProjectFile {
  /** The folder that holds it, as a uri ending with `/`. */
  readonly folder: string;
  readonly uri: string | undefined;
  readonly rules: ReadonlyMap<string, 'off' | 'error' | 'warning' | 'information' | 'hint'>;
  /** Heading text or tab id → model name. */
  readonly markdownModels: ReadonlyMap<string, string>;
  /** The language code (LCID) in which labels are wanted, such as 1033. */
  readonly labelLanguage: number | undefined;
  /** A date-time `YYYY-MM-DDThh:mm:ss`, `now`, or `data`: the latest value of the date table. */
  readonly clock: string;
  readonly culture: string;
  readonly limits: Limits;
  readonly exclude: readonly string[];
}

/** Bounds that keep hostile files harmless. Bytes, rows, milliseconds. */
export interface Limits {
  readonly fileBytes: number;
  readonly rows: number;
  readonly memoryBytes: number;
  readonly milliseconds: number;
}

export const defaultLimits: Limits = {
  fileBytes: 512 * 1024 * 1024,
  rows: 20_000_000,
  memoryBytes: 2 * 1024 * 1024 * 1024,
  milliseconds: 30_000,
};
