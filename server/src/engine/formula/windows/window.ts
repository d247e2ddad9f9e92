/**
 * INDEX, OFFSET and WINDOW: rows of a sorted partition by their places, and ROWNUMBER and RANK: places of rows.
 *
 * A context may have several current rows; the result is what is found for any of them, each row once.
 */
import type { Relation, Scalar, WindowTake } from '../../../plan/plan.ts';
import type { Cell } from '../../../plan/values.ts';
import { stopped, Stopped } from '../../budget.ts';
import type { Evaluate } from '../../context/changes.ts';
import { pulseBy } from '../../pulse.ts';
import { isFailure, type Failure } from '../../values/cells.ts';
import { toInteger } from '../../values/coerce.ts';
import { cellAt, cellsVector, type Vector } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import type { Job } from '../job.ts';
import { spoil } from '../leaves.ts';
import { mergeSpoiled, pickRows, type Rows } from '../rows.ts';
import { all, type Task } from '../task.ts';
import { currentRows } from './windowCurrent.ts';
import { orderedRows, refuseUnsure, unsureOrder, type Ordered } from './windowOrder.ts';

export function* windowRows(job: Job, evaluate: Evaluate, node: Extract<Relation, { op: 'window' }>, context: Context): Task<Rows> {
  const { size } = context.batch;
  const { window, take } = node;
  const ordered = yield* orderedRows(job, evaluate, window, context, true);
  const current = yield* currentRows(job, evaluate, window.matches, ordered, context);
  const places = yield* all(placesOf(take).map((it) => evaluate.scalar(job, it, context)));
  const picks: number[] = [];
  const owners: number[] = [];
  const failed = new Map<number, Failure>();
  for (let at = 0; at < size; at++) {
    job.budget.poll();
    const taken = attempt(() => takenRows(ordered, window.matches.length === 0 ? [] : current.rows(at), take, places.map((it) => integer(it, at)), at));
    if (!(taken instanceof Int32Array)) {
      failed.set(at, taken);
      continue;
    }
    pulseBy(taken.length);
    job.budget.reserveRows(picks.length + taken.length, 16);
    for (const row of taken) {
      picks.push(row);
      owners.push(at);
    }
  }
  const spoiled = mergeSpoiled(mergeSpoiled(ordered.rows.spoiled, current.spoiled), failed.size === 0 ? undefined : failed);
  return { set: pickRows(ordered.rows.set, Int32Array.from(picks)), owners: size === 1 ? undefined : Int32Array.from(owners), spoiled };
}

/** The rows that are taken for one context, each once. */
function takenRows(ordered: Ordered, current: readonly (readonly number[])[], take: WindowTake, numbers: readonly (number | null)[], context: number): Int32Array {
  const starts = isRelative(take) ? placesIn(ordered, current) : partitionsOf(ordered, current, context);
  const spans = starts.map(([partition, place]) => {
    const rows = ordered.partitions[partition]?.rows ?? new Int32Array(0);
    const [from, to] = span(take, numbers, place, rows.length);
    refuseUnsure(ordered, partition, from, to);
    return rows.subarray(from, to + 1);
  });
  const [only] = spans;
  if (only !== undefined && spans.length === 1) return only;
  const taken = new Set<number>();
  for (const rows of spans) {
    pulseBy(rows.length);
    for (const row of rows) taken.add(row);
  }
  return Int32Array.from(taken);
}

/** What `make` gives, or the failure that stopped it. */
function attempt<T>(make: () => T): T | Failure {
  try {
    return make();
  } catch (fault) {
    if (!(fault instanceof Stopped)) throw fault;
    return fault.failure;
  }
}

/** ROWNUMBER and RANK of the current row; BLANK where there is none or, as in totals, more than one. */
export function* windowPlace(job: Job, evaluate: Evaluate, node: Extract<Scalar, { op: 'windowPlace' }>, context: Context): Task<Vector> {
  const { size } = context.batch;
  const ordered = yield* orderedRows(job, evaluate, node.window, context, node.fn === 'ROWNUMBER');
  const current = yield* currentRows(job, evaluate, node.window.matches, ordered, context);
  const cells = Array.from({ length: size }, (_, at): Cell => {
    job.budget.poll();
    return attempt(() => {
      if (!current.isOne(at)) return null;
      const places = new Set(current.rows(at).flat().map((row) => placeOf(ordered, row, node.fn)));
      if (places.size > 1) throw stopped({ id: 'feature-not-supported', what: `${node.fn === 'ROWNUMBER' ? 'ROWNUMBER' : 'RANK'} of several rows` });
      return [...places][0] ?? null;
    });
  });
  return spoil(cellsVector('int64', cells), mergeSpoiled(ordered.rows.spoiled, current.spoiled));
}

function placeOf(ordered: Ordered, row: number, fn: 'ROWNUMBER' | 'SKIP' | 'DENSE'): number {
  const partition = ordered.partitionOf[row] as number;
  const place = ordered.placeOf[row] as number;
  const its = ordered.partitions[partition];
  if (fn === 'DENSE') return (its?.dense[place] as number) + 1;
  if (fn === 'SKIP') return (its?.first[place] as number) + 1;
  refuseUnsure(ordered, partition, place, place);
  return place + 1;
}

const placesOf = (take: WindowTake): readonly Scalar[] =>
  take.kind === 'index' ? [take.place] : take.kind === 'offset' ? [take.delta] : [take.from.place, take.to.place];

const isRelative = (take: WindowTake): boolean => take.kind === 'offset' || (take.kind === 'window' && !(take.from.absolute && take.to.absolute));

/** The partitions that current rows are in; all rows where there is no partition to be found. */
function partitionsOf(ordered: Ordered, current: readonly (readonly number[])[], context: number): readonly (readonly [partition: number, place: number])[] {
  if (ordered.matched.length === 0) return [[ordered.rows.owners === undefined ? 0 : context, 0]];
  return [...new Set(current.flat().map((row) => ordered.partitionOf[row] as number))].map((it) => [it, 0] as const);
}

/** The partitions and places of the current rows. */
function placesIn(ordered: Ordered, current: readonly (readonly number[])[]): readonly (readonly [partition: number, place: number])[] {
  if (current.some((it) => it.length > 1)) throw duplicates();
  return current.flat().map((row) => {
    if (ordered.unsure[row] === 1) throw unsureOrder();
    return [ordered.partitionOf[row] as number, ordered.placeOf[row] as number] as const;
  });
}

const duplicates = (): Stopped => stopped({ id: 'type-error', detail: 'a window over rows that may repeat' });

/** First and last place that are taken; none where the first is past the last. */
function span(take: WindowTake, [first = null, second = null]: readonly (number | null)[], place: number, length: number): readonly [from: number, to: number] {
  const none = [0, -1] as const;
  switch (take.kind) {
    case 'index': {
      const at = first === null || first === 0 ? -1 : first > 0 ? first - 1 : length + first;
      return at < 0 || at >= length ? none : [at, at];
    }
    case 'offset': {
      const at = place + (first ?? 0);
      return at < 0 || at >= length ? none : [at, at];
    }
    case 'window': {
      const from = endOf(take.from.absolute, first ?? 0, place, length);
      const to = endOf(take.to.absolute, second ?? 0, place, length);
      const span = [Math.max(from, 0), Math.min(to, length - 1)] as const;
      return span[0] > span[1] ? none : span;
    }
  }
}

/** A place from the start, from the end below zero (zero counts as one), or from the current row. */
const endOf = (absolute: boolean, value: number, place: number, length: number): number =>
  !absolute ? place + value : value < 0 ? length + value : Math.max(value, 1) - 1;

function integer(vector: Vector, at: number): number | null {
  const value: number | null | Failure = toInteger(cellAt(vector, at), vector.type, undefined);
  if (isFailure(value as Cell)) throw new Stopped(value as Failure);
  return value as number | null;
}
