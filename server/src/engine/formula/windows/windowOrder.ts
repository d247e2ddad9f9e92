/** Rows in sorted partitions: what all window functions start from. */
import type { WindowKey, WindowPlan } from '../../../plan/plan.ts';
import type { Cell, ValueType } from '../../../plan/values.ts';
import { stopped, type Stopped } from '../../budget.ts';
import type { Evaluate } from '../../context/changes.ts';
import { pulse, pulseBy } from '../../pulse.ts';
import { compareForOrder } from '../../values/compare.ts';
import { typed, type Vector } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import { numberedCells, numberRows } from '../tables/distinct.ts';
import { iterate } from '../iterate.ts';
import type { Job } from '../job.ts';
import { columnOf, type Rows } from '../rows.ts';
import { all, type Task } from '../task.ts';
import { usesOfAll } from '../uses.ts';

/** Rows of one context and one partition, sorted. */
interface Partition {
  readonly rows: Int32Array;
  /** For each place the first and the last place with equal keys. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** For each place how many distinct keys come before it. */
  readonly dense: Int32Array;
}

export interface Ordered {
  readonly rows: Rows;
  readonly partitions: readonly Partition[];
  /** By row: its partition, and its place there. */
  readonly partitionOf: Int32Array;
  readonly placeOf: Int32Array;
  /** By row: whether the order says nothing about it and the rows with equal keys. */
  readonly unsure: Uint8Array;
  /** Values of the columns by which current rows are found, by row. */
  readonly matched: readonly Vector[];
}

/** Evaluates the relation and sorts it. With `breakTies` rows with equal keys are sorted by the columns that may be added. */
export function* orderedRows(job: Job, evaluate: Evaluate, plan: WindowPlan, context: Context, breakTies: boolean): Task<Ordered> {
  const input = yield* evaluate.relation(job, plan.input, context);
  const expressions = [...plan.partition, ...plan.keys.map((it) => it.expression), ...plan.matches.map((it) => it.value)];
  const { context: inner, rows } = iterate(job, context, input, plan.row, usesOfAll(expressions));
  const vectors = yield* all(expressions.map((it) => evaluate.scalar(job, it, inner)));
  const width = plan.partition.length;
  const compare = comparison(plan.keys, vectors.slice(width, width + plan.keys.length));
  const { ids, count } = numberRows(vectors.slice(0, width), rows.owners, rows.set.length, context.batch.size);
  const sorted = sortPartitions(ids, count, compare);
  const unsure = new Uint8Array(rows.set.length);
  if (breakTies) yield* sortTies(sorted, plan, rows, unsure);
  const { length } = rows.set;
  const partitionOf = new Int32Array(length);
  const placeOf = new Int32Array(length);
  sorted.forEach(({ rows: its }, partition) => its.forEach((row, place) => {
    partitionOf[row] = partition;
    placeOf[row] = place;
  }));
  return { rows, partitions: sorted, partitionOf, placeOf, unsure, matched: vectors.slice(width + plan.keys.length) };
}

type Compare = (a: number, b: number) => number;

/** Rows compare by the places of their keys among all keys. */
function comparison(keys: readonly WindowKey[], vectors: readonly Vector[]): Compare {
  const places = vectors.map((it, i) => placesOf(keys[i] as WindowKey, it));
  const [only] = places;
  if (only !== undefined && places.length === 1) return (a, b) => (only[a] as number) - (only[b] as number);
  return (a, b) => {
    for (const it of places) {
      const by = (it[a] as number) - (it[b] as number);
      if (by !== 0) return by;
    }
    return 0;
  };
}

/** The place of each row's key in their order, the same for keys that are equal. */
function placesOf(key: Pick<WindowKey, 'descending' | 'blanks'>, vector: Vector): Int32Array {
  const { numbers, cells } = numberedCells(vector);
  const { type } = vector;
  const compare = cellComparison(key, type);
  const order = Int32Array.from(cells, (_, i) => i).sort((a, b) => {
    pulse();
    return compare(cells[a] ?? null, cells[b] ?? null);
  });
  const places = new Int32Array(cells.length);
  order.forEach((it, i) => {
    const before = order[i - 1];
    const isTie = before !== undefined && compare(cells[before] ?? null, cells[it] ?? null) === 0;
    places[it] = isTie ? (places[before] as number) : i;
  });
  return numbers.map((it) => places[it] as number);
}

/** BLANK stands between negative numbers and zero and before all text, or where the key has it. */
function cellComparison({ descending, blanks }: Pick<WindowKey, 'descending' | 'blanks'>, type: ValueType): (x: Cell, y: Cell) => number {
  const sign = descending ? -1 : 1;
  const isBelowBlank = (cell: Cell): boolean => {
    const { value } = typed(cell, type);
    return (typeof value === 'number' || typeof value === 'bigint') && (value < 0 || Number.isNaN(value));
  };
  return (x, y) => {
    if (x !== null && y !== null) return compareForOrder(x, type, y, type) * sign;
    if (x === y) return 0;
    if (blanks === 'first') return x === null ? -1 : 1;
    if (blanks === 'last') return x === null ? 1 : -1;
    return (x === null ? (isBelowBlank(y) ? 1 : -1) : isBelowBlank(x) ? -1 : 1) * sign;
  };
}

function sortPartitions(ids: Float64Array, count: number, compare: Compare): Partition[] {
  const sizes = new Int32Array(count);
  for (const id of ids) sizes[id] = (sizes[id] as number) + 1;
  const parts = Array.from(sizes, (it) => new Int32Array(it));
  const filled = new Int32Array(count);
  ids.forEach((id, row) => {
    (parts[id] as Int32Array)[filled[id] as number] = row;
    filled[id] = (filled[id] as number) + 1;
  });
  return parts.map((rows) => {
    rows.sort((a, b) => {
      pulse();
      return compare(a, b) || a - b;
    });
    pulseBy(rows.length);
    const first = new Int32Array(rows.length);
    const last = new Int32Array(rows.length);
    const dense = new Int32Array(rows.length);
    for (let i = 1; i < rows.length; i++) {
      const isTie = compare(rows[i - 1] as number, rows[i] as number) === 0;
      first[i] = isTie ? (first[i - 1] as number) : i;
      dense[i] = (dense[i - 1] as number) + (isTie ? 0 : 1);
    }
    for (let i = rows.length - 1; i >= 0; i--) last[i] = i + 1 < rows.length && first[i + 1] === first[i] ? (last[i + 1] as number) : i;
    return { rows, first, last, dense };
  });
}

/**
 * Sorts rows with equal keys by the columns that Power BI may add to the order. Which of several it takes is not told,
 * so where they do not agree the rows are marked.
 */
function* sortTies(partitions: readonly Partition[], { ties }: WindowPlan, rows: Rows, unsure: Uint8Array): Task<void> {
  if (partitions.every((it) => it.first.every((first, place) => first === place))) return;
  const vectors = yield* all(ties.map((it) => columnOf(rows.set, it)));
  const places = vectors.map((it) => placesOf({ descending: false, blanks: 'default' }, it));
  const compares = places.map((it): Compare => (a, b) => (it[a] as number) - (it[b] as number));
  const compare: Compare = (a, b) => {
    for (const each of compares) {
      const by = each(a, b);
      if (by !== 0) return by;
    }
    return 0;
  };
  for (const { rows: its, last } of partitions) {
    for (let start = 0; start < its.length; start = (last[start] as number) + 1) {
      const end = last[start] as number;
      if (end === start) continue;
      const run = its.subarray(start, end + 1).sort((a, b) => compare(a, b) || a - b);
      const agree = run.every((row, i) => i === 0 || isAgreed(compares, run[i - 1] as number, row));
      if (!agree) for (const row of run) unsure[row] = 1;
    }
  }
}

/** Whether every column puts one row before the other or leaves them equal, and one of them does tell them apart. */
function isAgreed(compares: readonly Compare[], before: number, after: number): boolean {
  let apart = false;
  for (const compare of compares) {
    const by = compare(before, after);
    if (by > 0) return false;
    apart ||= by < 0;
  }
  return apart;
}

/** Ends the evaluation where rows are asked for of which the order says nothing. */
export function refuseUnsure({ unsure, partitions }: Ordered, partition: number, from: number, to: number): void {
  const { rows, first, last } = partitions[partition] as Partition;
  if (to < from) return;
  const cutsStart = unsure[rows[from] as number] === 1 && (first[from] as number) < from;
  const cutsEnd = unsure[rows[to] as number] === 1 && (last[to] as number) > to;
  if (cutsStart || cutsEnd) throw unsureOrder();
}

export const unsureOrder = (): Stopped => stopped({ id: 'feature-not-supported', what: 'the order of rows that ORDERBY leaves equal' });
