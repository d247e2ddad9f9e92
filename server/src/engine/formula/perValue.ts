/**
 * An expression in the row context of rows: rows with the same value in the one column that it reads share its value, so
 * it is computed once for each value and not for each row.
 */
import type { RowId, Scalar } from '../../plan/plan.ts';
import type { Evaluate } from '../context/changes.ts';
import type { Cell } from '../../plan/values.ts';
import { codesIn } from '../columns/kernels.ts';
import { random } from '../functions/random.ts';
import { dictionaryVector, sameValues, toCells, type Vector } from '../values/vector.ts';
import { batchOf, type Context } from './batch.ts';
import type { Iteration } from './iterate.ts';
import type { Job } from './job.ts';
import { columnOf, madeRows, type Rows } from './rows.ts';
import type { Task } from './task.ts';
import { dependsOnlyOn, usesOf } from './uses.ts';

/** The value of an expression in each row of an iteration over row context `id`. */
export function* evaluateInRows(job: Job, evaluate: Evaluate, expression: Scalar, id: RowId, { context, rows }: Iteration): Task<Vector> {
  const { scope } = context;
  const index = rows.owners === undefined && scope?.kind === 'row' && dependsOnlyOn(usesOf(expression), [id]) ? onlyColumn(expression, id) : undefined;
  if (index === undefined || scope?.kind !== 'row') return yield* evaluate.scalar(job, expression, context);
  const column = yield* columnOf(rows.set, index);
  // Where most values are different it is no gain.
  if (column.kind !== 'dictionary' || column.size * 2 > column.length) return yield* evaluate.scalar(job, expression, context);
  return yield* valuesOfColumn(job, evaluate, expression, id, rows, context, index, column);
}

/**
 * The value of an expression in each row, where it reads nothing but one column of the row: computed for the values that
 * rows have, since others may be costly or fail; with the codes of the column, if it has codes.
 */
export function* valuesOfColumn(job: Job, evaluate: Evaluate, expression: Scalar, id: RowId, rows: Rows, context: Context, index: number, column: Vector): Task<Vector> {
  const isFew = column.kind === 'dictionary' && column.size * 2 <= column.length;
  const present = isFew ? codesIn(column.codes, column.size) : undefined;
  const vectors: Vector[] = [];
  vectors[index] = present === undefined || column.kind !== 'dictionary' ? column : sameValues(column, present);
  const length = present?.length ?? column.length;
  const batch = batchOf(length, [], undefined, undefined, false, context.batch.relationships);
  const set = madeRows(rows.set.columns, vectors, length);
  const result = yield* evaluate.scalar(job, expression, { ...context, batch, scope: { kind: 'row', id, binding: { batch, set, index: undefined }, outer: context.scope } });
  if (present === undefined || column.kind !== 'dictionary') return result;
  const cells = new Array<Cell>(column.size).fill(null);
  toCells(result).forEach((cell, i) => {
    cells[present[i] as number] = cell;
  });
  return dictionaryVector(result.type, column.codes, cells);
}

/** Whether an expression may have another value each time. */
export function isByChance(expression: Scalar): boolean {
  let is = byChance.get(expression);
  if (is === undefined) byChance.set(expression, (is = nodesOf(expression).some((it) => it.op === 'call' && it.name !== undefined && Object.hasOwn(random, it.name))));
  return is;
}

const byChance = new WeakMap<Scalar, boolean>();

/** The columns of a row context that an expression reads; undefined when it reads more of the row than columns. */
export function columnsRead(expression: Scalar, id: RowId): readonly number[] | undefined {
  const known = read.get(expression) ?? new Map<RowId, readonly number[] | undefined>();
  read.set(expression, known);
  if (!known.has(id)) {
    const nodes = nodesOf(expression);
    const isMore = nodes.some((it) => it.op === 'related' && it.row === id);
    known.set(id, isMore ? undefined : [...new Set(nodes.flatMap((it) => (it.op === 'column' && it.row === id && it.index !== undefined ? [it.index] : [])))]);
  }
  return known.get(id);
}

const read = new WeakMap<Scalar, Map<RowId, readonly number[] | undefined>>();

/** The one column of a row context that an expression reads, where it reads nothing else of it. */
export function onlyColumn(expression: Scalar, id: RowId): number | undefined {
  const columns = isByChance(expression) ? undefined : columnsRead(expression, id);
  return columns?.length === 1 ? columns[0] : undefined;
}

/** Everything in an expression that may be a node of it. */
function nodesOf(expression: Scalar): readonly { readonly op?: string; readonly name?: string; readonly row?: RowId; readonly index?: number }[] {
  const nodes: object[] = [];
  const open: unknown[] = [expression];
  while (open.length > 0) {
    const it = open.pop();
    if (typeof it !== 'object' || it === null) continue;
    nodes.push(it);
    for (const value of Object.values(it)) open.push(value);
  }
  return nodes;
}
