/** What the engine is asked for at once, and what it answers. */
import type { JobCoverage } from './coverage.ts';
import type { DataFault, QueryDefinitions } from './database.ts';
import type { Scalar } from './plan.ts';
import type { NamedScalar, Relation } from './relation.ts';
import type { TraceStep } from './trace.ts';
import type { At, Cell, Reason, ValueType } from './values.ts';

export interface MeasurePlan {
  readonly name: string;
  readonly expression: Scalar;
  readonly format?: string;
  /** Calculation groups that may replace it, the one that is applied first in front. */
  readonly groups?: readonly CalculationGroupPlan[];
}

/** A calculation group: where one of its items is selected, references to measures stand for that item. */
export interface CalculationGroupPlan {
  readonly table: string;
  /** The column that holds the names of the items. */
  readonly column: string;
  readonly items: readonly NamedScalar[];
  /** For a selection of several items, or of none that there is. */
  readonly multipleOrEmpty: Scalar | null;
  /** Where the group is not filtered. */
  readonly none: Scalar | null;
}

export interface QueryPlan {
  readonly relation: Relation;
  /** The same object for all EVALUATEs of one query. */
  readonly defines?: QueryDefinitions;
}

/** One request to the engine: queries over one database, evaluated together so that they share scans. */
export interface Job {
  readonly measures: readonly MeasurePlan[];
  readonly queries: readonly QueryPlan[];
  /** Whether the result tells how it came about. */
  readonly trace?: true;
  /** Whether the result tells which branches were taken. A job has one of the two. */
  readonly coverage?: true;
  /** The name of the role of the database in which all is evaluated; left out: nothing is hidden. */
  readonly role?: string;
}

export interface ResultColumn {
  readonly name: string;
  readonly type: ValueType;
  readonly cells: readonly Cell[];
}

export type QueryResult =
  | { readonly kind: 'table'; readonly columns: readonly ResultColumn[]; readonly rowCount: number }
  | { readonly kind: 'error'; readonly error: Extract<Cell, { cell: 'error' }> }
  | { readonly kind: 'notEvaluated'; readonly reason: Reason; readonly at: At | undefined };

export interface JobResult {
  readonly results: readonly QueryResult[];
  readonly stats: JobStats;
  /** Where the job asks for it. */
  readonly trace?: readonly TraceStep[];
  readonly coverage?: JobCoverage;
  /** What was found to be wrong with the data as it was read for this job. */
  readonly faults?: readonly DataFault[];
}

/** What an evaluation cost, for tests and benchmarks. */
export interface JobStats {
  /** Scan requests answered. */
  readonly scans: number;
  /** Times the evaluation suspended to have scans answered. */
  readonly waves: number;
}
