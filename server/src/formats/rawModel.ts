/** What one model file declares, before `extends` and imports are followed. What a file does not say is undefined. */
import type { ModelHints, TableHints } from '../model/generate.ts';
import type { CalculationGroup, Column, ColumnName, DaxText, FileFormat, FileOptions, ModelFunction, ModelUser, Place, Relationship, Role, RowValue } from '../model/model.ts';
import type { Sessionize } from '../model/sessionize.ts';

/** A name with its place. */
export interface Named {
  readonly name: string;
  readonly place: Place;
}

export interface RawModel {
  readonly uri: string;
  readonly name: string;
  readonly place: Place;
  readonly extends: Named | undefined;
  readonly tables: readonly RawTable[];
  readonly relationships: readonly RawRelationship[];
  readonly choices: readonly RawChoice[];
  /** Metadata files whose choices and entities are all taken. */
  readonly imports: readonly Named[];
  readonly publicMetrics: readonly Named[];
  readonly home: Named | undefined;
  readonly user: ModelUser | undefined;
  readonly functions: readonly ModelFunction[];
  readonly calculationGroups: readonly RawCalculationGroup[];
  readonly generate: ModelHints | undefined;
  /** A part of `generate` was refused. */
  readonly generateFault: boolean;
  readonly roles: readonly Role[];
}

/** A calculation group with the table of its items. */
export interface RawCalculationGroup {
  readonly group: CalculationGroup;
  readonly table: RawTable;
}

export interface RawTable {
  readonly name: string;
  readonly place: Place;
  readonly description: string | undefined;
  readonly source: RawSource | undefined;
  readonly format: FileFormat | undefined;
  readonly options: Partial<FileOptions>;
  readonly columns: readonly RawColumn[];
  readonly hidden: boolean | undefined;
  readonly dateTable: Named | undefined;
  readonly generate?: TableHints | undefined;
  /** A part of `generate` was refused, of the table or of one of its columns. */
  readonly generateFault?: boolean;
}

export type RawSource =
  | { readonly kind: 'file'; readonly path: string; readonly place: Place }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly (readonly [column: string, value: RowValue])[])[]; readonly place: Place }
  | { readonly kind: 'dax'; readonly expression: DaxText; readonly place: Place }
  | { readonly kind: 'sessionize'; readonly sessions: Sessionize; readonly place: Place };

export interface RawColumn {
  readonly name: string;
  readonly place: Place;
  /** What the file says about the column; keys that it does not name are absent. */
  readonly said: Partial<Omit<Column, 'name' | 'place'>>;
  readonly sortByPlace: Place | undefined;
  /** Of each key of `generate`. */
  readonly hintPlaces?: ReadonlyMap<string, Place> | undefined;
}

export interface RawRelationship {
  readonly from: ColumnName;
  readonly fromPlace: Place;
  readonly to: ColumnName;
  readonly toPlace: Place;
  readonly cardinality: Relationship['cardinality'] | undefined;
  readonly active: boolean | undefined;
  readonly crossFilter: Relationship['crossFilter'] | undefined;
  readonly securityFilter: Relationship['securityFilter'];
  readonly place: Place;
}

export interface RawChoice {
  readonly name: string;
  readonly place: Place;
  readonly import: Named | undefined;
  /** The choice's name in the imported file, where it is another one. */
  readonly from: Named | undefined;
  readonly partial: boolean;
  readonly options: readonly { readonly code: string; readonly label: string; readonly deprecated: boolean; readonly place: Place }[];
}
