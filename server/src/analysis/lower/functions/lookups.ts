/** Values of the current row's relations, of another table's row, and of the filter context. */
import { resolveColumn, unwrap } from '../../scope.ts';
import { reaches } from '../../relationships.ts';
import type { ScalarLowering } from '../calls.ts';
import { argumentAt, at, noFeature, notEvaluated, typeError } from '../context.ts';
import { columnTarget } from '../relations.ts';
import { lowerArgument, lowerColumn } from '../scalars.ts';

/** RELATED(T[c]): the innermost row context over whole rows of a table that leads to T. */
const related: ScalarLowering = (call, env) => {
  const target = columnTarget(argumentAt(call, 0), env);
  if (target.kind === 'none') return notEvaluated(env, call, target.reason);
  const { model } = env.names;
  for (let i = env.rows.length - 1; i >= 0; i--) {
    const row = env.rows[i];
    const table = row?.shape.wholeTable;
    if (row === undefined || table === undefined || model === undefined) continue;
    if (reaches(model, table, target.column.table)) return { op: 'related', row: row.id, column: target.column, at: at(env, call) };
  }
  const name = `${target.column.table}[${target.column.column}]`;
  return notEvaluated(env, call, typeError(`no current row leads to ${name}`));
};

const lookup: ScalarLowering = (call, env) => {
  const result = columnTarget(argumentAt(call, 0), env);
  if (result.kind === 'none') return notEvaluated(env, call, result.reason);
  const pairs = call.args.slice(1);
  const search = [];
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const column = columnTarget(argumentAt(call, i + 1), env);
    if (column.kind === 'none') return notEvaluated(env, call, column.reason);
    const isInReach = env.names.model !== undefined && reaches(env.names.model, result.column.table, column.column.table);
    if (!isInReach) return notEvaluated(env, call, typeError(`${column.column.table} is not reached from ${result.column.table}`));
    search.push({ column: column.column, value: lowerArgument(pairs[i + 1], env) });
  }
  const alternate = pairs.length % 2 === 1 ? lowerArgument(pairs.at(-1), env) : null;
  return { op: 'lookup', result: result.column, search, alternate, at: at(env, call) };
};

const selectedValue: ScalarLowering = (call, env) => {
  const target = columnTarget(argumentAt(call, 0), env);
  if (target.kind === 'none') return notEvaluated(env, call, target.reason);
  const alternate = call.args.length > 1 ? lowerArgument(call.args[1], env) : null;
  return { op: 'selectedValue', column: target.column, alternate, at: at(env, call) };
};

const hasOneValue: ScalarLowering = (call, env) => {
  const target = columnTarget(argumentAt(call, 0), env);
  if (target.kind === 'none') return notEvaluated(env, call, target.reason);
  return { op: 'hasOneValue', column: target.column, at: at(env, call) };
};

/** EARLIER(T[c], n): the column in the n-th row context outwards that has it. */
const earlier: ScalarLowering = (call, env) => {
  const argument = argumentAt(call, 0);
  const column = argument === undefined ? undefined : unwrap(argument);
  const depth = argumentAt(call, 1);
  if (column?.kind !== 'column') return notEvaluated(env, call, typeError('a column is wanted'));
  if (depth !== undefined && depth.kind !== 'number') return notEvaluated(env, call, noFeature('EARLIER with a computed depth'));
  const steps = depth?.value ?? 1;
  if (!Number.isInteger(steps) || steps < 1) return notEvaluated(env, call, typeError('the depth of EARLIER is a whole number from 1 on'));
  return lowerColumn(column, env, steps);
};

/** EARLIEST(T[c]): the column in the outermost row context that has it. */
const earliest: ScalarLowering = (call, env) => {
  const argument = argumentAt(call, 0);
  const column = argument === undefined ? undefined : unwrap(argument);
  if (column?.kind !== 'column') return notEvaluated(env, call, typeError('a column is wanted'));
  let steps = 1;
  while (steps < env.rows.length && resolveColumn(column, env.names, env.rows, steps + 1).kind === 'row') steps++;
  return lowerColumn(column, env, steps);
};

export const lookups: readonly (readonly [string, ScalarLowering])[] = [
  ['RELATED', related],
  ['LOOKUPVALUE', lookup],
  ['SELECTEDVALUE', selectedValue],
  ['HASONEVALUE', hasOneValue],
  ['EARLIER', earlier],
  ['EARLIEST', earliest],
];
