/**
 * An expression in the row context of rows: rows with the same value in the one column that it reads share its value, so
 * it is computed once for each value and not for each row.
 */
import type { RowId, Scalar } from '../../plan/plan.ts';
import type { Evaluate } from '../context/changes.ts';
import { codesIn, placesIn } from '../columns/kernels.ts';
import { random } from '../functions/random.ts';
import { dictionaryVector, toCells, type Vector } from '../values/vector.ts';
import { batchOf } from './batch.ts';
import type { Iteration } from './iterate.ts';
import type { Job } from './job.ts';
import { columnOf, madeRows } from './rows.ts';
import type { Task } from './task.ts';
import { dependsOnlyOn, usesOf } from './uses.ts';

/** The value of an expression in each row of an iteration over row context `id`. */
export function* evaluateInRows(job: Job, evaluate: Evaluate, expression: Scalar, id: RowId, { context, rows }: Iteration): Task<Vector> {
  const { scope } = context;
  const index = rows.owners === undefined && scope?.kind === 'row' && dependsOnlyOn(usesOf(expression), [id]) ? onlyColumn(expression, id) : undefined;
  if (index === undefined || scope?.kind !== 'row') return yield* evaluate.scalar(job, expression, context);
  const column = yield* columnOf(rows.set, index);
  // Where most values are different it is no gain.
  if (column.kind !== 'dictionary' || column.dictionary.length * 2 > column.length) return yield* evaluate.scalar(job, expression, context);
  const { codes, dictionary, type } = column;
  // Only values that some of the rows have: others may be costly or fail.
  const present = codesIn(codes, dictionary.length);
  const values: Vector[] = [];
  values[index] = dictionaryVector(type, present, dictionary);
  const batch = batchOf(present.length, [], undefined, undefined, false, context.batch.relationships);
  const each = madeRows(rows.set.columns, values, present.length);
  const result = yield* evaluate.scalar(job, expression, { ...context, batch, scope: { ...scope, binding: { batch, set: each, index: undefined } } });
  return dictionaryVector(result.type, placesIn(present, codes, dictionary.length), toCells(result));
}

const found = new WeakMap<Scalar, Map<RowId, number | undefined>>();

/** The one column of a row context that an expression reads, where it reads nothing else of it. */
function onlyColumn(expression: Scalar, id: RowId): number | undefined {
  const known = found.get(expression) ?? new Map<RowId, number | undefined>();
  found.set(expression, known);
  if (!known.has(id)) known.set(id, readOnlyColumn(expression, id));
  return known.get(id);
}

function readOnlyColumn(expression: Scalar, id: RowId): number | undefined {
  let only: number | undefined;
  const open: unknown[] = [expression];
  while (open.length > 0) {
    const it = open.pop();
    if (typeof it !== 'object' || it === null) continue;
    const node = it as Partial<Scalar>;
    // Another value in each row, or more of the row than a column.
    if (node.op === 'call' && node.name !== undefined && Object.hasOwn(random, node.name)) return undefined;
    if (node.op === 'related' && node.row === id) return undefined;
    if (node.op === 'column' && node.row === id) {
      if (only !== undefined && node.index !== only) return undefined;
      only = node.index;
      continue;
    }
    for (const value of Object.values(it)) open.push(value);
  }
  return only;
}
