/** Functions that ask who is asking, and TABLEOF. */
import type { ModelUser } from '../../../model/model.ts';
import { findTable, resolveColumn, unwrap } from '../../scope.ts';
import type { RelationLowering, ScalarLowering } from '../calls.ts';
import { argumentAt, at, noFeature, noName, noRelation, notEvaluated, syntaxError, typeError } from '../context.ts';
import { lowerRelation, scanOf } from '../relations.ts';

/** A fact of the user, as the model file tells it: without it there is no value. */
const fact = (key: keyof ModelUser): ScalarLowering => (call, env) => {
  const value = env.names.model?.user?.[key];
  if (value === undefined) return notEvaluated(env, call, noFeature(`${call.name.toUpperCase()} without ${key} of user in the model file`));
  return { op: 'constant', type: 'string', value, at: at(env, call) };
};

/** TABLEOF(T[c]) is T, TABLEOF([metric]) the table of the metric; row contexts do not matter. */
const tableOf: RelationLowering = (call, env) => {
  const argument = argumentAt(call, 0);
  const it = argument === undefined ? undefined : unwrap(argument);
  if (it === undefined) return noRelation(env, call, syntaxError);
  if (it.kind === 'name' && findTable(env.names, it.name.text) !== undefined) return noRelation(env, call, noFeature('TABLEOF of a table'));
  if (it.kind !== 'column') return noRelation(env, call, typeError('TABLEOF wants a column or a metric'));
  const found = resolveColumn(it, env.names, []);
  switch (found.kind) {
    case 'model': return scanOf(call, found.table, false, env);
    case 'measure': {
      const home = found.measure.homeTable ?? env.names.model?.home;
      const table = home === undefined ? undefined : findTable(env.names, home);
      return table === undefined ? noRelation(env, call, noFeature('TABLEOF of a metric that belongs to no table')) : scanOf(call, table, false, env);
    }
    default: return noRelation(env, call, noName(it.column.text));
  }
};

export const sessions: readonly (readonly [string, ScalarLowering])[] = [
  ['USERNAME', fact('name')],
  ['USERPRINCIPALNAME', fact('principalName')],
  ['USEROBJECTID', fact('objectId')],
  ['CUSTOMDATA', fact('customData')],
];

/** EVALUATEANDLOG: its first argument as it is; what is logged is nobody's business here. */
const handed: RelationLowering = (call, env) => {
  const argument = argumentAt(call, 0);
  return argument === undefined ? noRelation(env, call, syntaxError) : lowerRelation(argument, env);
};

export const tablesOfThings: readonly (readonly [string, RelationLowering])[] = [['TABLEOF', tableOf], ['EVALUATEANDLOG', handed]];
