/** Which branches an evaluation took, as it crosses the worker's border. */
import type { At } from './values.ts';

export interface JobCoverage {
  readonly branches: readonly BranchCounts[];
  /** For how many contexts each measure of the job was asked, in their order. */
  readonly measures: readonly number[];
}

/** One IF, SWITCH, COALESCE or IFERROR. */
export interface BranchCounts {
  readonly at: At;
  /**
   * In how many contexts each branch gave the value: of `if` the two values, of `switch` the values of its arms and the
   * other one, of the rest their arguments. A row of an iterator is a context of its own.
   */
  readonly taken: readonly number[];
}
