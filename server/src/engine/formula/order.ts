/** ORDER BY: rows sorted by keys; rows with equal keys keep their order. */
import type { Relation } from '../../plan/plan.ts';
import { Stopped } from '../budget.ts';
import type { Evaluate } from '../context/changes.ts';
import { isFailure } from '../values/cells.ts';
import { compareForOrder } from '../values/compare.ts';
import { toCells } from '../values/vector.ts';
import type { Context } from './batch.ts';
import { iterate } from './iterate.ts';
import type { Job } from './job.ts';
import { itemsAt, pickRows, type Rows } from './rows.ts';
import { all, type Task } from './task.ts';
import { usesOfAll } from './uses.ts';

export function* orderRows(job: Job, evaluate: Evaluate, node: Extract<Relation, { op: 'order' }>, context: Context): Task<Rows> {
  const input = yield* evaluate.relation(job, node.input, context);
  const expressions = node.keys.map((it) => it.expression);
  const { context: inner, rows } = iterate(job, context, input, node.row, usesOfAll(expressions));
  const vectors = yield* all(expressions.map((it) => evaluate.scalar(job, it, inner)));
  const keys = vectors.map((it, i) => ({ cells: toCells(it), type: it.type, sign: node.keys[i]?.descending === true ? -1 : 1 }));
  for (const { cells } of keys) {
    const failure = cells.find(isFailure);
    if (failure !== undefined) throw new Stopped(failure);
  }
  const { owners } = rows;
  let steps = 0;
  const order = Int32Array.from({ length: rows.set.length }, (_, i) => i).sort((a, b) => {
    if ((++steps & 0xffff) === 0) job.budget.poll();
    if (owners !== undefined && owners[a] !== owners[b]) return (owners[a] as number) - (owners[b] as number);
    for (const { cells, type, sign } of keys) {
      const by = compareForOrder(cells[a] ?? null, type, cells[b] ?? null, type);
      if (by !== 0) return by * sign;
    }
    return a - b;
  });
  return { set: pickRows(rows.set, order), owners: itemsAt(order, owners), spoiled: rows.spoiled };
}
