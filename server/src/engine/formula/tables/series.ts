/** GENERATESERIES: numbers or dates from a start to an end by a step. */
import type { Relation } from '../../../plan/plan.ts';
import type { Cell, ValueType } from '../../../plan/values.ts';
import { endsAll, Stopped } from '../../budget.ts';
import type { Evaluate } from '../../context/changes.ts';
import { pulse } from '../../pulse.ts';
import { daxError, isFailure, type Failure } from '../../values/cells.ts';
import { toDouble } from '../../values/coerce.ts';
import { doubleToDecimal } from '../../values/numbers.ts';
import { commonType } from '../../values/types.ts';
import { cellAt, cellsVector, type Vector } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import type { Job } from '../job.ts';
import { madeRows, rowsOf, type Rows } from '../rows.ts';
import { all, type Task } from '../task.ts';

export function* series(job: Job, evaluate: Evaluate, node: Extract<Relation, { op: 'series' }>, context: Context): Task<Rows> {
  const { size } = context.batch;
  const bounds = [node.start, node.end, ...(node.step === null ? [] : [node.step])];
  const [start, end, step] = yield* all(bounds.map((it) => evaluate.scalar(job, it, context)));
  const type = seriesType(start?.type ?? 'blank', end?.type ?? 'blank', step?.type);
  const numberAt = (vector: Vector | undefined, index: number, otherwise: number): number => {
    if (vector === undefined) return otherwise;
    const value = toDouble(cellAt(vector, index), vector.type, node.at);
    if (isFailure(value)) throw new Stopped(value);
    return value ?? 0;
  };
  const cells: Cell[] = [];
  const owners: number[] = [];
  const spoiled = new Map<number, Failure>();
  for (let i = 0; i < size; i++) {
    try {
      const from = numberAt(start, i, 0);
      const to = numberAt(end, i, 0);
      const by = numberAt(step, i, 1);
      if (!(by > 0)) throw new Stopped(daxError('argument-out-of-range', { function: 'GENERATESERIES', detail: 'the step is not above zero' }, node.at));
      // A last value that rounding puts a hair beyond the end belongs to the series.
      const count = from > to ? 0 : Math.floor(Number(((to - from) / by).toPrecision(15))) + 1;
      job.budget.reserveRows(cells.length + count, 16);
      for (let k = 0; k < count; k++) {
        pulse();
        const value = from + k * by;
        cells.push(type === 'decimal' ? (doubleToDecimal(value) ?? null) : value);
        if (size > 1) owners.push(i);
      }
    } catch (fault) {
      if (!(fault instanceof Stopped) || endsAll(fault.failure)) throw fault;
      spoiled.set(i, fault.failure);
    }
  }
  const set = madeRows(node.columns, [cellsVector(type, cells)], cells.length);
  return rowsOf(set, size === 1 ? undefined : Int32Array.from(owners), spoiled.size > 0 ? spoiled : undefined);
}

/** Dates step by days; else the widest of the numbers. */
function seriesType(start: ValueType, end: ValueType, step: ValueType | undefined): ValueType {
  const types = [start, end, step ?? 'int64'].filter((it) => it !== 'blank');
  if (start === 'dateTime' || end === 'dateTime') return 'dateTime';
  const type = types.reduce(commonType, 'blank' as ValueType);
  return type === 'int64' || type === 'decimal' ? type : 'double';
}
