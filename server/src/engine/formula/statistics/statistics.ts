/** Functions of the rows of a relation that need all rows of a context at once: statistics, ranks, joined texts. */
import type { Scalar } from '../../../plan/plan.ts';
import type { Cell } from '../../../plan/values.ts';
import type { Evaluate } from '../../context/changes.ts';
import { pulse } from '../../pulse.ts';
import { failureOf, isFailure, type Failure } from '../../values/cells.ts';
import { cellAt, cellsVector, constant, toCells, typed, type Vector } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import { textsByName } from './concatenate.ts';
import { holidaysByName } from '../dates/holidays.ts';
import { iterate } from '../iterate.ts';
import type { Job } from '../job.ts';
import { spoil } from '../leaves.ts';
import { startsOf } from '../membership.ts';
import { rowTextsByName } from '../tables/rowsAsText.ts';
import { sortKeys } from '../tables/order.ts';
import { ranksByName } from './ranks.ts';
import { ofNumbersByName } from './statisticsOfNumbers.ts';
import { pathsByName } from './statisticsOfPaths.ts';
import { paymentsByName } from './statisticsOfPayments.ts';
import type { RowsEvaluator, RowsOfContext } from './statisticsRows.ts';
import { all, both, type Task } from '../task.ts';
import { usesOfAll } from '../uses.ts';

type OverRows = Extract<Scalar, { op: 'overRows' }>;

const evaluators: ReadonlyMap<string, RowsEvaluator> = new Map([...ofNumbersByName, ...ranksByName, ...textsByName, ...paymentsByName, ...rowTextsByName, ...holidaysByName, ...pathsByName]);

export function* overRows(job: Job, evaluate: Evaluate, node: OverRows, context: Context): Task<Vector> {
  const { size } = context.batch;
  const evaluator = evaluators.get(node.fn);
  if (evaluator === undefined) throw new Error(`there is no function ${node.fn} of rows`);
  const [input, args] = yield* both(evaluate.relation(job, node.relation, context), all(node.args.map((it) => evaluate.scalar(job, it, context))));
  const keyed = node.keys.map((it) => it.expression);
  const { context: inner, rows } = iterate(job, context, input, node.row, usesOfAll([...node.values, ...keyed]));
  const [columns, keys] = yield* both(all(node.values.map((it) => evaluate.scalar(job, it, inner))), all(keyed.map((it) => evaluate.scalar(job, it, inner))));
  const order = node.keys.length === 0 ? undefined : sortKeys(node.keys, keys);
  const range = startsOf(rows, size);
  const failures = failedRows(columns, rows.set.length);
  const rowsFor = (i: number): Int32Array => {
    const [from, to] = range(i);
    const indices = Int32Array.from({ length: to - from }, (_, k) => from + k);
    return order === undefined ? indices : indices.sort((a, b) => order.compare(a, b) || a - b);
  };
  const shown = rows.owners === undefined && size > 0 ? rowsFor(0) : undefined;
  const resultOf = (i: number): Cell => {
    job.budget.poll();
    const indices = shown ?? rowsFor(i);
    const cells = args.map((it) => cellAt(it, i));
    const failed = failureOf([...cells, ...(failures === undefined ? [] : Array.from(indices, (row) => failures.get(row) ?? null))]);
    if (failed !== undefined) return failed;
    const group: RowsOfContext = {
      name: node.name, at: node.at, budget: job.budget, columns, rows: indices,
      args: cells.map((cell, k) => typed(cell, (args[k] as Vector).type)),
    };
    return evaluator.apply(group);
  };
  const alike = shown !== undefined && args.every((it) => it.kind === 'constant');
  const result = alike ? constant(evaluator.type, resultOf(0), size) : cellsVector(evaluator.type, Array.from({ length: size }, (_, i) => resultOf(i)));
  return spoil(result, rows.spoiled);
}

/** The rows for which a value failed; undefined where there are none. */
function failedRows(columns: readonly Vector[], length: number): ReadonlyMap<number, Failure> | undefined {
  const failed = new Map<number, Failure>();
  for (const column of columns) {
    if (column.kind === 'constant' && !isFailure(column.value)) continue;
    const cells = toCells(column);
    for (let row = 0; row < length; row++) {
      pulse();
      const cell = cells[row] ?? null;
      if (isFailure(cell)) failed.set(row, failureOf([cell, failed.get(row) ?? null]) ?? cell);
    }
  }
  return failed.size === 0 ? undefined : failed;
}
