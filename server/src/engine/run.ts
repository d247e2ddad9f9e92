/** Jobs: queries over a database, evaluated together. */
import type { Job as JobPlan, JobResult, JobStats, QueryPlan, QueryResult } from '../plan/plan.ts';
import type { Signal, StorageEngine } from '../plan/scan.ts';
import { budgetOf, Stopped } from './budget.ts';
import type { Database } from './database.ts';
import { engineWith } from './defined.ts';
import { batchOf } from './formula/batch.ts';
import { drive, driveNow, type Costs } from './formula/drive.ts';
import { jobOf, type Job } from './formula/job.ts';
import { evaluateShown } from './formula/relations.ts';
import { columnsOf, spoiledAt } from './formula/rows.ts';
import { all, type Task } from './formula/task.ts';
import { coverageTracer, type CoverageTracer } from './trace/coverage.ts';
import { tracerOf, type Tracer } from './trace/tracer.ts';
import type { Failure } from './values/cells.ts';
import { toCells } from './values/vector.ts';

export interface RunOptions {
  readonly signal?: Signal;
}

const UNHEARD: Signal = { cancelled: () => false };

/** Evaluates a job at once, in memory. */
export function runJob(whole: Database, plan: JobPlan, options: RunOptions = {}): JobResult {
  const signal = options.signal ?? UNHEARD;
  whole.listenTo(signal);
  try {
    const database = seenBy(whole, plan.role);
    if ('cell' in database) return failedJob(plan, database);
    const tracer = tracerFor(plan);
    const { job, costs } = newJob(database, database.engine, plan, signal, tracer);
    const plain = driveNow(queries(job, plan.queries.filter(isPlain)), (requests) => database.engine.run(requests, signal), job.budget, costs);
    return resultOf(withDefining(database, plan, plain, signal, costs, tracer), costs, tracer);
  } finally {
    whole.listenTo(UNHEARD);
  }
}

type JobTracer = Tracer | CoverageTracer;

function tracerFor({ trace, coverage, measures }: JobPlan): JobTracer | undefined {
  if (trace === true) return tracerOf(() => performance.now());
  return coverage === true ? coverageTracer(measures.length) : undefined;
}

/** The database as a role sees it, or why that cannot be told. */
function seenBy(database: Database, role: string | undefined): Database | Failure {
  if (role === undefined) return database;
  try {
    return { ...database, ...database.asRole(role) };
  } catch (fault) {
    if (fault instanceof Stopped) return fault.failure;
    throw fault;
  }
}

const failedJob = ({ queries: plans }: JobPlan, failure: Failure): JobResult => ({ results: plans.map(() => failedQuery(failure)), stats: { scans: 0, waves: 0 } });

const failedQuery = (failure: Failure): QueryResult =>
  failure.cell === 'error' ? { kind: 'error', error: failure } : { kind: 'notEvaluated', reason: failure.reason, at: failure.at };

/** Evaluates a job against a storage engine that may answer later. */
export async function runJobWith(database: Database, engine: StorageEngine, plan: JobPlan, options: RunOptions = {}): Promise<JobResult> {
  const signal = options.signal ?? UNHEARD;
  // What a role sees is held in memory, whoever holds the rest.
  if (plan.role !== undefined) return runJob(database, plan, options);
  const tracer = tracerFor(plan);
  const { job, costs } = newJob(database, engine, plan, signal, tracer);
  const plain = await drive(queries(job, plan.queries.filter(isPlain)), engine, signal, job.budget, costs);
  return resultOf(withDefining(database, plan, plain, signal, costs, tracer), costs, tracer);
}

const isPlain = (it: QueryPlan): boolean => it.defines === undefined;

/** The results of all queries in order: what a query defines for itself is held in memory, whoever holds the rest. */
function withDefining(database: Database, plan: JobPlan, plain: readonly QueryResult[], signal: Signal, costs: Costs, tracer: JobTracer | undefined): readonly QueryResult[] {
  const defining = [...new Set(plan.queries.flatMap((it) => it.defines ?? []))];
  if (defining.length === 0) return plain;
  const results = new Map<QueryPlan, QueryResult>();
  const keep = (its: readonly QueryPlan[], found: readonly QueryResult[]): void => its.forEach((it, i) => {
    const result = found[i];
    if (result !== undefined) results.set(it, result);
  });
  keep(plan.queries.filter(isPlain), plain);
  for (const defines of defining) {
    const its = plan.queries.filter((it) => it.defines === defines);
    const engine = engineWith(database, defines, plan.measures, signal);
    const { job } = newJob(database, engine, plan, signal, tracer);
    keep(its, driveNow(queries(job, its), (requests) => engine.run(requests, signal), job.budget, costs));
  }
  return plan.queries.flatMap((it) => results.get(it) ?? []);
}

function newJob(database: Database, engine: StorageEngine, plan: JobPlan, signal: Signal, tracer: JobTracer | undefined): { readonly job: Job; readonly costs: Costs } {
  const { spec } = database;
  const costs: Costs = { scans: 0, waves: 0 };
  const job = jobOf(engine, plan.measures, budgetOf(spec.limits, signal), spec.now, spec.culture, spec.seed, tracer);
  return { job, costs };
}

/** All queries see the same open context, so they share what they read of it. */
function* queries(job: Job, plans: readonly QueryPlan[]): Task<QueryResult[]> {
  const batch = batchOf(1, []);
  return yield* all(plans.map(function* ({ relation }): Task<QueryResult> {
    const rows = yield* evaluateShown(job, relation, { batch, scope: undefined, depth: 0 });
    const failure = spoiledAt(rows.spoiled, 0);
    if (failure !== undefined) return failedQuery(failure);
    try {
      const vectors = yield* columnsOf(rows.set);
      return {
        kind: 'table',
        rowCount: rows.set.length,
        columns: vectors.map((it, i) => ({ name: relation.columns[i]?.name ?? '', type: it.type, cells: toCells(it) })),
      };
    } catch (fault) {
      if (fault instanceof Stopped) return failedQuery(fault.failure);
      throw fault;
    }
  }));
}

const resultOf = (results: readonly QueryResult[], { scans, waves }: Costs, tracer: JobTracer | undefined): JobResult => {
  const stats: JobStats = { scans, waves };
  if (tracer === undefined) return { results, stats };
  return { results, stats, ...('coverage' in tracer ? { coverage: tracer.coverage() } : { trace: tracer.steps }) };
};
