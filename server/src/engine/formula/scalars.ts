/** Scalars: for each kind of expression, one value for each context of a batch. */
import { assertNever } from '../../base/assertNever.ts';
import type { Scalar } from '../../plan/plan.ts';
import type { At, Cell, ValueType } from '../../plan/values.ts';
import { changeContext } from '../context/changes.ts';
import { MAX_DEPTH, Stopped, stopped } from '../budget.ts';
import { callFunction } from '../functions/registry.ts';
import { arithmetic } from '../values/arithmetic.ts';
import { daxError, isFailure, notEvaluated, type Failure } from '../values/cells.ts';
import { toBoolean, toDouble } from '../values/coerce.ts';
import { compareVectors } from '../values/compare.ts';
import { commonType } from '../values/types.ts';
import { castCell, cellAt, constant, dictionaryVector, pick, scatter, type Vector } from '../values/vector.ts';
import { composeIndex, originIn, rowInSight, subsetOf, variableInSight, type Context } from './batch.ts';
import type { Job } from './job.ts';
import { leaf, onlyValue, remembered, spoil } from './leaves.ts';
import { lookup } from './lookup.ts';
import { measureWithGroups, selectedMeasure } from './calculationGroups.ts';
import { countRelation, foldRelation } from './folds.ts';
import { isMember, scalarOfRelation } from './membership.ts';
import { probe } from './probes.ts';
import { evaluateRelation, queryVariable, withVariables } from './relations.ts';
import { columnOf } from './rows.ts';
import { vectorOf } from './results.ts';
import { overRows } from './statistics/statistics.ts';
import { all, ask, both, call, share, type Task } from './task.ts';
import { windowPlace } from './windows/window.ts';
import { allIndices, indicesWhere } from '../values/indices.ts';

/** Evaluates `node`; whatever stops it becomes the value of every context. */
export function evaluateScalar(job: Job, node: Scalar, context: Context): Task<Vector> {
  return call(job.tracer === undefined ? evaluateBounded(job, node, context) : job.tracer.scalar(node, context, (it) => evaluateBounded(job, node, it)));
}

function* evaluateBounded(job: Job, node: Scalar, outer: Context): Task<Vector> {
  const context = { ...outer, depth: outer.depth + 1 };
  const { size } = context.batch;
  try {
    if (context.depth > MAX_DEPTH) throw stopped({ id: 'limit', what: 'depth', limit: `${MAX_DEPTH} levels` });
    job.budget.poll();
    return yield* evaluate(job, node, context);
  } catch (fault) {
    if (!(fault instanceof Stopped)) throw fault;
    return constant('blank', placed(fault.failure, node.at), size);
  }
}

const placed = (failure: Failure, at: At | undefined): Failure => (failure.at === undefined && at !== undefined ? { ...failure, at } : failure);

const evaluators = { scalar: evaluateScalar, relation: evaluateRelation };

function* evaluate(job: Job, node: Scalar, context: Context): Task<Vector> {
  const { batch, scope } = context;
  switch (node.op) {
    case 'constant': return constant(node.type, node.value, batch.size);
    case 'notEvaluated': return constant('blank', notEvaluated(node.reason, node.at), batch.size);
    case 'column': {
      const binding = rowInSight(scope, node.row);
      if (binding === undefined) throw new Error(`row context ${node.row} is not in sight`);
      return pick(yield* columnOf(binding.set, node.index), composeIndex(originIn(batch, binding.batch), binding.index));
    }
    case 'related': return yield* related(node, context);
    case 'variable': return yield* variable(job, node.id, context);
    case 'let': return yield* evaluateScalar(job, node.body, withVariables(node.variables, context));
    case 'call': {
      const args = yield* all(node.args.map((it) => optional(job, it, context)));
      return callFunction(node.name, args, { length: batch.size, at: node.at, culture: job.culture, clock: job.clock, random: job.random, budget: job.budget });
    }
    case 'if': return yield* branch(job, node, context);
    case 'switch': return yield* choose(job, node, context);
    case 'coalesce': return yield* coalesce(job, node.args, context);
    case 'and':
    case 'or': return yield* connect(job, node, context);
    case 'divide': return yield* divide(job, node, context);
    case 'aggregate': return yield* leaf(job, batch, node.fn, node.column);
    case 'countRows': return yield* countRelation(job, evaluators, node.relation, context);
    case 'fold': return yield* foldRelation(job, evaluators, node, context);
    case 'overRows': return yield* overRows(job, evaluators, node, context);
    case 'measure': return yield* measure(job, node, context);
    case 'selectedMeasure': return yield* selectedMeasure(job, node, context, measure);
    case 'calculate': {
      const { context: inner, spoiled } = yield* changeContext(job, evaluators, node.changes, node.transition, context);
      return spoil(yield* evaluateScalar(job, node.expression, inner), spoiled);
    }
    case 'scalarOf': return yield* scalarOfRelation(job, evaluators, node, context);
    case 'in': return yield* isMember(job, evaluators, node, context);
    case 'lookup': return yield* lookup(job, evaluators, node, context);
    case 'hasOneValue': {
      const { distinct } = yield* onlyValue(job, batch, node.column);
      return compareVectors('==', distinct, constant('int64', 1, batch.size), node.at);
    }
    case 'probe': return yield* probe(job, node, context);
    case 'selectedValue': return yield* selectedValue(job, node, context);
    case 'windowPlace': return yield* windowPlace(job, evaluators, node, context);
    default: return assertNever(node);
  }
}

function* nothing(): Task<null> {
  return null;
}

const optional = (job: Job, node: Scalar | null, context: Context): Task<Vector | null> => (node === null ? nothing() : evaluateScalar(job, node, context));

/** Evaluates `node` for some contexts only; with none it still tells the type. */
export function evaluateFor(job: Job, node: Scalar, context: Context, picks: Int32Array): Task<Vector> {
  if (picks.length === context.batch.size) return evaluateScalar(job, node, context);
  return evaluateScalar(job, node, { ...context, batch: subsetOf(context.batch, picks) });
}

/** Sorts contexts by a condition: those for which it holds, those for which it does not, and those it failed for. */
function sortOut(condition: Vector, size: number, test: (cell: Cell) => boolean | Failure): { readonly yes: Int32Array; readonly no: Int32Array; readonly failed: Int32Array; readonly failures: Vector } {
  const yes: number[] = [];
  const no: number[] = [];
  const failed: number[] = [];
  const failures: Cell[] = [];
  for (let i = 0; i < size; i++) {
    const cell = cellAt(condition, i);
    const holds = isFailure(cell) ? cell : test(cell);
    if (holds === true) yes.push(i);
    else if (holds === false) no.push(i);
    else {
      failed.push(i);
      failures.push(holds);
    }
  }
  return {
    yes: Int32Array.from(yes), no: Int32Array.from(no), failed: Int32Array.from(failed),
    failures: { kind: 'cells', type: 'blank', cells: failures, length: failures.length },
  };
}

function* branch(job: Job, node: Extract<Scalar, { op: 'if' }>, context: Context): Task<Vector> {
  const { size } = context.batch;
  const condition = yield* evaluateScalar(job, node.condition, context);
  const { then: whenTrue, otherwise } = node;
  const holds = (it: Cell): boolean | Failure => toBoolean(it, node.condition.at);
  // Who follows the evaluation sees the branch that is taken.
  if (job.tracer === undefined && condition.kind === 'dictionary' && condition.size <= size && whenTrue.op === 'constant' && (otherwise === null || otherwise.op === 'constant')) {
    return byDistinct(condition, holds, whenTrue, otherwise ?? BLANK);
  }
  const { yes, no, failed, failures } = sortOut(condition, size, holds);
  const [then, other] = yield* both(
    evaluateFor(job, whenTrue, context, yes),
    otherwise === null ? optional(job, null, context) : evaluateFor(job, otherwise, context, no),
  );
  return scatter([{ vector: then, at: yes }, { vector: other ?? constant('blank', null, no.length), at: no }, { vector: failures, at: failed }], size);
}

const BLANK = { type: 'blank', value: null } as const;

/** One of two constants for each distinct value of a condition. */
function byDistinct(condition: Extract<Vector, { kind: 'dictionary' }>, holds: (cell: Cell) => boolean | Failure, yes: Constant, no: Constant): Vector {
  const type = commonType(yes.type, no.type);
  const cells = condition.dictionary.map((cell): Cell => {
    const decided = isFailure(cell) ? cell : holds(cell);
    if (typeof decided !== 'boolean') return decided;
    const { value, type: own } = decided ? yes : no;
    return castCell(value, own, type);
  });
  return dictionaryVector(type, condition.codes, cells);
}

interface Constant {
  readonly type: ValueType;
  readonly value: Cell;
}

/** The one value of a column, or the alternate where there are none or several. */
function* selectedValue(job: Job, node: Extract<Scalar, { op: 'selectedValue' }>, context: Context): Task<Vector> {
  const { size } = context.batch;
  const { distinct, only } = yield* onlyValue(job, context.batch, node.column);
  const { yes, no, failed, failures } = sortOut(distinct, size, (it) => it === 1);
  const alternate = node.alternate === null ? constant('blank', null, no.length) : yield* evaluateFor(job, node.alternate, context, no);
  return scatter([{ vector: pick(only, yes), at: yes }, { vector: alternate, at: no }, { vector: failures, at: failed }], size);
}

function* choose(job: Job, node: Extract<Scalar, { op: 'switch' }>, context: Context): Task<Vector> {
  const { size } = context.batch;
  const subject = yield* evaluateScalar(job, node.subject, context);
  let rest = allIndices(size);
  const parts: { readonly vector: Vector; readonly at: Int32Array }[] = [];
  const chosen: { readonly then: Scalar; readonly at: Int32Array }[] = [];
  for (const arm of node.arms) {
    const match = yield* evaluateFor(job, arm.match, context, rest);
    const equal = compareVectors('==', pick(subject, rest), match, arm.match.at ?? node.at);
    const { yes, no, failed, failures } = sortOut(equal, rest.length, (it) => it === true);
    const back = (picks: Int32Array): Int32Array => picks.map((it) => rest[it] as number);
    chosen.push({ then: arm.then, at: back(yes) });
    if (failed.length > 0) parts.push({ vector: failures, at: back(failed) });
    rest = back(no) as Int32Array<ArrayBuffer>;
  }
  if (node.otherwise !== null) chosen.push({ then: node.otherwise, at: rest });
  const values = yield* all(chosen.map((it) => evaluateFor(job, it.then, context, it.at)));
  return scatter([...parts, ...values.map((vector, i) => ({ vector, at: chosen[i]?.at ?? rest }))], size);
}

function* coalesce(job: Job, args: readonly Scalar[], context: Context): Task<Vector> {
  const { size } = context.batch;
  let rest = allIndices(size);
  const parts: { readonly vector: Vector; readonly at: Int32Array }[] = [];
  for (const arg of args) {
    const value = yield* evaluateFor(job, arg, context, rest);
    const some = indicesWhere(rest.length, (i) => cellAt(value, i) !== null);
    parts.push({ vector: pick(value, some), at: some.map((i) => rest[i] as number) });
    rest = rest.filter((_, i) => cellAt(value, i) === null);
  }
  return scatter(parts, size);
}

/** && and ||: the right side only where the left does not decide. */
function* connect(job: Job, node: Extract<Scalar, { op: 'and' | 'or' }>, context: Context): Task<Vector> {
  const { size } = context.batch;
  const decisive = node.op === 'or';
  const left = yield* evaluateScalar(job, node.left, context);
  const { yes, no, failed, failures } = sortOut(left, size, (it) => toBoolean(it, node.left.at));
  const decided = decisive ? yes : no;
  const open = decisive ? no : yes;
  const right = yield* evaluateFor(job, node.right, context, open);
  const truth: Cell[] = Array.from({ length: open.length }, (_, i) => {
    const cell = cellAt(right, i);
    return isFailure(cell) ? cell : toBoolean(cell, node.right.at);
  });
  return scatter([
    { vector: constant('boolean', decisive, decided.length), at: decided },
    { vector: { kind: 'cells', type: 'boolean', cells: truth, length: truth.length }, at: open },
    { vector: failures, at: failed },
  ], size);
}

function* divide(job: Job, node: Extract<Scalar, { op: 'divide' }>, context: Context): Task<Vector> {
  const { size } = context.batch;
  const [numerator, denominator] = yield* both(evaluateScalar(job, node.numerator, context), evaluateScalar(job, node.denominator, context));
  const quotient = arithmetic('/', numerator, denominator, node.at);
  const isZero = (cell: Cell): boolean => {
    const value = toDouble(cell, denominator.type, node.at);
    return value === null || value === 0;
  };
  const replaced = indicesWhere(size, (i) => !isFailure(cellAt(quotient, i)) && isZero(cellAt(denominator, i)));
  if (replaced.length === 0 && node.alternate === null) return quotient;
  const alternate = node.alternate === null ? constant('blank', null, replaced.length) : yield* evaluateFor(job, node.alternate, context, replaced);
  const kept = without(replaced, size);
  return scatter([{ vector: pick(quotient, kept), at: kept }, { vector: alternate, at: replaced }], size);
}

/** The contexts that are not among `picks`. */
function without(picks: Int32Array, size: number): Int32Array {
  const gone = new Uint8Array(size);
  for (const it of picks) gone[it] = 1;
  return indicesWhere(size, (i) => gone[i] === 0);
}

function* related(node: Extract<Scalar, { op: 'related' }>, context: Context): Task<Vector> {
  const binding = rowInSight(context.scope, node.row);
  if (binding === undefined) throw new Error(`row context ${node.row} is not in sight`);
  const { set } = binding;
  const { table, handles } = set;
  if (table === undefined || handles === undefined) throw stopped({ id: 'type-error', detail: 'RELATED needs a row context over whole rows of a table' });
  const target = { kind: 'column', ...node.column } as const;
  // Rows lead over the relationships that were in use when they were read (sqlbi.com/articles/expanded-tables-in-dax).
  const using = set.relationships === undefined ? {} : { relationships: set.relationships };
  const vector = vectorOf(yield* ask({ kind: 'gather', table, rows: handles, target, ...using }), handles.length);
  return pick(vector, composeIndex(originIn(context.batch, binding.batch), binding.index));
}

function* variable(job: Job, id: number, context: Context): Task<Vector> {
  const inScope = variableInSight(context.scope, id);
  const found = inScope ?? queryVariable(job, id);
  if (found.plan.kind !== 'scalar') throw new Error(`variable ${id} is not in sight`);
  const { frame, plan } = found;
  if (context.batch.size === 0 && frame.scalar.state === 'new') {
    return yield* evaluateScalar(job, plan.value, { ...frame.context, batch: subsetOf(frame.context.batch, new Int32Array(0)) });
  }
  const value = yield* share(frame.scalar, () => evaluateScalar(job, plan.value as Scalar, frame.context));
  return pick(value, inScope === undefined ? new Int32Array(context.batch.size) : originIn(context.batch, frame.context.batch));
}

function* measure(job: Job, node: Extract<Scalar, { op: 'measure' }>, context: Context): Task<Vector> {
  const plan = job.measures[node.index];
  if (plan === undefined) throw new Error(`there is no measure ${node.index}`);
  const circle = job.circles.get(node.index);
  if (circle !== undefined) return constant('blank', daxError('circular-dependency', { path: circle }, node.at), context.batch.size);
  return yield* remembered(context.batch, `measure\u0000${node.index}\u0000${node.transition.join()}`, function* () {
    const { context: inner, spoiled } = yield* changeContext(job, evaluators, [], node.transition, context);
    const batch = node.transition.length === 0 ? context.batch : inner.batch;
    if (plan.groups !== undefined) return spoil(yield* measureWithGroups(job, evaluateScalar, { index: node.index, plan, groups: plan.groups }, { ...context, batch }), spoiled);
    // Neither row contexts nor variables of the caller are in sight in a measure.
    return spoil(yield* evaluateScalar(job, plan.expression, { ...context, batch, scope: undefined }), spoiled);
  });
}
