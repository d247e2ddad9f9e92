/** CALENDAR: a row for each day from a start to an end. */
import type { Relation } from '../../../plan/plan.ts';
import type { Cell } from '../../../plan/values.ts';
import { endsAll, Stopped } from '../../budget.ts';
import type { Evaluate } from '../../context/changes.ts';
import { END_DATE, MIN_DATE } from '../../dates.ts';
import { pulse } from '../../pulse.ts';
import { daxError, type Failure } from '../../values/cells.ts';
import { toDouble } from '../../values/coerce.ts';
import { cellAt, cellsVector, type Vector } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import type { Job } from '../job.ts';
import { madeRows, rowsOf, type Rows } from '../rows.ts';
import { both, type Task } from '../task.ts';

export function* calendar(job: Job, evaluate: Evaluate, node: Extract<Relation, { op: 'calendar' }>, context: Context): Task<Rows> {
  const { size } = context.batch;
  const [start, end] = yield* both(evaluate.scalar(job, node.start, context), evaluate.scalar(job, node.end, context));
  const dayOf = (vector: Vector, index: number): number => {
    const value = toDouble(cellAt(vector, index), vector.type, node.at);
    if (typeof value === 'object' && value !== null) throw new Stopped(value);
    const day = Math.floor(value ?? 0);
    if (!(day >= MIN_DATE && day < END_DATE)) throw new Stopped(daxError('invalid-date', { detail: 'a bound of CALENDAR is no date' }, node.at));
    return day;
  };
  const cells: Cell[] = [];
  const owners: number[] = [];
  const spoiled = new Map<number, Failure>();
  for (let i = 0; i < size; i++) {
    try {
      const from = dayOf(start, i);
      const to = dayOf(end, i);
      if (from > to) throw new Stopped(daxError('argument-out-of-range', { function: 'CALENDAR', detail: 'the start lies after the end' }, node.at));
      job.budget.reserveRows(cells.length + to - from + 1, 16);
      for (let day = from; day <= to; day++) {
        pulse();
        cells.push(day);
        owners.push(i);
      }
    } catch (fault) {
      if (!(fault instanceof Stopped) || endsAll(fault.failure)) throw fault;
      spoiled.set(i, fault.failure);
    }
  }
  const set = madeRows(node.columns, [cellsVector('dateTime', cells)], cells.length);
  return rowsOf(set, size === 1 ? undefined : Int32Array.from(owners), spoiled.size > 0 ? spoiled : undefined);
}
