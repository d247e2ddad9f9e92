/** NAMEOF: the name of a column as text. */
import type { ScalarLowering } from '../calls.ts';
import { argumentAt, at, noFeature, notEvaluated } from '../context.ts';
import { columnTarget } from '../relations.ts';

/** NAMEOF(T[c]): `'T'[c]`, the table always in quotes. Parts of a name, and names of measures, are not told. */
const nameOf: ScalarLowering = (call, env) => {
  if (call.args.length > 1) return notEvaluated(env, call, noFeature('NAMEOF of a part of a name'));
  const target = columnTarget(argumentAt(call, 0), env);
  if (target.kind === 'none') return notEvaluated(env, call, noFeature('NAMEOF of what is no column of the model'));
  const { table, column } = target.column;
  return { op: 'constant', type: 'string', value: `'${table.replaceAll("'", "''")}'[${column.replaceAll(']', ']]')}]`, at: at(env, call) };
};

export const names: readonly (readonly [string, ScalarLowering])[] = [['NAMEOF', nameOf]];
