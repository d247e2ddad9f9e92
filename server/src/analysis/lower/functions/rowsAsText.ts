/** TOCSV: the rows of a table as text. */
import type { Scalar } from '../../../plan/plan.ts';
import type { ScalarLowering } from '../calls.ts';
import { argumentAt, at, notEvaluated, openRow, syntaxError } from '../context.ts';
import { lowerRelation } from '../relations.ts';
import { lowerArgument } from '../scalars.ts';

/** Ten rows, a comma, and names unless told; names as the example of the page has them. */
const toCsv: ScalarLowering = (call, env) => {
  const table = argumentAt(call, 0);
  if (table === undefined) return notEvaluated(env, call, syntaxError);
  const { relation, shape } = lowerRelation(table, env);
  if (relation.op === 'notEvaluated') return notEvaluated(env, table, relation.reason);
  const place = at(env, call);
  const { id } = openRow(env, shape);
  const columns = shape.columns ?? [];
  const text = (value: string): Scalar => ({ op: 'constant', type: 'string', value, at: place });
  const given = (index: number, otherwise: Scalar): Scalar => (argumentAt(call, index) === undefined ? otherwise : lowerArgument(call.args[index], env));
  const names = columns.map((it) => text(`${it.table === undefined ? '' : `'${it.table.replaceAll("'", "''")}'`}[${it.column.replaceAll(']', ']]')}]`));
  return {
    op: 'overRows', fn: 'TOCSV', name: 'TOCSV', relation, row: id, keys: [], at: place,
    values: columns.map((_, index) => ({ op: 'column', row: id, index, at: place })),
    args: [given(1, { op: 'constant', type: 'int64', value: 10, at: place }), given(2, text(',')), given(3, { op: 'constant', type: 'boolean', value: true, at: place }), ...names],
  };
};

export const rowTexts: readonly (readonly [string, ScalarLowering])[] = [['TOCSV', toCsv]];
