/** Aggregates of a column, iterators over a table, and counting. */
import type { Call, Expression } from '../../../../../grammar/src/tree.ts';
import type { FoldFunction, LeafFunction } from '../../../plan/plan.ts';
import { findTable, unwrap } from '../../scope.ts';
import type { ScalarLowering } from '../calls.ts';
import { argumentAt, at, noFeature, notEvaluated, openRow, type LowerEnv } from '../context.ts';
import { columnTarget, lowerRelation, scanOf } from '../relations.ts';
import { lowerArgument } from '../scalars.ts';

/** SUM(T[c]) and its kin. */
const leaf = (fn: LeafFunction): ScalarLowering => (call, env) => {
  const target = columnTarget(argumentAt(call, 0), env);
  if (target.kind === 'none') return notEvaluated(env, call, target.reason);
  return { op: 'aggregate', fn, column: target.column, at: at(env, call) };
};

/** MIN and MAX: of a column, or of two values. */
const extreme = (fn: 'MIN' | 'MAX'): ScalarLowering => (call, env) => {
  if (call.args.length < 2) return leaf(fn)(call, env);
  return { op: 'call', name: fn, args: call.args.map((it) => lowerArgument(it, env)), at: at(env, call) };
};

const isTruth = (it: Expression): boolean => it.kind === 'boolean' || (it.kind === 'call' && /^(?:true|false)$/i.test(it.name) && it.args.length === 0);

/** SUMX(table, expression) and its kin. */
const fold = (fn: FoldFunction): ScalarLowering => (call: Call, env: LowerEnv) => {
  const table = argumentAt(call, 0);
  if (table === undefined) return notEvaluated(env, call, { id: 'syntax-error' });
  const variants = argumentAt(call, 2);
  // Over values of one type it makes no difference, and those of several are put in the order of ORDER BY.
  if (variants !== undefined && !isTruth(unwrap(variants))) return notEvaluated(env, call, noFeature(`a computed third argument of ${call.name.toUpperCase()}`));
  const { relation, shape } = lowerRelation(table, env);
  const { id, inside } = openRow(env, shape);
  return { op: 'fold', fn, relation, row: id, expression: lowerArgument(call.args[1], inside), at: at(env, call) };
};

/** COUNTROWS(table); without one the rows of the table that is the metric's home. */
const countRows: ScalarLowering = (call, env) => {
  const table = argumentAt(call, 0);
  const home = env.names.homeTable === undefined || call.args.length > 0 ? undefined : findTable(env.names, env.names.homeTable);
  if (home !== undefined) return { op: 'countRows', relation: scanOf(call, home, false, env).relation, at: at(env, call) };
  if (table === undefined) return notEvaluated(env, call, noFeature('COUNTROWS without a table'));
  return { op: 'countRows', relation: lowerRelation(table, env).relation, at: at(env, call) };
};

/** ISEMPTY(T): no row to count. */
const isEmpty: ScalarLowering = (call, env) => ({ op: 'call', name: 'ISBLANK', args: [countRows(call, env)], at: at(env, call) });

export const aggregations: readonly (readonly [string, ScalarLowering])[] = [
  ['SUM', leaf('SUM')],
  ['AVERAGE', leaf('AVERAGE')],
  ['COUNT', leaf('COUNT')],
  ['COUNTA', leaf('COUNTA')],
  ['COUNTBLANK', leaf('COUNTBLANK')],
  ['DISTINCTCOUNT', leaf('DISTINCTCOUNT')],
  ['DISTINCTCOUNTNOBLANK', leaf('DISTINCTCOUNTNOBLANK')],
  ['MIN', extreme('MIN')],
  ['MAX', extreme('MAX')],
  ['SUMX', fold('SUM')],
  ['AVERAGEX', fold('AVERAGE')],
  ['MINX', fold('MIN')],
  ['MAXX', fold('MAX')],
  ['COUNTX', fold('COUNT')],
  ['COUNTAX', fold('COUNT')],
  ['COUNTROWS', countRows],
  ['ISEMPTY', isEmpty],
];
