/** DEPENDON: the rows of a table whose first columns have the current values of columns around it; those columns go. */
import type { ColumnReference } from '../../../../../grammar/src/tree.ts';
import type { Scalar } from '../../../plan/plan.ts';
import { resolveColumn, unwrap } from '../../scope.ts';
import { columnsShape } from '../../shapes.ts';
import type { RelationLowering } from '../calls.ts';
import { argumentAt, at, noFeature, noRelation, notEvaluated, openRow, shaped, syntaxError, typeError, type LowerEnv } from '../context.ts';
import { columnTarget, lowerRelation } from '../relations.ts';
import { lowerColumn } from '../scalars.ts';

/** The value in the current row; without one, that of the group in the filter context. */
function outerValue(it: ColumnReference, env: LowerEnv): Scalar {
  if (resolveColumn(it, env.names, env.rows).kind === 'row') return lowerColumn(it, env, 0);
  const target = columnTarget(it, env);
  if (target.kind === 'none') return notEvaluated(env, it, target.reason);
  const place = at(env, it);
  return {
    op: 'if', condition: { op: 'hasOneValue', column: target.column, at: place },
    then: { op: 'selectedValue', column: target.column, alternate: null, at: place },
    otherwise: notEvaluated(env, it, noFeature('DEPENDON on a column without a current value')), at: place,
  };
}

const dependOn: RelationLowering = (call, env) => {
  const table = argumentAt(call, 0);
  if (table === undefined) return noRelation(env, call, syntaxError);
  const input = lowerRelation(table, env);
  if (input.relation.op === 'notEvaluated') return input;
  const columns = input.shape.columns ?? [];
  const outer: Scalar[] = [];
  for (const [i] of call.args.slice(1).entries()) {
    const argument = argumentAt(call, i + 1);
    const it = argument === undefined ? undefined : unwrap(argument);
    if (it?.kind !== 'column') return noRelation(env, call, typeError('DEPENDON wants columns'));
    outer.push(outerValue(it, env));
  }
  if (outer.length === 0) return input;
  if (outer.length >= columns.length) return noRelation(env, call, typeError('DEPENDON on more columns than its table has beside others'));
  const place = at(env, call);
  const { id } = openRow(env, input.shape);
  const predicate = outer
    .map((right, index): Scalar => ({ op: 'call', name: '==', args: [{ op: 'column', row: id, index, at: place }, right], at: place }))
    .reduce((left, right) => ({ op: 'and', left, right, at: place }));
  const kept = columnsShape(columns.slice(outer.length));
  const { id: row } = openRow(env, input.shape);
  return {
    relation: {
      op: 'project', row, expressions: columns.slice(outer.length).map((_, i) => ({ op: 'column', row, index: outer.length + i, at: place })), ...shaped(kept), at: place,
      input: { op: 'filter', input: input.relation, row: id, predicate, ...shaped(input.shape), at: place },
    },
    shape: kept,
  };
};

export const dependents: readonly (readonly [string, RelationLowering])[] = [['DEPENDON', dependOn]];
