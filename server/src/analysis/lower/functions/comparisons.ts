/** Rows compared with values: CONTAINS, ISAFTER and ISONORAFTER. */
import type { Argument, Expression } from '../../../../../grammar/src/tree.ts';
import type { Scalar } from '../../../plan/plan.ts';
import { reaches } from '../../relationships.ts';
import { unwrap } from '../../scope.ts';
import { columnsShape, type ShapeColumn } from '../../shapes.ts';
import type { ScalarLowering } from '../calls.ts';
import { argumentAt, at, noFeature, notEvaluated, openRow, shaped, syntaxError, type LowerEnv } from '../context.ts';
import { columnTarget, lowerRelation } from '../relations.ts';
import { lowerArgument } from '../scalars.ts';

/** CONTAINS(table, column, value, ..): whether the columns have such values in one row. */
const contains: ScalarLowering = (call, env) => {
  const table = argumentAt(call, 0);
  if (table === undefined) return notEvaluated(env, call, syntaxError);
  const { relation, shape } = lowerRelation(table, env);
  if (relation.op === 'notEvaluated') return notEvaluated(env, table, relation.reason);
  const { id, inside } = openRow(env, shape);
  const pairs = call.args.slice(1);
  const expressions = pairs.filter((_, i) => i % 2 === 0).map((it) => lowerArgument(it, inside));
  const values = pairs.filter((_, i) => i % 2 === 1).map((it) => lowerArgument(it, env));
  const columns = expressions.flatMap((it, i) => {
    const column = it.op === 'column' && it.row === id ? shape.columns?.[it.index] : undefined;
    return column ?? relatedColumn(argumentAt(call, 2 * i + 1), shape.wholeTable, env) ?? [];
  });
  if (columns.length < expressions.length) return notEvaluated(env, call, noFeature('CONTAINS with a column that the table itself does not have'));
  if (values.length !== expressions.length) return notEvaluated(env, call, syntaxError);
  // A column of a table that the rows lead to is read over there.
  const read = expressions.map((it, i): Scalar => {
    const lineage = columns[i]?.lineage;
    return (it.op === 'column' && it.row === id) || lineage === undefined ? it : { op: 'related', row: id, column: lineage, at: at(env, call) };
  });
  return { op: 'in', values, relation: { op: 'project', input: relation, row: id, expressions: read, ...shaped(columnsShape(columns)), at: at(env, call) }, at: at(env, call) };
};

/** The column of another table that whole rows of a table lead to. */
function relatedColumn(argument: Expression | undefined, table: string | undefined, env: LowerEnv): ShapeColumn | undefined {
  const target = columnTarget(argument, env);
  const { model } = env.names;
  return target.kind === 'column' && table !== undefined && model !== undefined && reaches(model, table, target.column.table) ? target.shape : undefined;
}

interface Compared {
  readonly left: Scalar;
  readonly right: Scalar;
  readonly descending: boolean;
}

function direction(it: Argument | undefined): boolean | undefined {
  const word = it === undefined || it.kind === 'omitted' ? undefined : unwrap(it);
  if (word?.kind !== 'name' || word.name.quoted) return undefined;
  const text = word.name.text.toUpperCase();
  return text === 'DESC' ? true : text === 'ASC' ? false : undefined;
}

/**
 * By the first values that differ, rising unless told; where all are equal, `onAll` decides. It stands for START AT
 * (page of ISONORAFTER), so BLANK comes before every other value, as it does in an order.
 */
const isAfter = (onAll: boolean): ScalarLowering => (call, env) => {
  const compared: Compared[] = [];
  for (let i = 0; i < call.args.length;) {
    const descending = direction(call.args[i + 2]);
    if (i + 1 >= call.args.length) return notEvaluated(env, call, syntaxError);
    compared.push({ left: lowerArgument(call.args[i], env), right: lowerArgument(call.args[i + 1], env), descending: descending ?? false });
    i += descending === undefined ? 2 : 3;
  }
  const place = at(env, call);
  const operation = (name: string, ...args: readonly Scalar[]): Scalar => ({ op: 'call', name, args, at: place });
  const start: Scalar = { op: 'constant', type: 'boolean', value: onAll, at: place };
  return compared.reduceRight<Scalar>((rest, { left, right, descending }) => ({
    op: 'if',
    condition: operation('==', left, right),
    then: rest,
    otherwise: {
      op: 'if',
      condition: { op: 'or', left: operation('ISBLANK', left), right: operation('ISBLANK', right) },
      then: operation('ISBLANK', descending ? left : right),
      otherwise: operation(descending ? '<' : '>', left, right),
    },
    at: place,
  }), start);
};

export const comparisons: readonly (readonly [string, ScalarLowering])[] = [
  ['CONTAINS', contains],
  ['ISAFTER', isAfter(false)],
  ['ISONORAFTER', isAfter(true)],
];
