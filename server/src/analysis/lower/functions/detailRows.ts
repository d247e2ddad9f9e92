/** DETAILROWS: the rows behind a metric. Model files declare no expression for them, so they are those of its table. */
import { nameKey } from '../../../model/model.ts';
import { findTable, unwrap } from '../../scope.ts';
import type { RelationLowering } from '../calls.ts';
import { argumentAt, at, calculateInCondition, isInCondition, noFeature, noRelation, shaped, transitionOf, typeError } from '../context.ts';
import { scanOf } from '../relations.ts';

const detailRows: RelationLowering = (call, env) => {
  const argument = argumentAt(call, 0);
  const it = argument === undefined ? undefined : unwrap(argument);
  const measure = it?.kind === 'column' ? env.names.measures.get(nameKey(it.column.text)) : undefined;
  if (it === undefined) return noRelation(env, call, noFeature('DETAILROWS without a metric'));
  if (measure === undefined) return noRelation(env, call, typeError('DETAILROWS wants a metric'));
  if (isInCondition(env)) return noRelation(env, call, calculateInCondition);
  const home = measure.homeTable ?? env.names.model?.home;
  const table = home === undefined ? undefined : findTable(env.names, home);
  if (table === undefined) return noRelation(env, call, noFeature('DETAILROWS of a metric that belongs to no table'));
  const { relation, shape } = scanOf(it, table, false, env);
  return { relation: { op: 'calculate', changes: [], transition: transitionOf(env), input: relation, ...shaped(shape), at: at(env, call) }, shape };
};

export const details: readonly (readonly [string, RelationLowering])[] = [['DETAILROWS', detailRows]];
