/**
 * The current rows of a window function: the rows of its relation whose columns have the values of the row contexts
 * around, or where none has a column, any of the values that the filter context shows ("apply semantics").
 */
import type { ColumnRef, WindowMatch } from '../../plan/plan.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { stopped, Stopped } from '../budget.ts';
import type { Evaluate } from '../context/changes.ts';
import { isFailure, isVariant } from '../values/cells.ts';
import { matchKey } from '../values/compare.ts';
import { cellAt, type Vector } from '../values/vector.ts';
import type { Context } from './batch.ts';
import type { Job } from './job.ts';
import { startsOf } from './membership.ts';
import { columnOf, type Rows } from './rows.ts';
import { combinationsOf } from './summarize.ts';
import { all, type Task } from './task.ts';
import type { Ordered } from './windowOrder.ts';

export interface Current {
  /** The current rows of a context, as rows of the relation; of one combination of values there is one unless rows repeat. */
  rows(context: number): readonly (readonly number[])[];
  /** Whether the columns that the order depends on have one combination of values at most. */
  isOne(context: number): boolean;
  readonly spoiled: Rows['spoiled'];
}

export function* currentRows(job: Job, evaluate: Evaluate, matches: readonly WindowMatch[], ordered: Ordered, context: Context): Task<Current> {
  const { size } = context.batch;
  const open = matches.filter((it) => it.current === null);
  const columns = open.map((it) => it.column as ColumnRef);
  const values = yield* all(matches.map((it) => (it.current === null ? nothing() : evaluate.scalar(job, it.current, context))));
  const passed = yield* all(open.map((it) => all(it.passed.map((each) => evaluate.scalar(job, each, context)))));
  const shown = open.length === 0 ? undefined : yield* combinationsOf(job, columns, context);
  const shownValues = shown === undefined ? [] : yield* all(columns.map((_, i) => columnOf(shown.set, i)));
  const range = shown === undefined ? () => [0, 1] as const : startsOf(shown, size);
  const found = indexOf(ordered, size);
  const sourceOf = matches.map((it) => open.indexOf(it));

  const combinations = (at: number): readonly (readonly Cell[])[] => {
    const [from, to] = range(at);
    return Array.from({ length: to - from }, (_, k) => matches.map((match, i): Cell => {
      const source = sourceOf[i] as number;
      if (source < 0) return keyed(cellAt(values[i] as Vector, at), (values[i] as Vector).type);
      const vector = shownValues[source] as Vector;
      const key = keyed(cellAt(vector, from + k), vector.type);
      for (const it of passed[source] ?? []) if (keyed(cellAt(it, at), it.type) !== key) throw unclear(match);
      return key;
    }));
  };
  return {
    rows: (at) => combinations(at).map((it) => found(at, it)),
    isOne: (at) => new Set(combinations(at).map((it) => JSON.stringify(it.filter((_, i) => matches[i]?.ranks === true)))).size <= 1,
    spoiled: shown?.spoiled,
  };
}

// A row context became a filter, and another filter replaced it: which of the two tells the current row is not documented.
const unclear = ({ column }: WindowMatch): Stopped =>
  stopped({ id: 'feature-not-supported', what: `a window over ${column === null ? 'a column' : `${column.table}[${column.column}]`} whose current row is overridden by a filter` });

/** Stands where others ask for scans. */
function* nothing(): Task<Vector> {
  return { kind: 'constant', type: 'blank', value: null, length: 0 };
}

/** Rows of a context by the values of the columns that are matched. */
function indexOf({ rows, matched }: Ordered, size: number): (context: number, key: readonly Cell[]) => readonly number[] {
  const byKey = new Map<string, number[]>();
  const { owners } = rows;
  for (let row = 0; row < rows.set.length; row++) {
    const key = JSON.stringify([owners === undefined ? 0 : (owners[row] as number), ...matched.map((it) => keyed(cellAt(it, row), it.type))]);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [row]);
    else known.push(row);
  }
  return (context, key) => (context >= size ? [] : byKey.get(JSON.stringify([owners === undefined ? 0 : context, ...key])) ?? []);
}

function keyed(cell: Cell, type: ValueType): string | null {
  if (isFailure(cell)) throw new Stopped(cell);
  return isVariant(cell) ? matchKey(cell.value, cell.type) : matchKey(cell, type);
}
