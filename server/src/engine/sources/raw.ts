/** Rows as a loader hands them over, before they are encoded. */
import type { DataFault } from '../../plan/database.ts';
import type { Cell, Reason, ValueType } from '../../plan/values.ts';

export interface RawColumn {
  readonly name: string;
  readonly type: ValueType;
  readonly values: readonly Cell[];
  /** Set where a cell did not fit: nothing that reads the column is evaluated. */
  readonly failed?: Reason;
}

export interface RawTable {
  readonly columns: readonly RawColumn[];
  readonly rowCount: number;
}

/** A table and what was wrong with it; no table when nothing of it can be used. */
export interface Loaded {
  readonly table: RawTable | undefined;
  readonly faults: readonly DataFault[];
}
