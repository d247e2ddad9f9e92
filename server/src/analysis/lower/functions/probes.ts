/** Questions about the filter context: which columns are filtered, and by what. */
import type { Scalar } from '../../../plan/plan.ts';
import { findTable, unwrap } from '../../scope.ts';
import { columnsShape } from '../../shapes.ts';
import type { RelationLowering, ScalarLowering } from '../calls.ts';
import { argumentAt, at, noRelation, notEvaluated, shaped } from '../context.ts';
import { columnTarget } from '../relations.ts';

type Question = Extract<Scalar, { op: 'probe' }>['question'];

/** A question about a column, or about any column of a table. */
const probe = (question: Question): ScalarLowering => (call, env) => {
  const argument = argumentAt(call, 0);
  const it = argument === undefined ? undefined : unwrap(argument);
  const table = it?.kind === 'name' ? findTable(env.names, it.name.text) : undefined;
  if (table !== undefined) return { op: 'probe', question, table: table.name, column: null, at: at(env, call) };
  const target = columnTarget(argument, env);
  if (target.kind === 'none') return notEvaluated(env, call, target.reason);
  return { op: 'probe', question, ...target.column, at: at(env, call) };
};

const filters: RelationLowering = (call, env) => {
  const target = columnTarget(argumentAt(call, 0), env);
  if (target.kind === 'none') return noRelation(env, call, target.reason);
  const shape = columnsShape([target.shape]);
  return { relation: { op: 'filterValues', column: target.column, ...shaped(shape), at: at(env, call) }, shape };
};

export const probes: readonly (readonly [string, ScalarLowering])[] = [
  ['ISFILTERED', probe('filtered')],
  ['ISCROSSFILTERED', probe('crossFiltered')],
  ['HASONEFILTER', probe('oneFilter')],
  ['ISINSCOPE', probe('inScope')],
];

export const filterTables: readonly (readonly [string, RelationLowering])[] = [['FILTERS', filters]];
