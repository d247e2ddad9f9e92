/** FIRSTNONBLANKVALUE and LASTNONBLANKVALUE: what an expression gives for the first or last value for which it is not BLANK. */
import type { Scalar } from '../../../plan/plan.ts';
import { unwrap } from '../../scope.ts';
import { columnsShape } from '../../shapes.ts';
import type { ScalarLowering } from '../calls.ts';
import { argumentAt, at, calculateInCondition, consumeRows, isInCondition, noFeature, notEvaluated, openRow, shaped, syntaxError, transitionOf, typeError } from '../context.ts';
import { columnTarget, lowerRelation } from '../relations.ts';
import { lowerArgument } from '../scalars.ts';

/** The value is a filter while the expression is evaluated, as under a CALCULATE in its row. */
const nonBlankValue = (descending: boolean): ScalarLowering => (call, env) => {
  const argument = argumentAt(call, 0);
  const it = argument === undefined ? undefined : unwrap(argument);
  if (it === undefined) return notEvaluated(env, call, syntaxError);
  const name = call.name.toUpperCase();
  const place = at(env, call);
  if (it.kind === 'binary' || it.kind === 'unary') return notEvaluated(env, it, noFeature(`a condition as the values of ${name}`));
  if (isInCondition(env)) return notEvaluated(env, call, calculateInCondition);
  if (it.kind === 'column' && transitionOf(env).length > 0) return notEvaluated(env, it, noFeature(`${name} of a column in a row context`));
  const target = it.kind === 'column' ? columnTarget(it, env) : undefined;
  if (target?.kind === 'none') return notEvaluated(env, it, target.reason);
  const shape = target === undefined ? undefined : columnsShape([target.shape]);
  const given = shape === undefined
    ? lowerRelation(it, env)
    : { relation: { op: 'values', blankRow: true, ...shaped(shape), at: at(env, it) } as const, shape };
  if (given.relation.op === 'notEvaluated') return notEvaluated(env, it, given.relation.reason);
  if (given.relation.columns.length !== 1) return notEvaluated(env, it, typeError(`${name} of a table of several columns`));
  /** The expression in a row over the values, with the row as filter. */
  const valueIn = (): { readonly row: number; readonly value: Scalar } => {
    const { id, inside } = openRow(env, given.shape);
    return { row: id, value: { op: 'calculate', changes: [], transition: transitionOf(inside), expression: lowerArgument(call.args[1], consumeRows(inside)), at: place } };
  };
  const tested = valueIn();
  const isBlank: Scalar = { op: 'call', name: 'ISBLANK', args: [tested.value], at: place };
  const filtered = { op: 'filter', input: given.relation, row: tested.row, predicate: { op: 'call', name: 'NOT', args: [isBlank], at: place }, ...shaped(given.shape), at: place } as const;
  const { id: sorted } = openRow(env, given.shape);
  const keys = [{ expression: { op: 'column', row: sorted, index: 0 } as const, descending }];
  const only = { op: 'topN', input: filtered, count: { op: 'constant', type: 'int64', value: 1 }, row: sorted, keys, ...shaped(given.shape), at: place } as const;
  const { row, value } = valueIn();
  const result = columnsShape([{ table: undefined, column: 'Value', lineage: undefined, type: 'unknown', definition: undefined }]);
  return { op: 'scalarOf', relation: { op: 'project', input: only, row, expressions: [value], ...shaped(result), at: place }, at: place };
};

export const nonBlankValues: readonly (readonly [string, ScalarLowering])[] = [
  ['FIRSTNONBLANKVALUE', nonBlankValue(false)],
  ['LASTNONBLANKVALUE', nonBlankValue(true)],
];
