/** Rows that are matched by their values: INTERSECT, EXCEPT and the natural joins. Values match strictly, BLANK matches BLANK. */
import type { Relation } from '../../../plan/plan.ts';
import { stopped, Stopped } from '../../budget.ts';
import type { Evaluate } from '../../context/changes.ts';
import { isFailure } from '../../values/cells.ts';
import { comparable, matchKey } from '../../values/compare.ts';
import { cellAt, cellsVector, pick, toCells, typed, type Vector } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import type { Job } from '../job.ts';
import { startsOf } from '../membership.ts';
import { columnOf, columnsOf, itemsAt, lazyRows, mergeSpoiled, ownedRows, pickRows, type Rows, type RowSet } from '../rows.ts';
import { all, both, type Task } from '../task.ts';

const NONE = -1;

/** A text that is the same for rows whose values match. */
function keyOf(vectors: readonly Vector[], row: number): string {
  let key = '';
  for (const vector of vectors) {
    const it = typed(cellAt(vector, row), vector.type);
    const text = String(matchKey(it.value, it.type));
    key += `${text.length}:${text}`;
  }
  return key;
}

function check(lefts: readonly Vector[], rights: readonly Vector[]): void {
  lefts.forEach((left, i) => {
    const right = rights[i];
    if (right !== undefined && !comparable(left.type, right.type)) throw stopped({ id: 'type-error', detail: 'columns of different types are matched' });
  });
  for (const vector of [...lefts, ...rights]) {
    const failure = toCells(vector).find(isFailure);
    if (failure !== undefined) throw new Stopped(failure);
  }
}

export function* setOperation(job: Job, evaluate: Evaluate, node: Extract<Relation, { op: 'intersect' | 'except' }>, context: Context): Task<Rows> {
  const { size } = context.batch;
  const [a, b] = yield* both(evaluate.relation(job, node.left, context), evaluate.relation(job, node.right, context));
  const left = b.owners === undefined ? a : ownedRows(a, size);
  const [lefts, rights] = yield* both(columnsOf(left.set), columnsOf(b.set));
  check(lefts, rights);
  const range = startsOf(left, size);
  const inRight = startsOf(b, size);
  const contexts = left.owners === undefined ? Math.min(1, size) : size;
  const picks: number[] = [];
  for (let i = 0; i < contexts; i++) {
    job.budget.poll();
    const [from, to] = range(i);
    const [first, last] = inRight(i);
    const keys = new Set<string>();
    for (let row = first; row < last; row++) keys.add(keyOf(rights, row));
    for (let row = from; row < to; row++) if (keys.has(keyOf(lefts, row)) === (node.op === 'intersect')) picks.push(row);
  }
  const kept = Int32Array.from(picks);
  const set: RowSet = { ...pickRows(left.set, kept), columns: node.columns, table: undefined, handles: undefined };
  return { set, owners: itemsAt(kept, left.owners), spoiled: mergeSpoiled(a.spoiled, b.spoiled) };
}

export function* naturalJoin(job: Job, evaluate: Evaluate, node: Extract<Relation, { op: 'join' }>, context: Context): Task<Rows> {
  const { size } = context.batch;
  const [a, b] = yield* both(evaluate.relation(job, node.left, context), evaluate.relation(job, node.right, context));
  const left = b.owners === undefined ? a : ownedRows(a, size);
  const [lefts, rights] = yield* both(all(node.on.map(([it]) => columnOf(left.set, it))), all(node.on.map(([, it]) => columnOf(b.set, it))));
  check(lefts, rights);
  const range = startsOf(left, size);
  const inRight = startsOf(b, size);
  const contexts = left.owners === undefined ? Math.min(1, size) : size;
  const leftPicks: number[] = [];
  const rightPicks: number[] = [];
  for (let i = 0; i < contexts; i++) {
    job.budget.poll();
    const [from, to] = range(i);
    const [first, last] = inRight(i);
    const byKey = new Map<string, number[]>();
    for (let row = first; row < last; row++) {
      const key = keyOf(rights, row);
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [row]);
      else known.push(row);
    }
    for (let row = from; row < to; row++) {
      const found = byKey.get(keyOf(lefts, row)) ?? (node.keepLeft ? [NONE] : []);
      job.budget.reserveRows(leftPicks.length + found.length, 16 * Math.max(1, node.columns.length));
      for (const it of found) {
        leftPicks.push(row);
        rightPicks.push(it);
      }
    }
  }
  const picks = Int32Array.from(leftPicks);
  const width = left.set.columns.length;
  const set = lazyRows(node.columns, picks.length, function* (index) {
    if (index < width) return pick(yield* columnOf(left.set, index), picks);
    const vector = yield* columnOf(b.set, node.take[index - width] as number);
    return cellsVector(vector.type, rightPicks.map((it) => (it === NONE ? null : cellAt(vector, it))));
  });
  return { set, owners: itemsAt(picks, left.owners), spoiled: mergeSpoiled(a.spoiled, b.spoiled) };
}
