/** Rows sorted by keys; rows with equal keys keep their order. */
import type { Relation, SortKey } from '../../../plan/plan.ts';
import type { Cell, Reason, ValueType } from '../../../plan/values.ts';
import { stopped, Stopped } from '../../budget.ts';
import type { Evaluate } from '../../context/changes.ts';
import { pulse } from '../../pulse.ts';
import { isFailure } from '../../values/cells.ts';
import { comparable, compareForOrder } from '../../values/compare.ts';
import { cellAt, toCells, typed, type Vector } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import { iterate } from '../iterate.ts';
import type { Job } from '../job.ts';
import { itemsAt, pickRows, type Rows } from '../rows.ts';
import { all, type Task } from '../task.ts';
import { usesOfAll } from '../uses.ts';
import { indicesWhere } from '../../values/indices.ts';

export interface Order {
  /** How two rows compare by their keys; zero where all are equal. */
  compare(a: number, b: number): number;
  /** Whether a key has BLANK and numbers below zero, of which no page says which comes first but where window functions sort. */
  readonly isUnsure: boolean;
}

/** How rows compare. A key that failed, or that leaves the order open, ends the evaluation. */
export function sortKeys(keys: readonly SortKey[], vectors: readonly Vector[]): Order {
  const order = looseOrder(keys, vectors, false);
  if (order.isUnsure) throw stopped(unsureBlanks);
  return order;
}

export const unsureBlanks: Reason = { id: 'feature-not-supported', what: 'the order of BLANK and numbers below zero' };

/** How rows compare, BLANK between numbers below zero and zero as in window functions, or with `blanksFirst` before all. */
export function looseOrder(keys: readonly SortKey[], vectors: readonly Vector[], blanksFirst: boolean): Order {
  const columns = vectors.map((it, i) => ({ cells: toCells(it), type: it.type, sign: keys[i]?.descending === true ? -1 : 1 }));
  let isUnsure = false;
  for (const { cells, type } of columns) {
    const failure = cells.find(isFailure);
    if (failure !== undefined) throw new Stopped(failure);
    isUnsure ||= cells.includes(null) && cells.some((it) => isBelowZero(it, type));
  }
  return {
    isUnsure,
    compare(a, b) {
      for (const { cells, type, sign } of columns) {
        const by = comparison(cells[a] ?? null, cells[b] ?? null, type, blanksFirst);
        if (by !== 0) return by * sign;
      }
      return 0;
    },
  };
}

function comparison(x: Cell, y: Cell, type: ValueType, blanksFirst: boolean): number {
  if (blanksFirst || (x === null) === (y === null)) return compareForOrder(x, type, y, type);
  if (x === null) return isBelowZero(y, type) ? 1 : -1;
  return isBelowZero(x, type) ? -1 : 1;
}

function isBelowZero(cell: Cell, type: ValueType): boolean {
  const { value } = typed(cell, type);
  return (typeof value === 'number' || typeof value === 'bigint') && (value < 0 || Number.isNaN(value));
}

/** ORDER BY of a query. */
export function* orderRows(job: Job, evaluate: Evaluate, node: Extract<Relation, { op: 'order' }>, context: Context): Task<Rows> {
  const input = yield* evaluate.relation(job, node.input, context);
  const expressions = node.keys.map((it) => it.expression);
  const { context: inner, rows } = iterate(job, context, input, node.row, usesOfAll(expressions));
  const vectors = yield* all(expressions.map((it) => evaluate.scalar(job, it, inner)));
  const starts = yield* all((node.startAt ?? []).map((it) => evaluate.scalar(job, it, context)));
  const keys = looseOrder(node.keys, vectors, false);
  if (keys.isUnsure && starts.length > 0) throw stopped(unsureBlanks);
  const { owners } = rows;
  const started = indicesWhere(rows.set.length, (row) => starts.length === 0 || isStarted(node.keys, vectors, starts, row));
  const order = started.sort((a, b) => {
    pulse();
    if (owners !== undefined && owners[a] !== owners[b]) return (owners[a] as number) - (owners[b] as number);
    return keys.compare(a, b) || a - b;
  });
  return { set: pickRows(rows.set, order), owners: itemsAt(order, owners), spoiled: rows.spoiled, unsure: input.unsure };
}

/** START AT: whether a row is the first that is wanted, or comes after it: the keys of the row against the values, one after the other. */
function isStarted(keys: readonly SortKey[], vectors: readonly Vector[], starts: readonly Vector[], row: number): boolean {
  for (const [i, start] of starts.entries()) {
    const key = vectors[i] as Vector;
    if (!comparable(key.type, start.type)) throw stopped({ id: 'type-error', detail: 'START AT with a value of another type than the order' });
    const [value, first] = [cellAt(key, row), cellAt(start, 0)];
    if (isFailure(first)) throw new Stopped(first);
    const type = start.type === 'blank' ? key.type : start.type;
    const by = value === null || first === null ? comparison(value, first, value === null ? type : key.type, false) : compareForOrder(value, key.type, first, type);
    if (by !== 0) return keys[i]?.descending === true ? by < 0 : by > 0;
  }
  return true;
}
