/** Rows found by the values of some columns, one search a context, answered by one scan. */
import type { ColumnRef } from '../../plan/plan.ts';
import type { At, Cell } from '../../plan/values.ts';
import { daxError, isFailure, type Failure } from '../values/cells.ts';
import { comparable, valueKey } from '../values/compare.ts';
import { typeName } from '../values/types.ts';
import { cellAt, cellsVector, type Vector } from '../values/vector.ts';
import { answered, vectorOf } from './results.ts';
import { all, ask, type Task } from './task.ts';

export interface Found {
  /** Distinct values of the result column, one context's after the other's. */
  readonly values: Vector;
  range(context: number): readonly [from: number, to: number];
  readonly failures: ReadonlyMap<number, Failure>;
}

/** The distinct values of `result`, at most two a context, in the rows whose columns hold the context's values. */
export function* columnSearch(result: ColumnRef, search: readonly { readonly column: ColumnRef; readonly values: Vector }[], size: number, at: At | undefined): Task<Found> {
  const empty = new Int32Array(0);
  const shapes = yield* all(search.map((it) => ask({ kind: 'gather', table: it.column.table, rows: empty, target: { kind: 'column', ...it.column } })));
  const failures = new Map<number, Failure>();
  const searched = search.map(({ values }, i) => {
    const column = vectorOf(shapes[i] as Parameters<typeof vectorOf>[0], 0);
    return { values, refused: comparable(values.type, column.type) ? undefined : daxError('comparison-types', { left: typeName(values.type), right: typeName(column.type) }, at) };
  });
  const numbers = new Map<string, number>();
  const tuples: Cell[][] = [];
  const numberOf = new Int32Array(size).fill(-1);
  for (let context = 0; context < size; context++) {
    const cells = searched.map(({ values, refused }): Cell => {
      return refused ?? cellAt(values, context);
    });
    const failure = cells.find(isFailure);
    if (failure !== undefined) {
      failures.set(context, failure);
      continue;
    }
    const key = JSON.stringify(cells.map((it, i) => (it === null ? null : String(valueKey(it, searched[i]?.values.type ?? 'blank')))));
    let number = numbers.get(key);
    if (number === undefined) {
      numbers.set(key, (number = tuples.length));
      tuples.push(cells);
    }
    numberOf[context] = number;
  }
  const scope = {
    root: result.table, blankRow: false, contexts: tuples.length, conditions: [],
    correlations: [{
      facets: search.map((it) => ({ kind: 'column', ...it.column }) as const),
      columns: searched.map(({ values }, i) => cellsVector(values.type, tuples.map((it) => it[i] ?? null))),
      count: tuples.length,
      owners: Int32Array.from(tuples, (_, i) => i),
    }],
  };
  const found = answered(yield* ask({ kind: 'groups', scope, by: [result], limit: 2 }), 'groups');
  const starts = new Int32Array(tuples.length + 1);
  for (const owner of found.owners) starts[owner + 1] = (starts[owner + 1] as number) + 1;
  for (let i = 0; i < tuples.length; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  return {
    values: found.vectors[0] as Vector,
    range: (context) => {
      const number = numberOf[context] as number;
      return number === -1 ? [0, 0] : [starts[number] as number, starts[number + 1] as number];
    },
    failures,
  };
}
