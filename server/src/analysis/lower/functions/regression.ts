/** LINEST and LINESTX: a line through points, described by one row. */
import type { Argument, Call } from '../../../../../grammar/src/tree.ts';
import { nameKey } from '../../../model/model.ts';
import type { Scalar } from '../../../plan/plan.ts';
import { findTable, unwrap } from '../../scope.ts';
import { addedColumn, columnsShape, type TableShape } from '../../shapes.ts';
import type { RelationLowering } from '../calls.ts';
import { argumentAt, at, noFeature, noRelation, openRow, shaped, syntaxError, typeError, type LowerEnv, type Lowered } from '../context.ts';
import { columnTarget, lowerRelation, scanOf } from '../relations.ts';
import { lowerArgument } from '../scalars.ts';

function lineShape(slopes: number): TableShape {
  const each = (name: string): readonly string[] => Array.from({ length: slopes }, (_, i) => `${name}${String(i + 1)}`);
  return columnsShape([
    ...each('Slope'), 'Intercept', ...each('StandardErrorSlope'), 'StandardErrorIntercept', 'CoefficientOfDetermination',
    'StandardError', 'FStatistic', 'DegreesOfFreedom', 'RegressionSumOfSquares', 'ResidualSumOfSquares',
  ].map((it) => addedColumn(it, 'double')));
}

/** The last argument, where it is TRUE or FALSE: whether the line may miss zero. */
const truth = (argument: Argument | undefined): boolean => {
  const it = argument === undefined || argument.kind === 'omitted' ? undefined : unwrap(argument);
  return it?.kind === 'boolean' || (it?.kind === 'call' && ['TRUE', 'FALSE'].includes(it.name.toUpperCase()));
};

function parts(args: readonly Argument[]): { readonly points: readonly Argument[]; readonly constant: Argument | undefined } {
  const last = args.at(-1);
  return truth(last) ? { points: args.slice(0, -1), constant: last } : { points: args, constant: undefined };
}

function line(call: Call, env: LowerEnv, input: Lowered, id: number, points: readonly Scalar[], constant: Argument | undefined): Lowered {
  const [y, ...xs] = points;
  if (y === undefined || xs.length === 0) return noRelation(env, call, syntaxError);
  const shape = lineShape(xs.length);
  const told = constant === undefined ? null : lowerArgument(constant, env);
  return { relation: { op: 'regression', input: input.relation, row: id, y, xs, constant: told, ...shaped(shape), at: at(env, call) }, shape };
}

const ofTable: RelationLowering = (call, env) => {
  const table = argumentAt(call, 0);
  if (table === undefined) return noRelation(env, call, syntaxError);
  const input = lowerRelation(table, env);
  if (input.relation.op === 'notEvaluated') return input;
  const { id, inside } = openRow(env, input.shape);
  const { points, constant } = parts(call.args.slice(1));
  return line(call, env, input, id, points.map((it) => lowerArgument(it, inside)), constant);
};

/** Columns of one table of the model, in the filter context. */
const ofColumns: RelationLowering = (call, env) => {
  const { points, constant } = parts(call.args);
  const columns = [];
  for (const [i] of points.entries()) {
    const target = columnTarget(argumentAt(call, i), env);
    if (target.kind === 'none') return noRelation(env, call, target.reason);
    columns.push(target.column);
  }
  const [first] = columns;
  const table = first === undefined ? undefined : findTable(env.names, first.table);
  const argument = argumentAt(call, 0);
  if (table === undefined || argument === undefined) return noRelation(env, call, syntaxError);
  if (columns.some((it) => it.table !== first?.table)) return noRelation(env, call, typeError('LINEST of columns of several tables'));
  const input = scanOf(argument, table, false, env);
  const { id } = openRow(env, input.shape);
  const places = columns.map((it) => (input.shape.columns ?? []).findIndex((own) => nameKey(own.column) === nameKey(it.column)));
  if (places.includes(-1)) return noRelation(env, call, noFeature('LINEST of a column that the rows lack'));
  return line(call, env, input, id, places.map((index) => ({ op: 'column', row: id, index, at: at(env, argument) })), constant);
};

export const regressions: readonly (readonly [string, RelationLowering])[] = [
  ['LINEST', ofColumns],
  ['LINESTX', ofTable],
];
