/** Rows with their number by an order: the index of SUBSTITUTEWITHINDEX. Rows that tie have none. */
import type { Relation } from '../../../plan/plan.ts';
import type { Evaluate } from '../../context/changes.ts';
import { notEvaluated, type Failure } from '../../values/cells.ts';
import { cellsVector } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import { iterate } from '../iterate.ts';
import type { Job } from '../job.ts';
import { startsOf } from '../membership.ts';
import { sortKeys } from './order.ts';
import { columnOf, lazyRows, mergeSpoiled, type Rows } from '../rows.ts';
import { all, type Task } from '../task.ts';
import { usesOfAll } from '../uses.ts';

export function* numbered(job: Job, evaluate: Evaluate, node: Extract<Relation, { op: 'numbered' }>, context: Context): Task<Rows> {
  const { size } = context.batch;
  const input = yield* evaluate.relation(job, node.input, context);
  const expressions = node.keys.map((it) => it.expression);
  const { context: inner, rows } = iterate(job, context, input, node.row, usesOfAll(expressions));
  const keys = sortKeys(node.keys, yield* all(expressions.map((it) => evaluate.scalar(job, it, inner))));
  const range = startsOf(rows, size);
  const numbers = new Array<number>(rows.set.length).fill(0);
  const spoiled = new Map<number, Failure>();
  for (let i = 0; i < (rows.owners === undefined ? Math.min(1, size) : size); i++) {
    job.budget.poll();
    const [from, to] = range(i);
    const order = Int32Array.from({ length: to - from }, (_, k) => from + k).sort((a, b) => keys.compare(a, b) || a - b);
    if (order.some((it, k) => k > 0 && keys.compare(order[k - 1] as number, it) === 0)) {
      spoiled.set(i, notEvaluated({ id: 'feature-not-supported', what: 'a number of rows with an equal order' }, node.at));
    }
    order.forEach((row, k) => { numbers[row] = k; });
  }
  const width = rows.set.columns.length;
  const set = lazyRows(node.columns, rows.set.length, function* (index) {
    return index < width ? yield* columnOf(rows.set, index) : cellsVector('int64', numbers);
  });
  const failed = rows.owners === undefined ? spoiled.get(0) : spoiled.size > 0 ? spoiled : undefined;
  return { set, owners: rows.owners, spoiled: mergeSpoiled(rows.spoiled, failed) };
}
