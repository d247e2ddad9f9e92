/** Tables as single values, and membership in tables. */
import type { Scalar } from '../../plan/plan.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import type { Evaluate } from '../context/changes.ts';
import { daxError, failureOf, isFailure } from '../values/cells.ts';
import { comparable, matchKey } from '../values/compare.ts';
import { typeName } from '../values/types.ts';
import { cellAt, cellsVector, constant, toCells, typed, type Vector } from '../values/vector.ts';
import type { Context } from './batch.ts';
import type { Job } from './job.ts';
import { spoil } from './leaves.ts';
import { columnOf, columnsOf, spoiledAt, type Rows } from './rows.ts';
import { all, both, type Task } from './task.ts';

/** Where the rows of each context begin: rows `starts[k]` to `starts[k + 1]`. */
export function startsOf(rows: Rows, contexts: number): (context: number) => readonly [from: number, to: number] {
  const { owners } = rows;
  if (owners === undefined) return () => [0, rows.set.length];
  const starts = new Int32Array(contexts + 1);
  for (const owner of owners) starts[owner + 1] = (starts[owner + 1] as number) + 1;
  for (let i = 0; i < contexts; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  return (context) => [starts[context] as number, starts[context + 1] as number];
}

/** A table of one column where a value is wanted: no row is BLANK, several rows are an error. */
export function* scalarOfRelation(job: Job, evaluate: Evaluate, node: Extract<Scalar, { op: 'scalarOf' }>, context: Context): Task<Vector> {
  const { size } = context.batch;
  const rows = yield* evaluate.relation(job, node.relation, context);
  const column = yield* columnOf(rows.set, 0);
  const range = startsOf(rows, size);
  const cells = Array.from({ length: size }, (_, i): Cell => {
    const [from, to] = range(i);
    return to === from ? null : to === from + 1 ? cellAt(column, from) : daxError('multiple-values', { what: node.relation.columns[0]?.name ?? '' }, node.at);
  });
  return spoil(cellsVector(column.type, cells), rows.spoiled);
}

/** IN: strict comparison of a tuple with the rows of a table. */
export function* isMember(job: Job, evaluate: Evaluate, node: Extract<Scalar, { op: 'in' }>, context: Context): Task<Vector> {
  const { size } = context.batch;
  const [values, rows] = yield* both(all(node.values.map((it) => evaluate.scalar(job, it, context))), evaluate.relation(job, node.relation, context));
  const columns = yield* columnsOf(rows.set);
  const mismatch = typeMismatch(values, columns, node);
  if (mismatch !== undefined) return constant('boolean', mismatch, size);
  const keyOf = (vectors: readonly Vector[], index: number): string => JSON.stringify(vectors.map((it) => keyText(cellAt(it, index), it.type)));
  const range = startsOf(rows, size);
  let members = new Set<string>();
  let filled = -1;
  const failedRow = columns.some((it) => toCells(it).some(isFailure));
  const cells = Array.from({ length: size }, (_, i): Cell => {
    const spoiled = spoiledAt(rows.spoiled, i) ?? failureOf(values.map((it) => cellAt(it, i)));
    if (spoiled !== undefined) return spoiled;
    const [from, to] = range(i);
    if (rows.owners !== undefined || filled === -1) {
      members = new Set();
      for (let row = from; row < to; row++) members.add(keyOf(columns, row));
      filled = i;
    }
    if (members.has(keyOf(values, i))) return true;
    const failure = failedRow ? failureOf(columns.flatMap((it) => toCells(it).slice(from, to))) : undefined;
    return failure ?? false;
  });
  return cellsVector('boolean', cells);
}

function typeMismatch(values: readonly Vector[], columns: readonly Vector[], node: Extract<Scalar, { op: 'in' }>): Cell | undefined {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const column = columns[i];
    if (value === undefined || column === undefined) continue;
    if (!comparable(value.type, column.type)) return daxError('comparison-types', { left: typeName(value.type), right: typeName(column.type) }, node.at);
  }
  return undefined;
}

function keyText(cell: Cell, type: ValueType): string {
  const it = typed(cell, type);
  return String(matchKey(it.value, it.type));
}
