/** The tables of a snapshot as the scan sees them: columns and row-to-row maps, each made when first asked for. */
import type { RelationshipUse } from '../../plan/plan.ts';
import type { Catalog } from '../../plan/scan.ts';
import type { ValueType } from '../../plan/values.ts';
import type { StoredColumn } from '../columns/column.ts';

export interface StoredTable {
  readonly name: string;
  /** Rows 0 to rowCount - 1; handle rowCount is the row that orphans point to. */
  readonly rowCount: number;
  readonly columnNames: readonly string[];
  /** Types of the columns whose values are not made before something asks for them. */
  readonly later: ReadonlyMap<string, ValueType>;
}

/** Each function raises `Stopped` with the reason when the rows cannot be had. */
export interface Tables {
  readonly catalog: Catalog;
  table(name: string): StoredTable;
  column(table: string, column: string): StoredColumn;
  /** For each row of `from` (and its blank row) the row of `to` that it points to; undefined for a table and itself. */
  path(from: string, to: string, inUse?: readonly RelationshipUse[]): Int32Array | undefined;
  /** Whether rows of other tables point to no row of this one. */
  hasBlankRow(table: string): boolean;
  /** Whether the blank row stands for rows of `other` that have no partner over a one-to-one relationship, so that it is many rows. */
  blankRowStandsFor(table: string, other: string, inUse?: readonly RelationshipUse[]): boolean;
  /** For each row the first row with the same values in all columns; undefined when no two rows are the same. */
  firstEqualRow(table: string): Int32Array | undefined;
}
