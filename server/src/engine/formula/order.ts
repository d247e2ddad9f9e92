/** Rows sorted by keys; rows with equal keys keep their order. */
import type { Relation, SortKey } from '../../plan/plan.ts';
import { Stopped } from '../budget.ts';
import type { Evaluate } from '../context/changes.ts';
import { isFailure } from '../values/cells.ts';
import { compareForOrder } from '../values/compare.ts';
import { toCells, type Vector } from '../values/vector.ts';
import type { Context } from './batch.ts';
import { iterate } from './iterate.ts';
import type { Job } from './job.ts';
import { itemsAt, pickRows, type Rows } from './rows.ts';
import { all, type Task } from './task.ts';
import { usesOfAll } from './uses.ts';

/** How two rows compare by their keys; zero where all are equal. A key that failed ends the evaluation. */
export function sortKeys(keys: readonly SortKey[], vectors: readonly Vector[]): { compare(a: number, b: number): number } {
  const columns = vectors.map((it, i) => ({ cells: toCells(it), type: it.type, sign: keys[i]?.descending === true ? -1 : 1 }));
  for (const { cells } of columns) {
    const failure = cells.find(isFailure);
    if (failure !== undefined) throw new Stopped(failure);
  }
  return {
    compare(a, b) {
      for (const { cells, type, sign } of columns) {
        const by = compareForOrder(cells[a] ?? null, type, cells[b] ?? null, type);
        if (by !== 0) return by * sign;
      }
      return 0;
    },
  };
}

/** ORDER BY of a query. */
export function* orderRows(job: Job, evaluate: Evaluate, node: Extract<Relation, { op: 'order' }>, context: Context): Task<Rows> {
  const input = yield* evaluate.relation(job, node.input, context);
  const expressions = node.keys.map((it) => it.expression);
  const { context: inner, rows } = iterate(job, context, input, node.row, usesOfAll(expressions));
  const keys = sortKeys(node.keys, yield* all(expressions.map((it) => evaluate.scalar(job, it, inner))));
  const { owners } = rows;
  let steps = 0;
  const order = Int32Array.from({ length: rows.set.length }, (_, i) => i).sort((a, b) => {
    if ((++steps & 0xffff) === 0) job.budget.poll();
    if (owners !== undefined && owners[a] !== owners[b]) return (owners[a] as number) - (owners[b] as number);
    return keys.compare(a, b) || a - b;
  });
  return { set: pickRows(rows.set, order), owners: itemsAt(order, owners), spoiled: rows.spoiled };
}
