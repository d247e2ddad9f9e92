/** TOPN: the first rows by an order, with all that tie with the last of them. */
import type { Relation } from '../../../plan/plan.ts';
import { stopped, Stopped } from '../../budget.ts';
import type { Evaluate } from '../../context/changes.ts';
import { pulse } from '../../pulse.ts';
import { isFailure } from '../../values/cells.ts';
import { toInteger } from '../../values/coerce.ts';
import { cellAt } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import { iterate } from '../iterate.ts';
import type { Job } from '../job.ts';
import { startsOf } from '../membership.ts';
import { looseOrder, unsureBlanks, type Order } from './order.ts';
import { itemsAt, ownedRows, pickRows, type Rows } from '../rows.ts';
import { all, type Task } from '../task.ts';
import { usesOfAll } from '../uses.ts';

export function* topN(job: Job, evaluate: Evaluate, node: Extract<Relation, { op: 'topN' }>, context: Context): Task<Rows> {
  const { size } = context.batch;
  const input = yield* evaluate.relation(job, node.input, context);
  const counts = yield* evaluate.scalar(job, node.count, context);
  const shared = input.owners === undefined && counts.kind !== 'constant' ? ownedRows(input, size) : input;
  const expressions = node.keys.map((it) => it.expression);
  const { context: inner, rows } = iterate(job, context, shared, node.row, usesOfAll(expressions));
  const vectors = yield* all(expressions.map((it) => evaluate.scalar(job, it, inner)));
  const keys = looseOrder(node.keys, vectors, false);
  const other = keys.isUnsure ? looseOrder(node.keys, vectors, true) : undefined;
  const range = startsOf(rows, size);
  const picks: number[] = [];
  const contexts = rows.owners === undefined ? Math.min(1, size) : size;
  for (let i = 0; i < contexts; i++) {
    job.budget.poll();
    const count = toInteger(cellAt(counts, i), counts.type, node.at);
    if (isFailure(count)) throw new Stopped(count);
    const [from, to] = range(i);
    const wanted = count ?? 0;
    if (wanted <= 0) continue;
    const chosen = firstRows(keys, from, to, wanted);
    if (other !== undefined && !sameRows(chosen, firstRows(other, from, to, wanted))) throw stopped(unsureBlanks);
    for (const row of chosen) picks.push(row);
  }
  const kept = Int32Array.from(picks);
  return { set: pickRows(rows.set, kept), owners: itemsAt(kept, rows.owners), spoiled: rows.spoiled };
}

/** The first rows of a range, with those that tie with the last of them. */
function firstRows(keys: Order, from: number, to: number, wanted: number): Int32Array {
  const order = Int32Array.from({ length: to - from }, (_, k) => from + k).sort((a, b) => {
    pulse();
    return keys.compare(a, b) || a - b;
  });
  let end = Math.min(wanted, order.length);
  while (end < order.length && keys.compare(order[end - 1] as number, order[end] as number) === 0) end++;
  return order.subarray(0, end);
}

function sameRows(a: Int32Array, b: Int32Array): boolean {
  const known = new Set(b);
  return a.length === b.length && a.every((it) => known.has(it));
}
