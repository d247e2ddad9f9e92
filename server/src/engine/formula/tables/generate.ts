/** GENERATE: a table expression evaluated for each row of another one. */
import type { Relation } from '../../../plan/plan.ts';
import type { Evaluate } from '../../context/changes.ts';
import type { Failure } from '../../values/cells.ts';
import { cellAt, cellsVector, pick } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import { iterate } from '../iterate.ts';
import type { Job } from '../job.ts';
import { startsOf } from '../membership.ts';
import { columnOf, itemsAt, lazyRows, mergeSpoiled, spoiledAt, type Rows } from '../rows.ts';
import type { Task } from '../task.ts';
import { usesOf } from '../uses.ts';

/** A row of the inner relation that stands for none. */
const NONE = -1;

export function* generate(job: Job, evaluate: Evaluate, node: Extract<Relation, { op: 'generate' }>, context: Context): Task<Rows> {
  const input = yield* evaluate.relation(job, node.input, context);
  const { context: each, rows } = iterate(job, context, input, node.row, usesOf(node.inner));
  const inner = yield* evaluate.relation(job, node.inner, each);
  const range = startsOf(inner, rows.set.length);
  const lengths = Array.from({ length: rows.set.length }, (_, row) => {
    const [from, to] = range(row);
    return to === from && node.keepEmpty ? 1 : to - from;
  });
  const total = lengths.reduce((sum, it) => sum + it, 0);
  job.budget.reserveRows(total, 16 * Math.max(1, node.columns.length));
  const outerPicks = new Int32Array(total);
  const innerPicks = new Int32Array(total);
  let next = 0;
  lengths.forEach((length, row) => {
    const [from, to] = range(row);
    for (let i = 0; i < length; i++) {
      outerPicks[next] = row;
      innerPicks[next++] = to === from ? NONE : from + i;
    }
  });
  const width = rows.set.columns.length;
  const set = lazyRows(node.columns, total, function* (index) {
    if (index < width) return pick(yield* columnOf(rows.set, index), outerPicks);
    const vector = yield* columnOf(inner.set, index - width);
    if (!node.keepEmpty) return pick(vector, innerPicks);
    return cellsVector(vector.type, Array.from(innerPicks, (it) => (it === NONE ? null : cellAt(vector, it))));
  });
  return { set, owners: itemsAt(outerPicks, rows.owners), spoiled: mergeSpoiled(rows.spoiled, raised(inner, rows)) };
}

/** What could not be had for a row spoils the context of the row. */
function raised(inner: Rows, { owners, set }: Rows): Rows['spoiled'] {
  if (inner.spoiled === undefined || !(inner.spoiled instanceof Map)) return set.length === 0 ? undefined : inner.spoiled;
  const spoiled = new Map<number, Failure>();
  for (let row = 0; row < set.length; row++) {
    const failure = spoiledAt(inner.spoiled, row);
    if (failure === undefined) continue;
    if (owners === undefined) return failure;
    spoiled.set(owners[row] as number, failure);
  }
  return spoiled.size === 0 ? undefined : spoiled;
}
