/** Rows as a loader hands them over. */
import type { DataType } from '../../model/model.ts';
import type { DataFault } from '../../plan/database.ts';
import type { Reason } from '../../plan/values.ts';
import type { Encoded } from '../columns/encoder.ts';

export interface RawColumn {
  readonly name: string;
  /** Its values, or why nothing that reads the column is evaluated. */
  read(): Encoded | Unreadable;
  /** Its type, where its values are not read before something asks for them. */
  readonly later?: DataType;
}

export interface Unreadable {
  readonly reason: Reason;
  /** What was wrong, where it was not told when the table was opened. */
  readonly faults: readonly DataFault[];
}

export interface RawTable {
  readonly columns: readonly RawColumn[];
  readonly rowCount: number;
}

/** A table and what was wrong with it; no table when nothing of it can be used. */
export interface Loaded {
  readonly table: RawTable | undefined;
  readonly faults: readonly DataFault[];
  /** Lets go of the file that columns are still to be read from. */
  close?(): void;
}
