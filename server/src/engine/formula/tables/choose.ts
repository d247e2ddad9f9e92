/** SAMPLE and TOPNSKIP: some rows of an order. Where a tie would have to be cut, which rows are meant is not told. */
import type { Relation } from '../../../plan/plan.ts';
import type { Cell } from '../../../plan/values.ts';
import { endsAll, Stopped, stopped } from '../../budget.ts';
import type { Evaluate } from '../../context/changes.ts';
import { isFailure, type Failure } from '../../values/cells.ts';
import { toInteger } from '../../values/coerce.ts';
import { cellAt } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import { iterate } from '../iterate.ts';
import type { Job } from '../job.ts';
import { startsOf } from '../membership.ts';
import { sortKeys } from './order.ts';
import { itemsAt, mergeSpoiled, ownedRows, pickRows, type Rows } from '../rows.ts';
import { all, type Task } from '../task.ts';
import { usesOfAll } from '../uses.ts';

type Node = Extract<Relation, { op: 'choose' }>;

export function* choose(job: Job, evaluate: Evaluate, node: Node, context: Context): Task<Rows> {
  const { size } = context.batch;
  const input = yield* evaluate.relation(job, node.input, context);
  const counts = yield* all(node.counts.map((it) => evaluate.scalar(job, it, context)));
  const shared = input.owners === undefined && counts.some((it) => it.kind !== 'constant') ? ownedRows(input, size) : input;
  const expressions = node.keys.map((it) => it.expression);
  const { context: inner, rows } = iterate(job, context, shared, node.row, usesOfAll(expressions));
  const keys = sortKeys(node.keys, yield* all(expressions.map((it) => evaluate.scalar(job, it, inner))));
  const range = startsOf(rows, size);
  const picks: number[] = [];
  const spoiled = new Map<number, Failure>();
  for (let i = 0; i < (rows.owners === undefined ? Math.min(1, size) : size); i++) {
    job.budget.poll();
    const [from, to] = range(i);
    const order = Int32Array.from({ length: to - from }, (_, k) => from + k).sort((a, b) => keys.compare(a, b) || a - b);
    const isTie = (k: number): boolean => k > 0 && k < order.length && keys.compare(order[k - 1] as number, order[k] as number) === 0;
    try {
      const numbers = counts.map((it) => wholeNumber(toInteger(cellAt(it, i), it.type, node.at)));
      for (const k of placesOf[node.how](numbers, order.length, isTie)) picks.push(order[k] as number);
    } catch (fault) {
      if (!(fault instanceof Stopped) || endsAll(fault.failure)) throw fault;
      spoiled.set(i, fault.failure);
    }
  }
  const kept = Int32Array.from(picks);
  const failed = rows.owners === undefined ? spoiled.get(0) : spoiled.size > 0 ? spoiled : undefined;
  return { set: pickRows(rows.set, kept), owners: itemsAt(kept, rows.owners), spoiled: mergeSpoiled(rows.spoiled, failed) };
}

function wholeNumber(it: Cell): number {
  if (isFailure(it)) throw new Stopped(it);
  return typeof it === 'number' ? it : 0;
}

const unsure = (what: string): Stopped => stopped({ id: 'feature-not-supported', what });

/** Places in the order that are taken; `isTie(k)`: whether place k has the keys of the one before it. */
type Places = (counts: readonly number[], length: number, isTie: (k: number) => boolean) => readonly number[];

const sample: Places = ([count = 0], length, isTie) => {
  if (count <= 0) return [];
  if (count >= length) return Array.from({ length }, (_, k) => k);
  if (count === 1 || (length - 1) % (count - 1) !== 0) throw unsure('SAMPLE of rows that do not lie at even distances');
  const step = (length - 1) / (count - 1);
  const places = Array.from({ length: count }, (_, k) => k * step);
  if (places.some((k) => isTie(k) || isTie(k + 1))) throw unsure('SAMPLE of rows with ties in their order');
  return places;
};

const skip: Places = ([count = 0, skipped = 0], length, isTie) => {
  if (skipped < 0) throw unsure('TOPNSKIP past a negative number of rows');
  const end = Math.min(length, skipped + Math.max(0, count));
  if (skipped >= end) return [];
  if (isTie(skipped) || isTie(end)) throw unsure('a choice among rows without an order of their own');
  return Array.from({ length: end - skipped }, (_, k) => skipped + k);
};

const placesOf: Readonly<Record<Node['how'], Places>> = { sample, skip };
