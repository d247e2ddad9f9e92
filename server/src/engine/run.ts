/** Jobs: queries over a database, evaluated together. */
import type { Job as JobPlan, JobResult, JobStats, QueryPlan, QueryResult } from '../plan/plan.ts';
import type { Signal, StorageEngine } from '../plan/scan.ts';
import { budgetOf } from './budget.ts';
import type { Database } from './database.ts';
import { batchOf } from './formula/batch.ts';
import { drive, driveNow, type Costs } from './formula/drive.ts';
import { jobOf, type Job } from './formula/job.ts';
import { evaluateRelation } from './formula/relations.ts';
import { columnsOf, spoiledAt } from './formula/rows.ts';
import { all, type Task } from './formula/task.ts';
import { toCells } from './values/vector.ts';

export interface RunOptions {
  readonly signal?: Signal;
}

const UNHEARD: Signal = { cancelled: () => false };

/** Evaluates a job at once, in memory. */
export function runJob(database: Database, plan: JobPlan, options: RunOptions = {}): JobResult {
  const signal = options.signal ?? UNHEARD;
  database.listenTo(signal);
  const { job, costs } = newJob(database, database.engine, plan, signal);
  try {
    return resultOf(driveNow(queries(job, plan.queries), (requests) => database.engine.run(requests, signal), costs), costs);
  } finally {
    database.listenTo(UNHEARD);
  }
}

/** Evaluates a job against a storage engine that may answer later. */
export async function runJobWith(database: Database, engine: StorageEngine, plan: JobPlan, options: RunOptions = {}): Promise<JobResult> {
  const signal = options.signal ?? UNHEARD;
  const { job, costs } = newJob(database, engine, plan, signal);
  return resultOf(await drive(queries(job, plan.queries), engine, signal, job.budget, costs), costs);
}

function newJob(database: Database, engine: StorageEngine, plan: JobPlan, signal: Signal): { readonly job: Job; readonly costs: Costs } {
  const { spec } = database;
  const costs: Costs = { scans: 0, waves: 0 };
  const job = jobOf(engine, plan.measures, budgetOf(spec.limits, signal), spec.clock, spec.culture);
  return { job, costs };
}

/** All queries see the same open context, so they share what they read of it. */
function* queries(job: Job, plans: readonly QueryPlan[]): Task<QueryResult[]> {
  const batch = batchOf(1, []);
  return yield* all(plans.map(function* ({ relation }): Task<QueryResult> {
    const rows = yield* evaluateRelation(job, relation, { batch, scope: undefined, depth: 0 });
    const failure = spoiledAt(rows.spoiled, 0);
    if (failure !== undefined) return failure.cell === 'error' ? { kind: 'error', error: failure } : { kind: 'notEvaluated', reason: failure.reason, at: failure.at };
    const vectors = yield* columnsOf(rows.set);
    return {
      kind: 'table',
      rowCount: rows.set.length,
      columns: vectors.map((it, i) => ({ name: relation.columns[i]?.name ?? '', type: it.type, cells: toCells(it) })),
    };
  }));
}

const resultOf = (results: readonly QueryResult[], { scans, waves }: Costs): JobResult => {
  const stats: JobStats = { scans, waves };
  return { results, stats };
};
