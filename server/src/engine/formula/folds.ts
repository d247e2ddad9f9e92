/** Iterators: an expression for each row of a relation, and the values of a context folded into one. */
import type { Relation, Scalar } from '../../plan/plan.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { stopped } from '../budget.ts';
import type { Evaluate } from '../context/changes.ts';
import { timesOfAll } from '../columns/times.ts';
import { isFailure, notEvaluated, worse, type Failure } from '../values/cells.ts';
import { toDouble } from '../values/coerce.ts';
import { compareForOrder } from '../values/compare.ts';
import { meanOf, totalsOf } from '../values/sums.ts';
import { typeName } from '../values/types.ts';
import { cellAt, cellsVector, constant, type Vector } from '../values/vector.ts';
import type { Context } from './batch.ts';
import { iterate } from './iterate.ts';
import { foldNumbers } from './numeric/fold.ts';
import { numericRows } from './numeric/rows.ts';
import type { Job } from './job.ts';
import { rowCount, spoil } from './leaves.ts';
import { startsOf } from './membership.ts';
import { evaluateInRows } from './perValue.ts';
import type { Task } from './task.ts';
import { usesOf } from './uses.ts';

/** COUNTROWS; no rows are BLANK. */
export function* countRelation(job: Job, evaluate: Evaluate, relation: Relation, context: Context): Task<Vector> {
  const { size } = context.batch;
  if (relation.op === 'scan') return yield* rowCount(job, context.batch, relation.source, relation.blankRow);
  const rows = yield* evaluate.relation(job, relation, context);
  const range = startsOf(rows, size);
  const cells = Array.from({ length: size }, (_, i): Cell => {
    const [from, to] = range(i);
    return to === from ? null : to - from;
  });
  return spoil(cellsVector('int64', cells), rows.spoiled);
}

export function* foldRelation(job: Job, evaluate: Evaluate, node: Extract<Scalar, { op: 'fold' }>, context: Context): Task<Vector> {
  const { size } = context.batch;
  const rows = yield* evaluate.relation(job, node.relation, context);
  const numeric = yield* numericRows(job, evaluate, node.expression, node.row, rows, context);
  const quick = numeric === undefined ? undefined : foldNumbers(node.fn, numeric, rows.set.length, rows.owners, rows.owners === undefined ? 1 : size);
  if (quick !== undefined) return spoil(rows.owners === undefined ? constant(quick.type, size === 0 ? null : cellAt(quick, 0), size) : quick, rows.spoiled);
  const iteration = iterate(job, context, rows, node.row, usesOf(node.expression));
  const values = numbersFor(node, yield* evaluateInRows(job, evaluate, node.expression, node.row, iteration));
  const { owners } = iteration.rows;
  const folded = fold(node.fn, values, owners, owners === undefined ? 1 : size);
  const result = owners === undefined ? constant(folded.type, size === 0 ? null : cellAt(folded, 0), size) : folded;
  return spoil(result, rows.spoiled);
}

/** What SUM and AVERAGE add: numbers; text must read as one, TRUE counts as 1. */
function numbersFor(node: Extract<Scalar, { op: 'fold' }>, values: Vector): Vector {
  if (node.fn === 'COUNT') return values;
  if (node.fn === 'MIN' || node.fn === 'MAX') {
    if (values.type === 'boolean') throw stopped({ id: 'type-error', detail: `${node.fn}X does not take a ${typeName('boolean')}` });
    return values;
  }
  if (values.type !== 'string' && values.type !== 'boolean' && values.type !== 'variant') return values;
  if (values.type === 'boolean') throw stopped({ id: 'type-error', detail: `${node.fn}X does not take a ${typeName('boolean')}` });
  const cells = Array.from({ length: values.length }, (_, i): Cell => {
    const cell = cellAt(values, i);
    return isFailure(cell) ? cell : toDouble(cell, values.type, node.at);
  });
  return cellsVector('double', cells);
}

/** One value for each of `groups` groups; BLANK values do not count. */
function fold(fn: Extract<Scalar, { op: 'fold' }>['fn'], values: Vector, owners: Int32Array | undefined, groups: number): Vector {
  const failures = new Array<Failure | undefined>(groups).fill(undefined);
  const counts = new Float64Array(groups);
  const totals = fn === 'SUM' || fn === 'AVERAGE' ? totalsOf(values.type, groups) : undefined;
  const best = fn === 'MIN' || fn === 'MAX' ? new Array<Cell>(groups).fill(null) : undefined;
  const sign = fn === 'MIN' ? -1 : 1;
  const take = (cell: Cell, group: number, times: number): void => {
    if (cell === null) return;
    if (isFailure(cell)) {
      const known = failures[group];
      failures[group] = known === undefined ? cell : worse(known, cell);
      return;
    }
    counts[group] = (counts[group] as number) + times;
    if (totals !== undefined) totals.addMany(group, cell as number | bigint, times);
    else if (best !== undefined) {
      const current = best[group] ?? null;
      if (current === null || compareForOrder(cell, values.type, current, values.type) * sign > 0) best[group] = cell;
    }
  };
  eachValue(values, owners, take);
  const cells = Array.from({ length: groups }, (_, group): Cell => {
    const failure = failures[group];
    if (failure !== undefined) return failure;
    const count = counts[group] as number;
    if (count === 0) return null;
    if (fn === 'COUNT') return count;
    if (best !== undefined) return best[group] ?? null;
    const total = totals?.total(group);
    const result = total === undefined || fn === 'SUM' ? total : meanOf(total, count, values.type);
    return result ?? notEvaluated({ id: 'overflow', detail: `${fn}X goes beyond 64 bits` }, undefined);
  });
  return cellsVector(foldedType(fn, values.type), cells);
}

/** Each value once with how often it comes, where the vector tells values apart and there is one group. */
function eachValue(values: Vector, owners: Int32Array | undefined, take: (cell: Cell, group: number, times: number) => void): void {
  if (owners === undefined && values.kind === 'constant') {
    if (values.length > 0) take(values.value, 0, values.length);
    return;
  }
  if (owners === undefined && values.kind === 'dictionary' && values.size <= values.length) {
    const { dictionary } = values;
    timesOfAll(values.codes, values.length, values.size).forEach((count, code) => {
      if (count > 0) take(dictionary[code] ?? null, 0, count);
    });
    return;
  }
  for (let i = 0; i < values.length; i++) take(cellAt(values, i), owners === undefined ? 0 : (owners[i] as number), 1);
}

function foldedType(fn: Extract<Scalar, { op: 'fold' }>['fn'], type: ValueType): ValueType {
  if (fn === 'COUNT') return 'int64';
  return fn === 'AVERAGE' && type === 'int64' ? 'double' : type;
}
