/** Leaves: values that one scan answers for all contexts of a batch. */
import type { ColumnRef, LeafFunction } from '../../plan/plan.ts';
import type { ScanAggregate } from '../../plan/scan.ts';
import { cellAt, cellsVector, constant, pick, toCells, type Vector } from '../values/vector.ts';
import { composeIndex, type Batch } from './batch.ts';
import type { Job } from './job.ts';
import { spoiledAt, type Spoiled } from './rows.ts';
import { scopeOf } from './scopes.ts';
import { ask, shareIn, type Task } from './task.ts';

export const leaf = (job: Job, batch: Batch, fn: LeafFunction, column: ColumnRef): Task<Vector> =>
  remembered(batch, `${fn}\u0000${column.table}\u0000${column.column}`, function* () {
    const [vector] = yield* aggregates(job, batch, column.table, false, [{ fn, column }]);
    return vector as Vector;
  });

export const rowCount = (job: Job, batch: Batch, table: string, blankRow: boolean): Task<Vector> =>
  remembered(batch, `ROWS\u0000${table}\u0000${blankRow}`, function* () {
    const [vector] = yield* aggregates(job, batch, table, blankRow, [{ fn: 'ROWS' }]);
    return vector as Vector;
  });

/** How many distinct values of a column the context shows, and the value if it is one; the blank row's counts. */
export function* onlyValue(job: Job, batch: Batch, column: ColumnRef): Task<{ readonly distinct: Vector; readonly only: Vector }> {
  const [distinct, only] = yield* aggregates(job, batch, column.table, true, [{ fn: 'DISTINCTCOUNT', column }, { fn: 'ONLY', column }]);
  return { distinct: distinct as Vector, only: only as Vector };
}

/** Aggregates over the rows of one table, one value a context of the batch. */
function* aggregates(job: Job, batch: Batch, root: string, blankRow: boolean, wanted: readonly ScanAggregate[]): Task<readonly Vector[]> {
  const { scope, contexts, spoiled } = yield* scopeOf(job, batch, root, blankRow);
  const result = yield* ask({ kind: 'aggregate', scope, aggregates: wanted });
  if (result.kind === 'failed') return wanted.map(() => constant('blank', result.failure, batch.size));
  if (result.kind !== 'values') throw new Error(`values were asked for, not ${result.kind}`);
  return result.vectors.map((it) => spoil(toBatch(it, contexts, batch.size), spoiled));
}

/** From the contexts of a scope to those of the batch. */
const toBatch = (vector: Vector, contexts: Int32Array | undefined, size: number): Vector =>
  contexts === undefined ? constant(vector.type, size === 0 ? null : cellAt(vector, 0), size) : pick(vector, contexts);

/** Puts failures where contexts are spoiled. */
export function spoil(vector: Vector, spoiled: Spoiled): Vector {
  if (spoiled === undefined) return vector;
  return cellsVector(vector.type, toCells(vector).map((it, context) => spoiledAt(spoiled, context) ?? it));
}

/** A value of the batch that may have been computed for the batch it is a part of. */
export function* remembered(batch: Batch, key: string, start: () => Task<Vector>): Task<Vector> {
  let picks: Int32Array | undefined;
  for (let it: Batch | undefined = batch; it !== undefined; it = it.subset ? it.parent : undefined) {
    const known = it.values.get(key);
    if (known?.state === 'done') return pick(known.value as Vector, picks);
    picks = composeIndex(picks, it.origin);
  }
  return yield* shareIn(batch.values, key, start);
}
