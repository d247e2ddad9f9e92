/** LOOKUPVALUE: the value of a column in the rows that match, whatever the filters; strict comparison. */
import type { Scalar } from '../../plan/plan.ts';
import type { Cell } from '../../plan/values.ts';
import type { Evaluate } from '../context/changes.ts';
import { columnSearch } from './search.ts';
import { daxError } from '../values/cells.ts';
import { cellAt, cellsVector, scatter, type Vector } from '../values/vector.ts';
import { subsetOf, type Context } from './batch.ts';
import type { Job } from './job.ts';
import { all, type Task } from './task.ts';
import { indicesWhere } from '../values/indices.ts';

/**
 * No match gives the alternate, or BLANK. Several different values give the alternate too, or without one an error.
 * Source: learn.microsoft.com/dax/lookupvalue-function-dax.
 */
export function* lookup(job: Job, evaluate: Evaluate, node: Extract<Scalar, { op: 'lookup' }>, context: Context): Task<Vector> {
  const { size } = context.batch;
  const values = yield* all(node.search.map((it) => evaluate.scalar(job, it.value, context)));
  const found = yield* columnSearch(node.result, node.search.map((it, i) => ({ column: it.column, values: values[i] as Vector })), size, node.at);
  const open: number[] = [];
  const cells = Array.from({ length: size }, (_, i): Cell => {
    const failure = found.failures.get(i);
    if (failure !== undefined) return failure;
    const [from, to] = found.range(i);
    if (to === from + 1) return cellAt(found.values, from);
    if (to > from && node.alternate === null) return daxError('lookup-ambiguous', { column: `${node.result.table}[${node.result.column}]` }, node.at);
    open.push(i);
    return null;
  });
  const result = cellsVector(found.values.type, cells);
  const { alternate } = node;
  if (alternate === null) return result;
  const at = Int32Array.from(open);
  const other = yield* evaluate.scalar(job, alternate, at.length === size ? context : { ...context, batch: subsetOf(context.batch, at) });
  const kept = indicesWhere(size, (i) => !open.includes(i));
  return scatter([{ vector: cellsVector(result.type, Array.from(kept, (i) => cells[i] ?? null)), at: kept }, { vector: other, at }], size);
}
