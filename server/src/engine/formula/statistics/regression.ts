/**
 * LINEST and LINESTX: the line through points by least squares, with what statistics say of it.
 *
 * Normal equations over centred values, solved by elimination with pivots. What the pages leave open has no value:
 * points with BLANK, points that make no line, and what compares with the mean when the line goes through zero.
 */
import type { Relation } from '../../../plan/plan.ts';
import type { Cell } from '../../../plan/values.ts';
import type { Evaluate } from '../../context/changes.ts';
import { isFailure, notEvaluated, type Failure } from '../../values/cells.ts';
import { toBoolean, toDouble } from '../../values/coerce.ts';
import { cellAt, cellsVector, type Vector } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import { iterate } from '../iterate.ts';
import type { Job } from '../job.ts';
import { startsOf } from '../membership.ts';
import { madeRows, rowsOf, type Rows } from '../rows.ts';
import { all, type Task } from '../task.ts';
import { usesOfAll } from '../uses.ts';

type Node = Extract<Relation, { op: 'regression' }>;

export function* regression(job: Job, evaluate: Evaluate, node: Node, context: Context): Task<Rows> {
  const { size } = context.batch;
  const input = yield* evaluate.relation(job, node.input, context);
  const withConstant = node.constant === null ? null : yield* evaluate.scalar(job, node.constant, context);
  const expressions = [node.y, ...node.xs];
  const { context: inner, rows } = iterate(job, context, input, node.row, usesOfAll(expressions));
  const vectors = yield* all(expressions.map((it) => evaluate.scalar(job, it, inner)));
  const range = startsOf(rows, size);
  const lines = Array.from({ length: size }, (_, i): readonly Cell[] => {
    job.budget.poll();
    const constant = withConstant === null ? true : toBoolean(cellAt(withConstant, i), node.at);
    if (typeof constant !== 'boolean') return node.columns.map(() => constant);
    const points = pointsOf(vectors, range(i), node);
    return 'cell' in points ? node.columns.map(() => points) : lineThrough(points, constant, node);
  });
  const columns = node.columns.map((_, k) => cellsVector('double', lines.map((it) => it[k] ?? null)));
  const owners = size === 1 ? undefined : Int32Array.from({ length: size }, (_, i) => i);
  return rowsOf(madeRows(node.columns, columns, size), owners, rows.spoiled);
}

const unsure = (node: Node, what: string): Failure => notEvaluated({ id: 'feature-not-supported', what: `a line ${what}` }, node.at);

/** One list a row: y, then the xs. */
function pointsOf(vectors: readonly Vector[], [from, to]: readonly [number, number], node: Node): readonly (readonly number[])[] | Failure {
  const points: (readonly number[])[] = [];
  for (let row = from; row < to; row++) {
    const point: number[] = [];
    for (const vector of vectors) {
      const value = toDouble(cellAt(vector, row), vector.type, node.at);
      if (isFailure(value)) return value;
      if (value === null) return unsure(node, 'through points with BLANK');
      point.push(value);
    }
    points.push(point);
  }
  return points;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

function lineThrough(points: readonly (readonly number[])[], withConstant: boolean, node: Node): readonly Cell[] {
  const count = node.xs.length;
  const means = Array.from({ length: count + 1 }, (_, k) => (withConstant && points.length > 0 ? sum(points.map((it) => it[k] as number)) / points.length : 0));
  const centred = points.map((it) => it.map((value, k) => value - (means[k] as number)));
  const product = (a: number, b: number): number => sum(centred.map((it) => (it[a] as number) * (it[b] as number)));
  const inverse = inverted(Array.from({ length: count }, (_, i) => Array.from({ length: count }, (__, j) => product(i + 1, j + 1))));
  const freedom = points.length - count - (withConstant ? 1 : 0);
  if (inverse === undefined) return node.columns.map(() => unsure(node, 'through points that do not tell its slopes'));
  const slopes = inverse.map((row) => sum(row.map((it, j) => it * product(j + 1, 0))));
  const xMeans = means.slice(1);
  const left = sum(centred.map((it) => ((it[0] as number) - sum(slopes.map((slope, k) => slope * (it[k + 1] as number)))) ** 2));
  const total = product(0, 0);
  const variance = left / freedom;
  const ofMean = sum(inverse.map((row, i) => sum(row.map((it, j) => it * (xMeans[i] as number) * (xMeans[j] as number)))));
  const known = (value: number): Cell => (freedom > 0 && Number.isFinite(value) ? value : unsure(node, 'through so few points'));
  const centredOnly = (value: number): Cell => (withConstant ? known(value) : unsure(node, 'through zero compared with the mean'));
  return [
    ...slopes,
    (means[0] as number) - sum(slopes.map((it, k) => it * (xMeans[k] as number))),
    ...inverse.map((row, i) => known(Math.sqrt(variance * (row[i] as number)))),
    centredOnly(Math.sqrt(variance * (1 / points.length + ofMean))),
    centredOnly((total - left) / total),
    known(Math.sqrt(variance)),
    centredOnly((total - left) / count / variance),
    freedom,
    withConstant ? total - left : unsure(node, 'through zero compared with the mean'),
    left,
  ];
}

/** The inverse of a symmetric matrix; undefined where it has none, or hardly one. */
function inverted(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] | undefined {
  const size = matrix.length;
  const scale = matrix.map((row, i) => Math.abs(row[i] as number));
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column + 1; i < size; i++) if (Math.abs(rows[i]?.[column] as number) > Math.abs(rows[pivot]?.[column] as number)) pivot = i;
    const chosen = rows[pivot] as number[];
    const top = chosen[column] as number;
    if (!(Math.abs(top) > 1e-12 * Math.max(...scale)) || !Number.isFinite(top)) return undefined;
    rows[pivot] = rows[column] as number[];
    rows[column] = chosen.map((it) => it / top);
    const first = rows[column] as readonly number[];
    for (let i = 0; i < size; i++) {
      const row = rows[i] as number[];
      const factor = row[column] as number;
      if (i !== column && factor !== 0) rows[i] = row.map((it, k) => it - factor * (first[k] as number));
    }
  }
  return rows.map((it) => it.slice(size));
}
