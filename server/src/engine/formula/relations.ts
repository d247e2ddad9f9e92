/** Relations: rows for each context of a batch. */
import { assertNever } from '../../base/assertNever.ts';
import type { ColumnRef, Relation, VariableId, VariablePlan } from '../../plan/plan.ts';
import type { Cell } from '../../plan/values.ts';
import { Stopped, stopped, MAX_DEPTH } from '../budget.ts';
import { allCombinations, changeContext, type Evaluate } from '../context/changes.ts';
import { notEvaluated, type Failure } from '../values/cells.ts';
import { toBoolean } from '../values/coerce.ts';
import { cast, cellAt, cellsVector, concat, constant, pick } from '../values/vector.ts';
import { commonType } from '../values/types.ts';
import { allSelectedRows } from './allSelectedRows.ts';
import { batchOf, composeIndex, originIn, subsetOf, variableInSight, type Context, type Scope, type VariableFrame } from './batch.ts';
import { calendar } from './dates/calendar.ts';
import { choose } from './tables/choose.ts';
import { crossRows } from './tables/cross.ts';
import { distinctRows } from './tables/distinct.ts';
import { generate } from './tables/generate.ts';
import { groupBy } from './tables/groupBy.ts';
import { iterate } from './iterate.ts';
import { filterInNumbers } from './numeric/filter.ts';
import type { Job } from './job.ts';
import { naturalJoin, setOperation } from './tables/matching.ts';
import { numbered } from './tables/numbered.ts';
import { addMissing } from './tables/missing.ts';
import { orderRows } from './tables/order.ts';
import { regression } from './statistics/regression.ts';
import { answered } from './results.ts';
import { rollupRows } from './tables/rollup.ts';
import { byContext, columnOf, keepRows, lazyRows, madeRows, mergeSpoiled, ownedRows, pickRows, rowsOf, storedRows, sureRows, type Rows, type RowSet } from './rows.ts';
import { evaluateScalar } from './scalars.ts';
import { filterValues } from './probes.ts';
import { series } from './tables/series.ts';
import { scopeOf, type ScopeOfBatch } from './scopes.ts';
import { summarizeColumns } from './tables/summarize.ts';
import { all, ask, call, share, shared, shareIn, type Task } from './task.ts';
import { datesOf } from './dates/timeIntelligence.ts';
import { evaluateInRows } from './perValue.ts';
import { topN } from './tables/topN.ts';
import { treatAs } from './tables/treatAs.ts';
import { isContextFree, usesOf, usesOfAll } from './uses.ts';
import { windowRows } from './windows/window.ts';

/** Evaluates `node`; whatever stops it spoils its rows in every context. What reads no context is evaluated once. */
export function evaluateRelation(job: Job, node: Relation, context: Context): Task<Rows> {
  return evaluateBy(job, node, context, sureRows);
}

/** The rows to be shown as they are: rows that may not be there are told by what failed in them. */
export const evaluateShown = (job: Job, node: Relation, context: Context): Task<Rows> => evaluateBy(job, node, context, (it) => it);

function evaluateBy(job: Job, node: Relation, context: Context, finish: (rows: Rows) => Rows): Task<Rows> {
  return call(job.tracer === undefined ? evaluateBounded(job, node, context, finish) : job.tracer.relation(node, context, (it) => evaluateBounded(job, node, it, finish)));
}

function* evaluateBounded(job: Job, node: Relation, outer: Context, finish: (rows: Rows) => Rows): Task<Rows> {
  const context = { ...outer, depth: outer.depth + 1 };
  try {
    if (context.depth > MAX_DEPTH) throw stopped({ id: 'limit', what: 'depth', limit: `${MAX_DEPTH} levels` });
    job.budget.poll();
    if (context.batch.size > 0 && context.batch.relationships === undefined && isContextFree(usesOf(node))) {
      const alone: Context = { ...context, batch: batchOf(1, []), scope: undefined };
      return finish(yield* shareIn(job.relations, node, () => evaluate(job, node, alone)));
    }
    return finish(yield* evaluate(job, node, context));
  } catch (fault) {
    if (!(fault instanceof Stopped)) throw fault;
    return failedRows(node, fault.failure);
  }
}

const evaluators: Evaluate = { scalar: evaluateScalar, relation: evaluateRelation };

/** No rows, and for every context the reason. */
function failedRows(node: Relation, failure: Failure): Rows {
  const placed: Failure = failure.at === undefined && node.at !== undefined ? { ...failure, at: node.at } : failure;
  return rowsOf(madeRows(node.columns, node.columns.map(() => constant('blank', null, 0)), 0), undefined, placed);
}

function* evaluate(job: Job, node: Relation, context: Context): Task<Rows> {
  switch (node.op) {
    case 'scan': return yield* scanRows(job, node, context);
    case 'allSelected': return yield* allSelectedRows(job, evaluators, node, context);
    case 'values': return yield* distinctValues(job, node.columns.map(lineageOf), node.blankRow, context);
    case 'all': return yield* allRows(job, node, context);
    case 'filter': {
      const input = yield* evaluateRelation(job, node.input, context);
      const quick = yield* filterInNumbers(job, evaluators, node.predicate, node.row, input, context);
      if (quick !== undefined) return quick;
      const iteration = iterate(job, context, input, node.row, usesOf(node.predicate));
      const kept = yield* evaluateInRows(job, evaluators, node.predicate, node.row, iteration);
      return keepRows(iteration.rows, kept, (cell) => toBoolean(cell, node.predicate.at));
    }
    case 'extend': return yield* extend(job, node, context);
    case 'project': {
      const input = yield* evaluateRelation(job, node.input, context);
      const { context: inner, rows } = iterate(job, context, input, node.row, usesOfAll(node.expressions));
      const set = lazyRows(node.columns, rows.set.length, (index) => evaluateScalar(job, at(node.expressions, index), inner));
      return { set, owners: rows.owners, spoiled: rows.spoiled };
    }
    case 'union': return yield* union(job, node, context);
    case 'cross': {
      const { size } = context.batch;
      const { set, owners, spoiled } = crossRows(job, yield* all(node.inputs.map((it) => evaluateRelation(job, it, context))), size);
      return { set: lazyRows(node.columns, set.length, (index) => columnOf(set, index)), owners, spoiled };
    }
    case 'generate': return yield* generate(job, evaluators, node, context);
    case 'intersect':
    case 'except': return yield* setOperation(job, evaluators, node, context);
    case 'join': return yield* naturalJoin(job, evaluators, node, context);
    case 'topN': return yield* topN(job, evaluators, node, context);
    case 'choose': return yield* choose(job, evaluators, node, context);
    case 'numbered': return yield* numbered(job, evaluators, node, context);
    case 'regression': return yield* regression(job, evaluators, node, context);
    case 'treatAs': return yield* treatAs(job, evaluators, node, context);
    case 'series': return yield* series(job, evaluators, node, context);
    case 'groupBy': return yield* groupBy(job, evaluators, node, context);
    case 'keepFilters': {
      const rows = yield* evaluateRelation(job, node.input, context);
      return { ...rows, set: { ...rows.set, keepsFilters: true } };
    }
    case 'distinct': return yield* distinctRows(yield* evaluateRelation(job, node.input, context), context.batch.size);
    case 'rows': return yield* constructed(job, node, context);
    case 'calculate': {
      const { context: inner, spoiled } = yield* changeContext(job, evaluators, node.changes, node.transition, context);
      const rows = yield* evaluateShown(job, node.input, inner);
      return { ...rows, spoiled: mergeSpoiled(spoiled, rows.spoiled) };
    }
    case 'summarizeColumns': return yield* summarizeColumns(job, evaluators, node, context);
    case 'rollup': return yield* rollupRows(job, evaluators, node, context);
    case 'addMissing': return yield* addMissing(job, evaluators, node, context);
    case 'filterValues': return yield* filterValues(job, node, context);
    case 'calendar': return yield* calendar(job, evaluators, node, context);
    case 'dates': return yield* datesOf(job, evaluators, node, context);
    case 'order': return yield* orderRows(job, { ...evaluators, relation: evaluateShown }, node, context);
    case 'window': return yield* windowRows(job, evaluators, node, context);
    case 'tableVariable': return yield* tableVariable(job, node, context);
    case 'let': {
      const inside = withVariables(node.variables, context);
      if (node.ofQuery === true) for (let it = inside.scope; it?.kind === 'variable'; it = it.outer) job.queryVariables.set(it.plan.id, it);
      return yield* evaluateShown(job, node.body, inside);
    }
    case 'notEvaluated': return failedRows(node, notEvaluated(node.reason, node.at));
    default: return assertNever(node);
  }
}

/** The context in which the body of a `let` is evaluated; each variable sees the ones before it. */
export function withVariables(plans: readonly VariablePlan[], context: Context): Context {
  let scope: Scope | undefined = context.scope;
  for (const plan of plans) {
    const frame: VariableFrame = { context: { ...context, scope }, scalar: shared(), table: shared() };
    scope = { kind: 'variable', plan, frame, outer: scope };
  }
  return { ...context, scope };
}

/** The rows of a table in the filter context. */
export function* scanRows(job: Job, node: Pick<Extract<Relation, { op: 'scan' }>, 'source' | 'columns' | 'blankRow'>, context: Context): Task<Rows> {
  const found = yield* scopeOf(job, context.batch, node.source, node.blankRow);
  const result = answered(yield* ask({ kind: 'rows', scope: found.scope }), 'rows');
  const spread = spreadRows(job, result.owners, found, context.batch.size);
  const handles = composeIndex(spread.picks, result.rows) ?? result.rows;
  return rowsOf(storedRows(node.source, node.columns, handles, context.batch.relationships), spread.owners, found.spoiled);
}

/** Distinct combinations of columns of one table in the filter context. */
export function* distinctValues(job: Job, columns: readonly ColumnRef[], blankRow: boolean, context: Context): Task<Rows> {
  const [first] = columns;
  if (first === undefined) throw new Error('VALUES without a column');
  const found = yield* scopeOf(job, context.batch, first.table, blankRow);
  const result = answered(yield* ask({ kind: 'groups', scope: found.scope, by: columns }), 'groups');
  const spread = spreadRows(job, result.owners, found, context.batch.size);
  const shape = columns.map((it) => ({ name: `${it.table}[${it.column}]`, lineage: it }));
  const vectors = result.vectors.map((it) => pick(it, spread.picks));
  return rowsOf(madeRows(shape, vectors, spread.picks?.length ?? result.owners.length), spread.owners, found.spoiled);
}

/** From rows of the contexts of a scope to rows of the contexts of the batch. */
function spreadRows(job: Job, owners: Int32Array, { contexts, scope }: ScopeOfBatch, size: number): { readonly owners: Int32Array | undefined; readonly picks: Int32Array | undefined } {
  if (contexts === undefined) return { owners: undefined, picks: undefined };
  const starts = new Int32Array(scope.contexts + 1);
  for (const owner of owners) starts[owner + 1] = (starts[owner + 1] as number) + 1;
  for (let i = 0; i < scope.contexts; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  let total = 0;
  for (const it of contexts) total += (starts[it + 1] as number) - (starts[it] as number);
  job.budget.reserveRows(total, 16);
  const spreadOwners = new Int32Array(total);
  const picks = new Int32Array(total);
  let next = 0;
  for (let context = 0; context < size; context++) {
    const number = contexts[context] as number;
    for (let row = starts[number] as number; row < (starts[number + 1] as number); row++) {
      spreadOwners[next] = context;
      picks[next++] = row;
    }
  }
  return { owners: spreadOwners, picks };
}

function* allRows(job: Job, node: Extract<Relation, { op: 'all' }>, context: Context): Task<Rows> {
  const open = job.openScope(node.source, node.blankRow);
  const scope = context.batch.size === 0 ? { ...open, contexts: 0 } : open;
  if (node.whole) {
    const result = answered(yield* ask({ kind: 'rows', scope }), 'rows');
    return rowsOf(storedRows(node.source, node.columns, result.rows, context.batch.relationships));
  }
  const columns = node.columns.map(lineageOf);
  if (context.batch.size > 0) return yield* allCombinations(job, columns, node.blankRow);
  const result = answered(yield* ask({ kind: 'groups', scope, by: columns }), 'groups');
  return rowsOf(madeRows(node.columns, result.vectors, 0));
}

const lineageOf = (it: { readonly lineage?: ColumnRef; readonly name: string }): ColumnRef => {
  if (it.lineage === undefined) throw new Error(`${it.name} is no column of the model`);
  return it.lineage;
};

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`there is no item ${index}`);
  return item;
}

function* extend(job: Job, node: Extract<Relation, { op: 'extend' }>, context: Context): Task<Rows> {
  const input = yield* evaluateRelation(job, node.input, context);
  const { context: inner, rows } = iterate(job, context, input, node.row, usesOfAll(node.extensions.map((it) => it.expression)));
  const width = rows.set.columns.length;
  const set: RowSet = {
    length: rows.set.length,
    columns: node.columns,
    table: rows.set.table,
    handles: rows.set.handles,
    relationships: rows.set.relationships,
    read: new Map(),
    make: (index) => (index < width ? columnOf(rows.set, index) : evaluateScalar(job, at(node.extensions, index - width).expression, inner)),
  };
  return { set, owners: rows.owners, spoiled: rows.spoiled };
}

function* union(job: Job, node: Extract<Relation, { op: 'union' }>, context: Context): Task<Rows> {
  const { size } = context.batch;
  const inputs = yield* all(node.inputs.map((it) => evaluateRelation(job, it, context)));
  const spoiled = inputs.reduce<Rows['spoiled']>((acc, it) => mergeSpoiled(acc, it.spoiled), undefined);
  const together = inputs.every((it) => it.owners === undefined);
  const parts = together ? inputs : inputs.map((it) => ownedRows(it, size));
  const length = parts.reduce((acc, it) => acc + it.set.length, 0);
  job.budget.reserveRows(length, 8 * node.columns.length);
  const set = lazyRows(node.columns, length, function* (index) {
    return concat(yield* all(parts.map((it) => columnOf(it.set, index))));
  });
  if (together) return rowsOf(set, undefined, spoiled);
  return byContext(set, Int32Array.from(parts.flatMap((it) => [...(it.owners ?? [])])), spoiled);
}

/** A table constructor: every cell in the current context. */
function* constructed(job: Job, node: Extract<Relation, { op: 'rows' }>, context: Context): Task<Rows> {
  const { size } = context.batch;
  const height = node.rows.length;
  job.budget.reserveRows(height * size, 16 * node.columns.length);
  const set = lazyRows(node.columns, height * size, function* (index) {
    const vectors = yield* all(node.rows.map((row) => evaluateScalar(job, at(row, index), context)));
    const type = vectors.map((it) => it.type).reduce(commonType, 'blank');
    const typed = vectors.map((it) => cast(it, type));
    return cellsVector(type, Array.from({ length: height * size }, (_, i): Cell => cellAt(at(typed, i % height), Math.floor(i / height))));
  });
  const owners = size === 1 ? undefined : Int32Array.from({ length: height * size }, (_, i) => Math.floor(i / height));
  return rowsOf(set, owners);
}

function* tableVariable(job: Job, node: Extract<Relation, { op: 'tableVariable' }>, context: Context): Task<Rows> {
  const inScope = variableInSight(context.scope, node.id);
  const found = inScope ?? queryVariable(job, node.id);
  if (found.plan.kind !== 'table') throw new Error(`table variable ${node.id} is not in sight`);
  const { frame, plan } = found;
  const value = plan.value as Relation;
  if (context.batch.size === 0 && frame.table.state === 'new') {
    return yield* evaluateRelation(job, value, { ...frame.context, batch: subsetOf(frame.context.batch, new Int32Array(0)) });
  }
  const rows = yield* share(frame.table, () => evaluateRelation(job, value, frame.context));
  if (inScope === undefined) return rowsIn(job, rows, new Int32Array(context.batch.size), context.batch.size);
  return rowsIn(job, rows, originIn(context.batch, frame.context.batch), context.batch.size);
}

/** A variable of the query, where a measure reads it: a query has one context, so all contexts have its value. */
export function queryVariable(job: Job, id: VariableId): Extract<Scope, { kind: 'variable' }> {
  const found = job.queryVariables.get(id);
  // A table that a query defines is computed by itself, before the query is.
  if (found === undefined) throw stopped({ id: 'feature-not-supported', what: 'variables of a query in metrics that its tables read', verb: 'are' });
  return found;
}

/** Rows of a batch as rows of one made from it: context i has those of context `origin[i]`. */
function rowsIn(job: Job, rows: Rows, origin: Int32Array | undefined, size: number): Rows {
  if (origin === undefined || (rows.owners === undefined && rows.spoiled === undefined)) return rows;
  const spoiled = rows.spoiled instanceof Map
    ? new Map(Array.from(origin, (it, i) => [i, (rows.spoiled as ReadonlyMap<number, Failure>).get(it)] as const).flatMap(([i, it]) => (it === undefined ? [] : [[i, it] as const])))
    : rows.spoiled;
  if (rows.owners === undefined) return { ...rows, spoiled };
  const scope = { contexts: (rows.owners.at(-1) ?? -1) + 1 };
  const beyond = origin.map((it) => Math.min(it, scope.contexts));
  const spread = spreadRows(job, rows.owners, { contexts: beyond, scope: { contexts: scope.contexts + 1, root: '', conditions: [], correlations: [], blankRow: false }, spoiled: undefined }, size);
  return { set: pickRows(rows.set, spread.picks ?? new Int32Array(0)), owners: spread.owners, spoiled };
}
