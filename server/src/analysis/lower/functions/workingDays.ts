/** NETWORKDAYS: of values alone, or with the days of a table that do not count. */
import type { ScalarLowering } from '../calls.ts';
import { argumentAt, at, noFeature, notEvaluated, notSupported, openRow, typeError } from '../context.ts';
import { lowerRelation } from '../relations.ts';
import { lowerArgument } from '../scalars.ts';
import { lowerValueFunction } from './values.ts';

const networkDays: ScalarLowering = (call, env) => {
  const table = argumentAt(call, 3);
  if (table === undefined) return lowerValueFunction({ ...call, args: call.args.slice(0, 3) }, env) ?? notEvaluated(env, call, notSupported(call.name));
  const { relation, shape } = lowerRelation(table, env);
  if (relation.op === 'notEvaluated') return notEvaluated(env, table, relation.reason);
  const { id } = openRow(env, shape);
  const width = shape.columns?.length;
  if (width === undefined) return notEvaluated(env, table, noFeature('NETWORKDAYS with holidays whose columns are not known'));
  if (width !== 1) return notEvaluated(env, table, typeError('the holidays of NETWORKDAYS are a table of one column'));
  return {
    op: 'overRows', fn: 'NETWORKDAYS', name: 'NETWORKDAYS', relation, row: id, keys: [], at: at(env, call),
    values: [{ op: 'column', row: id, index: 0, at: at(env, table) }], args: call.args.slice(0, 3).map((it) => lowerArgument(it, env)),
  };
};

export const workingDays: readonly (readonly [string, ScalarLowering])[] = [['NETWORKDAYS', networkDays]];
