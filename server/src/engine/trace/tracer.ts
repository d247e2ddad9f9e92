/**
 * Records what an evaluation does. Only an evaluation that asks for a trace has a tracer; without one the formula engine
 * tests a field for each node of the plan, and nothing more.
 */
import type { At } from '../../plan/values.ts';
import type { Relation, Scalar } from '../../plan/plan.ts';
import type { TraceFilter, TraceResult, TraceStep } from '../../plan/trace.ts';
import { Stopped } from '../budget.ts';
import { loadFacet, type FilterItem } from '../context/items.ts';
import type { Context } from '../formula/batch.ts';
import { spoiledAt, type Rows } from '../formula/rows.ts';
import { all, type Task } from '../formula/task.ts';
import { cellAt, type Vector } from '../values/vector.ts';

export interface Tracer {
  readonly steps: readonly TraceStep[];
  /** Evaluates a node, and records it when it has a place in a text. */
  scalar(node: Scalar, context: Context, evaluate: (context: Context) => Task<Vector>): Task<Vector>;
  relation(node: Relation, context: Context, evaluate: (context: Context) => Task<Rows>): Task<Rows>;
}

/** A trace that is longer tells nobody anything. */
const MAX_STEPS = 20_000;
/** Values and tuples of a step. */
const MAX_SHOWN = 10;

/** @param now milliseconds of a clock that runs on */
export function tracerOf(now: () => number): Tracer {
  const steps: (Omit<TraceStep, 'result' | 'filters' | 'milliseconds'> & Partial<TraceStep>)[] = [];
  function* record<T>(at: At | undefined, context: Context, evaluate: (context: Context) => Task<T>, resultOf: (value: T) => TraceResult): Task<T> {
    if (at === undefined || steps.length >= MAX_STEPS) return yield* evaluate(context);
    const index = steps.push({ parent: context.step, at, contexts: context.batch.size }) - 1;
    const started = now();
    const value = yield* evaluate({ ...context, step: index });
    const milliseconds = now() - started;
    steps[index] = { parent: context.step, at, contexts: context.batch.size, filters: yield* filtersOf(context), milliseconds, result: resultOf(value) };
    return value;
  }
  return {
    // What was begun and never ended was given up.
    get steps() {
      return steps.map((it): TraceStep => ({ filters: [], milliseconds: 0, result: { kind: 'rows', rows: 0, columns: [] }, ...it }));
    },
    scalar: (node, context, evaluate) => (node.op === 'constant' ? evaluate(context) : record(node.at, context, evaluate, valuesOf)),
    relation: (node, context, evaluate) => record(node.at, context, evaluate, rowsOf),
  };
}

const valuesOf = (vector: Vector): TraceResult => ({
  kind: 'values', type: vector.type, cells: Array.from({ length: Math.min(vector.length, MAX_SHOWN) }, (_, i) => cellAt(vector, i)),
});

function rowsOf({ set, spoiled }: Rows): TraceResult {
  const failure = spoiled === undefined ? undefined : spoiledAt(spoiled, 0);
  return failure === undefined ? { kind: 'rows', rows: set.length, columns: set.columns.map((it) => it.name) } : { kind: 'failed', failure };
}

function* filtersOf({ batch }: Context): Task<TraceFilter[]> {
  return yield* all(batch.filters.map(filterOf));
}

function* filterOf(item: FilterItem): Task<TraceFilter> {
  const columns = item.facets.map(({ facet }) => (facet.kind === 'row' ? facet.table : `${facet.table}[${facet.column}]`));
  const plain = { columns, count: item.count, perContext: item.spread.kind !== 'all' };
  if (item.facets.some(({ facet }) => facet.kind === 'row')) return { ...plain, tuples: [] };
  try {
    const loaded = yield* all(item.facets.map(loadFacet));
    const tuples = Array.from({ length: Math.min(item.count, MAX_SHOWN) }, (_, i) => loaded.map((it) => (
      it instanceof Int32Array ? ({ value: it[i] ?? null, type: 'int64' } as const) : { value: cellAt(it, i), type: it.type })));
    return { ...plain, tuples };
  } catch (fault) {
    if (!(fault instanceof Stopped)) throw fault;
    return { ...plain, tuples: [] };
  }
}
