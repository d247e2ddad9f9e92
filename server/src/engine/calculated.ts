/** Calculated tables and columns: plans of the model, evaluated against the database itself. */
import type { TableSpec } from '../plan/database.ts';
import type { RelationColumn, RowId, Scalar } from '../plan/plan.ts';
import type { Signal } from '../plan/scan.ts';
import { budgetOf, endsAll, Stopped } from './budget.ts';
import type { TimedSpec } from './clock.ts';
import { driveNow } from './formula/drive.ts';
import { jobOf, type Job } from './formula/job.ts';
import { evaluateRelation } from './formula/relations.ts';
import { columnsOf, spoiledAt, storedRows } from './formula/rows.ts';
import { evaluateScalar } from './formula/scalars.ts';
import { batchOf, type Context } from './formula/batch.ts';
import type { Task } from './formula/task.ts';
import type { MemoryEngine } from './storage/memoryEngine.ts';
import { isFailure } from './values/cells.ts';
import { cellAt, type Vector } from './values/vector.ts';
import { allIndices } from './values/indices.ts';

export interface CalculatedTable {
  readonly columns: readonly RelationColumn[];
  readonly vectors: readonly Vector[];
  readonly rowCount: number;
}

/** The rows of a calculated table; raises `Stopped` when there are none to be had. */
export function calculateTable(spec: TimedSpec, engine: MemoryEngine, signal: Signal, table: TableSpec): CalculatedTable {
  const { source } = table;
  if (source.kind !== 'relation') throw new Error(`${table.name} is no calculated table`);
  const { relation } = source;
  const job = newJob(spec, engine, signal);
  return run(engine, signal, job, function* (): Task<CalculatedTable> {
    const rows = yield* evaluateRelation(job, relation, top(1));
    const failure = spoiledAt(rows.spoiled, 0);
    if (failure !== undefined) throw new Stopped(failure);
    const vectors = yield* columnsOf(rows.set);
    vectors.forEach(refuseEnded);
    return { columns: relation.columns, vectors, rowCount: rows.set.length };
  });
}

/** The values of a calculated column, one for each of the table's rows. */
export function calculateColumn(spec: TimedSpec, engine: MemoryEngine, signal: Signal, table: TableSpec, column: string, rowCount: number): Vector {
  const calculated = table.columns.find((it) => it.name === column)?.calculated;
  if (calculated === undefined) throw new Error(`${table.name}[${column}] is no calculated column`);
  const vector = evaluateRows(spec, engine, signal, table, calculated, rowCount);
  const first = vector.length > 0 ? cellAt(vector, 0) : null;
  if (isFailure(first) && vector.kind === 'constant') throw new Stopped(first);
  refuseEnded(vector);
  return vector;
}

/** A value that stands for "no longer wanted" must not be kept: raises `Stopped` where there is one. */
function refuseEnded(vector: Vector): void {
  // What a column holds was looked at when that was made.
  if (vector.kind === 'dictionary' && vector.source !== undefined) return;
  const cells = vector.kind === 'dictionary' ? vector.dictionary : vector.kind === 'cells' ? vector.cells : vector.length > 0 ? [cellAt(vector, 0)] : [];
  const ended = cells.find((it) => isFailure(it) && endsAll(it));
  if (ended !== undefined && isFailure(ended)) throw new Stopped(ended);
}

/** The values of an expression in the first rows of a table, as handles tell them: one more than it has is the blank row. */
export function evaluateRows(spec: TimedSpec, engine: MemoryEngine, signal: Signal, table: TableSpec, { row, expression }: { readonly row: RowId; readonly expression: Scalar }, rowCount: number): Vector {
  const job = newJob(spec, engine, signal);
  const shape = table.columns.map((it) => ({ name: `${table.name}[${it.name}]`, lineage: { table: table.name, column: it.name } }));
  const set = storedRows(table.name, shape, allIndices(rowCount));
  const batch = batchOf(rowCount, []);
  const scope = { kind: 'row', id: row, binding: { batch, set, index: undefined }, outer: undefined } as const;
  return run(engine, signal, job, () => evaluateScalar(job, expression, { batch, scope, depth: 0 }));
}

const newJob = (spec: TimedSpec, engine: MemoryEngine, signal: Signal): Job =>
  jobOf(engine, spec.measures, budgetOf(spec.limits, signal), spec.now, spec.culture, spec.seed);

const top = (size: number): Context => ({ batch: batchOf(size, []), scope: undefined, depth: 0 });

const run = <T>(engine: MemoryEngine, signal: Signal, job: Job, start: () => Task<T>): T =>
  driveNow(start(), (requests) => engine.run(requests, signal), job.budget, { scans: 0, waves: 0 });
