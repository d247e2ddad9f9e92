/**
 * Time intelligence: the dates of a column that lie in a period told by the current dates.
 *
 * Dates that the column does not hold are left out. What the functions' pages leave open is not evaluated: dates with a
 * time of day, BLANK among the dates, several dates of one day, and days missing where days are moved.
 */
import { assertNever } from '../../../base/assertNever.ts';
import type { ColumnRef, DatePeriod, Relation, Scalar } from '../../../plan/plan.ts';
import { endsAll, Stopped, stopped } from '../../budget.ts';
import { allCombinations, type Evaluate } from '../../context/changes.ts';
import { END_DATE, MIN_DATE } from '../../dates.ts';
import { daxError, isFailure, type Failure } from '../../values/cells.ts';
import { toDouble } from '../../values/coerce.ts';
import { firstNotBelow } from '../../values/indices.ts';
import { cellAt, cellsVector, dictionaryVector, type Vector } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import type { Job } from '../job.ts';
import { startsOf } from '../membership.ts';
import { answered } from '../results.ts';
import { columnOf, madeRows, mergeSpoiled, rowsOf, type Rows } from '../rows.ts';
import { all, ask, type Task } from '../task.ts';
import { movedDay, movedDays, periodFrom, periodOf, type Days } from './timeIntelligencePeriods.ts';

type DatesNode = Extract<Relation, { op: 'dates' }>;

export function* datesOf(job: Job, evaluate: Evaluate, node: DatesNode, context: Context): Task<Rows> {
  const { size } = context.batch;
  const column = node.columns[0]?.lineage;
  if (column === undefined) throw new Error('dates of no column');
  if (size === 0) return rowsOf(madeRows(node.columns, [cellsVector('dateTime', [])], 0));
  const known = yield* knownDates(job, column, node.period);
  const input = node.input === null ? undefined : yield* evaluate.relation(job, node.input, context);
  const values = input === undefined ? undefined : yield* columnOf(input.set, 0);
  const args = yield* all(argumentsOf(node.period).map((it) => evaluate.scalar(job, it, context)));
  const isShared = input?.owners === undefined && args.every((it) => it.kind === 'constant');
  const range = input === undefined ? undefined : startsOf(input, size);
  const places: number[] = [];
  const beyond: number[] = [];
  const owners: number[] = [];
  const spoiled = new Map<number, Failure>();
  for (let i = 0; i < (isShared ? 1 : size); i++) {
    job.budget.poll();
    try {
      const current = range === undefined || values === undefined ? undefined : currentDates(values, range(i));
      if (current?.length === 0) continue;
      const chosen = chosenDates(node.period, known, beyond, current ?? [], (index) => numberAt(args[index], i, node));
      job.budget.reserveRows(places.length + chosen.length, 16);
      for (let at = 0; at < chosen.length; at++) {
        places.push(chosen[at] as number);
        owners.push(i);
      }
    } catch (fault) {
      if (!(fault instanceof Stopped) || endsAll(fault.failure)) throw fault;
      spoiled.set(i, fault.failure);
    }
  }
  const set = madeRows(node.columns, [dictionaryVector('dateTime', Uint32Array.from(places), beyond.length === 0 ? known : [...known, ...beyond])], places.length);
  const failed = isShared ? spoiled.get(0) : spoiled.size > 0 ? spoiled : undefined;
  return rowsOf(set, isShared ? undefined : Int32Array.from(owners), mergeSpoiled(input?.spoiled, failed));
}

function argumentsOf(period: DatePeriod): readonly Scalar[] {
  switch (period.kind) {
    case 'moved':
    case 'parallel': return [period.count];
    case 'between': return [period.start, period.end];
    case 'from': return [period.start, period.count];
    default: return [];
  }
}

/** All dates of the column, rising, whatever the filters. */
function* knownDates(job: Job, column: ColumnRef, period: DatePeriod): Task<readonly number[]> {
  const name = `${column.table}[${column.column}]`;
  const { set } = yield* allCombinations(job, [column], false);
  const vector = yield* columnOf(set, 0);
  if (vector.type !== 'dateTime' && vector.type !== 'blank') throw stopped({ id: 'type-error', detail: `${name} holds no dates` });
  const dates: number[] = [];
  for (let i = 0; i < set.length; i++) {
    const cell = cellAt(vector, i);
    if (isFailure(cell)) throw new Stopped(cell);
    if (typeof cell !== 'number') throw stopped({ id: 'feature-not-supported', what: `time intelligence over ${name}, which holds BLANK,` });
    dates.push(cell);
  }
  const countsDays = period.kind !== 'between' && period.kind !== 'first' && period.kind !== 'last';
  if (countsDays && dates.some((it) => !Number.isInteger(it))) throw stopped({ id: 'feature-not-supported', what: `time intelligence over ${name}, which holds times of day,` });
  if (period.kind === 'moved' || period.kind === 'parallel' || period.kind === 'next' || period.kind === 'previous') {
    const { vectors } = answered(yield* ask({ kind: 'aggregate', scope: job.openScope(column.table, false), aggregates: [{ fn: 'ROWS' }] }), 'values');
    const rows = vectors[0] === undefined ? null : cellAt(vectors[0], 0);
    if ((rows ?? 0) !== dates.length) throw stopped({ id: 'feature-not-supported', what: `moving the dates of ${name}, which has several rows of a date,` });
  }
  return dates.sort((a, b) => a - b);
}

/** The different dates of one context, rising. */
function currentDates(values: Vector, [from, to]: readonly [number, number]): readonly number[] {
  const found = new Set<number>();
  for (let row = from; row < to; row++) {
    const cell = cellAt(values, row);
    if (isFailure(cell)) throw new Stopped(cell);
    if (typeof cell === 'number') found.add(cell);
    else throw stopped({ id: 'feature-not-supported', what: 'BLANK among the dates of time intelligence' });
  }
  return [...found].sort((a, b) => a - b);
}

function numberAt(vector: Vector | undefined, index: number, node: DatesNode): number | undefined {
  if (vector === undefined) return undefined;
  const value = toDouble(cellAt(vector, index), vector.type, node.at);
  if (isFailure(value)) throw new Stopped(value);
  return value ?? undefined;
}

/**
 * The places of the dates among all that the column holds, those in `beyond` behind them.
 *
 * @param beyond takes dates that the column does not hold
 * @param current rising, and not empty where the period is told by the current dates
 */
function chosenDates(period: DatePeriod, known: readonly number[], beyond: number[], current: readonly number[], argument: (index: number) => number | undefined): readonly number[] {
  const first = current[0] ?? 0;
  const last = current.at(-1) ?? 0;
  switch (period.kind) {
    // A given date stays, whether the column holds it or not.
    case 'first': return [placeOf(known, first, beyond)];
    case 'last': return [placeOf(known, last, beyond)];
    case 'moved': {
      const moved = movedDays(contiguous(known, current), whole(argument(0)), period.unit);
      const days = [...moved].sort((a, b) => a - b);
      return within(known, [days[0] ?? 0, days.at(-1) ?? -1]).filter((place) => moved.has(known[place] as number));
    }
    case 'parallel': {
      const count = whole(argument(0));
      const calendarYear = { month: 12, day: 31 };
      const [from] = periodOf(movedDay(first, count, period.unit), period.unit, calendarYear);
      return within(known, [from, periodOf(movedDay(last, count, period.unit), period.unit, calendarYear)[1]]);
    }
    case 'toDate': return within(known, [periodOf(last, period.unit, period.yearEnd)[0], last]);
    case 'previous': return within(known, periodOf(periodOf(first, period.unit, period.yearEnd)[0] - 1, period.unit, period.yearEnd));
    case 'next': {
      const [, end] = periodOf(last, period.unit, period.yearEnd);
      // The page counts from the first date, other sources from the last: told only where both are the same.
      if (periodOf(first, period.unit, period.yearEnd)[1] !== end) throw stopped({ id: 'feature-not-supported', what: `the ${period.unit} after several of them` });
      return within(known, periodOf(end + 1, period.unit, period.yearEnd));
    }
    case 'start': return existing(known, periodOf(first, period.unit, period.yearEnd)[0], 'first', period.unit);
    case 'end': return existing(known, periodOf(last, period.unit, period.yearEnd)[1], 'last', period.unit);
    case 'between': return within(known, [argument(0) ?? -Infinity, argument(1) ?? Infinity]);
    case 'from': {
      const start = argument(0);
      if (start === undefined || !Number.isInteger(start)) throw stopped({ id: 'feature-not-supported', what: 'a period from BLANK or from a time of day' });
      if (!(start >= MIN_DATE && start < END_DATE)) throw new Stopped(daxError('invalid-date', { detail: `${String(start)} is beyond the range of dates` }, undefined));
      const days = periodFrom(start, whole(argument(1)), period.unit);
      if (days === undefined) throw stopped({ id: 'feature-not-supported', what: 'this period from the end of a month' });
      return within(known, days);
    }
    default: return assertNever(period);
  }
}

function whole(count: number | undefined): number {
  if (count === undefined || !Number.isInteger(count) || Math.abs(count) > END_DATE) throw stopped({ id: 'feature-not-supported', what: 'a number of intervals that is no whole number' });
  return count;
}

function placeOf(known: readonly number[], day: number, beyond: number[]): number {
  const place = firstNotBelow(known, day);
  return known[place] === day ? place : known.length + beyond.push(day) - 1;
}

/** The places of the dates from one day to another, both with it. */
function within(known: readonly number[], [from, to]: Days): readonly number[] {
  const places: number[] = [];
  for (let place = firstNotBelow(known, from); place < known.length && (known[place] as number) <= to; place++) places.push(place);
  return places;
}

function existing(known: readonly number[], day: number, place: 'first' | 'last', unit: string): readonly number[] {
  const found = within(known, [day, day]);
  if (found.length === 0) throw stopped({ id: 'feature-not-supported', what: `the ${place} day of a ${unit} that the column lacks` });
  return found;
}

/** The current dates, none of the column's between them left out: DATEADD raises an error else. */
function contiguous(known: readonly number[], current: readonly number[]): readonly number[] {
  const first = current[0] ?? 0;
  const last = current.at(-1) ?? 0;
  if (within(known, [first, last]).length !== current.length) {
    throw new Stopped(daxError('argument-out-of-range', { function: 'DATEADD', detail: 'the dates are not contiguous' }, undefined));
  }
  if (last - first + 1 !== current.length) throw stopped({ id: 'feature-not-supported', what: 'moving dates where the column lacks days' });
  return current;
}
