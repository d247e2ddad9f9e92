/** Rows as a loader hands them over. */
import type { DataFault } from '../../plan/database.ts';
import type { Reason } from '../../plan/values.ts';
import type { Encoded } from '../columns/encoder.ts';

export interface RawColumn {
  readonly name: string;
  readonly values: Encoded;
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
