/** Rows in groups: GROUPBY with CURRENTGROUP, and SUMMARIZE. */
import type { Argument, ColumnReference } from '../../../../../grammar/src/tree.ts';
import type { NamedScalar, Scalar } from '../../../plan/plan.ts';
import type { Reason } from '../../../plan/values.ts';
import { reaches } from '../../relationships.ts';
import { resolveColumn, unwrap } from '../../scope.ts';
import { columnsShape, findColumn, joinShapes, type ShapeColumn, type TableShape } from '../../shapes.ts';
import type { RelationLowering, ScalarLowering } from '../calls.ts';
import {
  argumentAt, at, consumeRows, isInCondition, calculateInCondition, noFeature, noRelation, notEvaluated, openRow, shaped, syntaxError, typeError, type LowerEnv, type Lowered,
} from '../context.ts';
import { columnTarget, lowerRelation } from '../relations.ts';
import { hasDuplicates, namedPairs } from './pairs.ts';
import { MOST_LEVELS, plainLevels, rollupCall } from './rollups.ts';

/** Group-by columns, then pairs of a name and an expression. */
interface Parts {
  readonly by: readonly ColumnReference[];
  readonly rest: readonly Argument[];
  /** With ROLLUP: for each level the indices of its columns. */
  readonly levels: readonly (readonly number[])[] | undefined;
}

function split(args: readonly Argument[]): Parts | Reason {
  const by: ColumnReference[] = [];
  const always: number[] = [];
  let rolled: (readonly number[])[] | undefined;
  let i = 0;
  for (; i < args.length; i++) {
    const argument = args[i];
    if (argument === undefined || argument.kind === 'omitted') return syntaxError;
    const it = unwrap(argument);
    if (it.kind === 'string') break;
    const call = rollupCall(it);
    if (it.kind === 'column') always.push(by.push(it) - 1);
    else if (call === undefined) return syntaxError;
    else {
      if (rolled !== undefined) return noFeature('SUMMARIZE with ROLLUP twice');
      const levels = call.name.toUpperCase() === 'ROLLUP' ? plainLevels(call) : typeError(`${call.name.toUpperCase()} outside of ROLLUP`);
      if ('id' in levels) return levels;
      if (levels.length >= MOST_LEVELS) return noFeature(`more than ${String(MOST_LEVELS)} levels of subtotals`, 'are');
      rolled = [[]];
      for (const { columns } of levels) rolled.push([...(rolled.at(-1) ?? []), ...columns.map((column) => by.push(column) - 1)]);
    }
  }
  return { by, rest: args.slice(i), levels: rolled?.map((it) => [...always, ...it]) };
}

/**
 * The input with the columns to group by: its own, or those of tables that its rows lead to, which are added to it.
 *
 * @returns the places of the columns in the relation
 */
function withColumns(input: Lowered, by: readonly ColumnReference[], env: LowerEnv): { readonly input: Lowered; readonly places: readonly number[]; readonly columns: readonly ShapeColumn[] } | Lowered {
  const { id, inside } = openRow(env, input.shape);
  const row = inside.rows.at(-1);
  const known = input.shape.columns ?? [];
  const added: ShapeColumn[] = [];
  const extensions: NamedScalar[] = [];
  const places: number[] = [];
  for (const it of by) {
    const found = row === undefined ? undefined : resolveColumn(it, inside.names, [row]);
    if (found?.kind === 'row') {
      places.push(found.index);
      continue;
    }
    const target = columnTarget(it, env);
    if (target.kind === 'none') return noRelation(env, it, target.reason);
    const { wholeTable } = input.shape;
    const { model } = env.names;
    if (wholeTable === undefined || model === undefined || !reaches(model, wholeTable, target.column.table)) {
      return noRelation(env, it, typeError(`the rows that are grouped do not lead to ${target.column.table}[${target.column.column}]`));
    }
    places.push(known.length + added.length);
    added.push(target.shape);
    extensions.push({ name: target.column.column, expression: { op: 'related', row: id, column: target.column, at: at(env, it) } });
  }
  const shape: TableShape = joinShapes([input.shape, columnsShape(added)], input.shape.wholeTable);
  const all = shape.columns ?? [];
  const columns = places.flatMap((it) => all[it] ?? []);
  if (added.length === 0) return { input, places, columns };
  return { input: { relation: { op: 'extend', input: input.relation, row: id, extensions, ...shaped(shape) }, shape }, places, columns };
}

/** GROUPBY: the expressions are evaluated in the filter context of the call; CURRENTGROUP() is the rows of the group. */
const groupBy: RelationLowering = (call, env) => {
  const table = argumentAt(call, 0);
  const parts = split(call.args.slice(1));
  if (table === undefined) return noRelation(env, call, syntaxError);
  if ('id' in parts) return noRelation(env, call, parts);
  if (parts.levels !== undefined) return noRelation(env, call, typeError('ROLLUP in GROUPBY'));
  const given = lowerRelation(table, env);
  if (given.relation.op === 'notEvaluated') return given;
  const grouped = withColumns(given, parts.by, env);
  if ('relation' in grouped) return grouped;
  const group = env.ctx.nextVariable++;
  const its = namedPairs(parts.rest, { ...env, group: { id: group, shape: grouped.input.shape } });
  return finish(call, env, grouped, group, its);
};

/**
 * SUMMARIZE: each added expression is evaluated under the rows of its group, as under a CALCULATE with them as filter
 * (function page; "All the secrets of SUMMARIZE" by Marco Russo and Alberto Ferrari for the expanded table).
 */
const summarize: RelationLowering = (call, env) => {
  const table = argumentAt(call, 0);
  const parts = split(call.args.slice(1));
  if (table === undefined) return noRelation(env, call, syntaxError);
  if ('id' in parts) return noRelation(env, call, parts);
  if (isInCondition(env)) return noRelation(env, call, calculateInCondition);
  const given = lowerRelation(table, env);
  if (given.relation.op === 'notEvaluated') return given;
  const grouped = withColumns(given, parts.by, env);
  if ('relation' in grouped) return grouped;
  const group = env.ctx.nextVariable++;
  const { levels } = parts;
  const subtotals = levels === undefined ? undefined : grouped.columns.map((column) => ({ column, id: env.ctx.nextVariable++ }));
  const its = namedPairs(parts.rest, subtotals === undefined ? consumeRows(env) : { ...consumeRows(env), subtotals });
  const { relation, shape } = grouped.input;
  const rows = { op: 'tableVariable', id: group, columns: relation.columns, ...(shape.wholeTable === undefined ? {} : { table: shape.wholeTable }) } as const;
  const under = (expression: Scalar): Scalar => ({ op: 'calculate', changes: [{ change: 'filter', relation: rows, keep: false }], transition: [], expression });
  const wrapped = its === undefined ? undefined : { ...its, extensions: its.extensions.map((it) => ({ ...it, expression: under(it.expression) })) };
  const made = finish(call, env, grouped, group, wrapped);
  if (levels === undefined || subtotals === undefined || made.relation.op !== 'groupBy') return made;
  return { ...made, relation: { ...made.relation, op: 'rollup', levels, subtotals: subtotals.map((it) => it.id) } };
};

/** ISSUBTOTAL(column): whether the row is a subtotal of the column. */
const isSubtotal: ScalarLowering = (call, env) => {
  const it = argumentAt(call, 0);
  const column = it === undefined ? undefined : unwrap(it);
  if (env.subtotals === undefined) return notEvaluated(env, call, typeError('ISSUBTOTAL outside of SUMMARIZE with ROLLUP'));
  if (column?.kind !== 'column') return notEvaluated(env, call, typeError('ISSUBTOTAL wants a column'));
  const found = findColumn(columnsShape(env.subtotals.map((each) => each.column)), column.table?.text, column.column.text);
  const its = found === undefined || found === 'ambiguous' ? undefined : env.subtotals[found.index];
  if (its === undefined) return notEvaluated(env, call, typeError('ISSUBTOTAL of a column that is not grouped by'));
  return { op: 'variable', id: its.id, at: at(env, call) };
};

function finish(
  call: Parameters<RelationLowering>[0], env: LowerEnv, grouped: { readonly input: Lowered; readonly places: readonly number[]; readonly columns: readonly ShapeColumn[] },
  group: number, its: ReturnType<typeof namedPairs>,
): Lowered {
  if (its === undefined) return noRelation(env, call, typeError('names of columns must be constant text, each with an expression'));
  const shape = columnsShape([...grouped.columns, ...its.columns]);
  if (hasDuplicates(shape.columns ?? [])) return noRelation(env, call, typeError('two columns of the same name'));
  return {
    relation: { op: 'groupBy', input: grouped.input.relation, by: grouped.places, group, extensions: its.extensions, ...shaped(shape), at: at(env, call) },
    shape,
  };
}

const currentGroup: RelationLowering = (call, env) => {
  if (env.group === undefined) return noRelation(env, call, typeError('CURRENTGROUP stands outside of GROUPBY'));
  const { id, shape } = env.group;
  return { relation: { op: 'tableVariable', id, ...shaped(shape), at: at(env, call) }, shape };
};

export const groups: readonly (readonly [string, RelationLowering])[] = [
  ['GROUPBY', groupBy],
  ['SUMMARIZE', summarize],
  ['CURRENTGROUP', currentGroup],
];

export const subtotals: readonly (readonly [string, ScalarLowering])[] = [['ISSUBTOTAL', isSubtotal]];
