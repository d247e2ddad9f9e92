/**
 * The current rows of a window function: the rows of its relation whose columns have the values of the row contexts
 * around, or where none has a column, any of the values that the filter context shows ("apply semantics").
 */
import type { ColumnRef, WindowMatch } from '../../../plan/plan.ts';
import type { Cell, ValueType } from '../../../plan/values.ts';
import { stopped, Stopped } from '../../budget.ts';
import type { Evaluate } from '../../context/changes.ts';
import { pulse, pulseBy } from '../../pulse.ts';
import { isFailure, isVariant } from '../../values/cells.ts';
import { matchKey } from '../../values/compare.ts';
import { cellAt, type Vector } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import { numberedCells } from '../tables/distinct.ts';
import type { Job } from '../job.ts';
import { startsOf } from '../membership.ts';
import { columnOf, type Rows } from '../rows.ts';
import { combinationsOf } from '../tables/summarize.ts';
import { all, type Task } from '../task.ts';
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
  const found = rowsByKey(ordered, size);
  const sourceOf = matches.map((it) => open.indexOf(it));

  const combinations = (at: number): readonly (readonly Cell[])[] => {
    const [from, to] = range(at);
    pulseBy(to - from);
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
    rows: (at) => found(at, combinations(at)),
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

/** How many combinations are looked for row by row; for more of them the rows are indexed. */
const FEW = 4;

/** The rows of a context that have each of some combinations of values in the columns that are matched. */
function rowsByKey({ rows, matched }: Ordered, size: number): (context: number, keys: readonly (readonly Cell[])[]) => readonly (readonly number[])[] {
  const columns = matched.map(valuesOfColumn);
  const range = startsOf(rows, size);
  const ofRow = (row: number): string | number => (columns.length === 1 ? ((columns[0] as Numbered).numbers[row] as number) : columns.map((it) => it.numbers[row]).join());
  const ofKey = (key: readonly Cell[]): readonly (number | undefined)[] => columns.map((it, i) => it.numberOf.get(key[i] as string | null));
  const search = (context: number, key: readonly (number | undefined)[]): readonly number[] => {
    const found: number[] = [];
    const [from, to] = range(context);
    pulseBy(to - from);
    for (let row = from; row < to; row++) if (columns.every((it, i) => it.numbers[row] === key[i])) found.push(row);
    return found;
  };
  let indexed: { readonly context: number; readonly byKey: ReadonlyMap<string | number, readonly number[]> } | undefined;
  const indexOf = (context: number): ReadonlyMap<string | number, readonly number[]> => {
    if (indexed?.context === context) return indexed.byKey;
    const byKey = new Map<string | number, number[]>();
    const [from, to] = range(context);
    for (let row = from; row < to; row++) {
      pulse();
      const known = byKey.get(ofRow(row));
      if (known === undefined) byKey.set(ofRow(row), [row]);
      else known.push(row);
    }
    indexed = { context, byKey };
    return byKey;
  };
  return (context, keys) => {
    const numbers = keys.map(ofKey);
    if (rows.owners !== undefined && keys.length <= FEW) return numbers.map((it) => (it.includes(undefined) ? [] : search(context, it)));
    const byKey = indexOf(rows.owners === undefined ? 0 : context);
    return numbers.map((it) => (it.includes(undefined) ? [] : (byKey.get(it.length === 1 ? (it[0] as number) : it.join()) ?? [])));
  };
}

interface Numbered {
  readonly numbers: Int32Array;
  readonly numberOf: ReadonlyMap<string | null, number>;
}

/** The distinct values of a column by their keys, and the number of each row's value. */
function valuesOfColumn(vector: Vector): Numbered {
  const { numbers, cells } = numberedCells(vector);
  const numberOf = new Map<string | null, number>();
  const own = cells.map((cell) => {
    const key = keyed(cell, vector.type);
    const known = numberOf.get(key);
    if (known !== undefined) return known;
    numberOf.set(key, numberOf.size);
    return numberOf.size - 1;
  });
  return { numbers: numbers.map((it) => own[it] as number), numberOf };
}

function keyed(cell: Cell, type: ValueType): string | null {
  if (isFailure(cell)) throw new Stopped(cell);
  return isVariant(cell) ? matchKey(cell.value, cell.type) : matchKey(cell, type);
}
