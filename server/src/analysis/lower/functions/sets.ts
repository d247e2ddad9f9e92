/** VALUES, DISTINCT and ALL: the values of columns, with or without the filters that are set. */
import type { Call } from '../../../../../grammar/src/tree.ts';
import { findTable, shapeOf, unwrap } from '../../scope.ts';
import { columnsShape, type ShapeColumn } from '../../shapes.ts';
import type { RelationLowering } from '../calls.ts';
import { argumentAt, at, noRelation, shaped, syntaxError, typeError, type LowerEnv, type Lowered } from '../context.ts';
import { columnTarget, lowerRelation, scanOf } from '../relations.ts';

/** VALUES(T[c]) and DISTINCT(T[c]); of a table, VALUES gives its rows and DISTINCT its different rows. */
const values = (blankRow: boolean): RelationLowering => (call, env) => {
  const argument = argumentAt(call, 0);
  if (argument === undefined) return noRelation(env, call, syntaxError);
  const it = unwrap(argument);
  if (it.kind === 'column') {
    const target = columnTarget(it, env);
    if (target.kind === 'none') return noRelation(env, call, target.reason);
    const shape = columnsShape([target.shape]);
    return { relation: { op: 'values', blankRow, ...shaped(shape), at: at(env, call) }, shape };
  }
  const table = it.kind === 'name' && !env.variables.has(it.name.text.toLowerCase()) ? findTable(env.names, it.name.text) : undefined;
  if (blankRow) return table === undefined ? noRelation(env, call, typeError('VALUES wants a table or a column of the model')) : scanOf(call, table, true, env);
  const { relation, shape } = lowerRelation(it, env);
  if (relation.op === 'notEvaluated') return { relation, shape };
  return { relation: { op: 'distinct', input: relation, ...shaped(shape), at: at(env, call) }, shape };
};

/** ALL(T), ALL(T[c], ...) as a table. */
const all = (blankRow: boolean): RelationLowering => (call, env) => {
  const args = call.args.flatMap((it) => (it.kind === 'omitted' ? [] : [unwrap(it)]));
  const [first] = args;
  if (first === undefined) return noRelation(env, call, typeError('ALL() gives no table'));
  if (first.kind === 'name' && args.length === 1) return allRows(call, first.name.text, blankRow, env);
  const columns: ShapeColumn[] = [];
  for (const it of args) {
    const target = columnTarget(it, env);
    if (target.kind === 'none') return noRelation(env, call, target.reason);
    columns.push(target.shape);
  }
  const source = columns[0]?.lineage?.table ?? '';
  if (columns.some((it) => it.lineage?.table !== source)) return noRelation(env, call, typeError('ALL with columns of several tables'));
  const shape = columnsShape(columns);
  return { relation: { op: 'all', source, whole: false, blankRow, ...shaped(shape), at: at(env, call) }, shape };
};

/** ALLEXCEPT(T, columns) as a table: the different combinations of the other columns. */
const allExcept: RelationLowering = (call, env) => {
  const [first, ...rest] = call.args.flatMap((it) => (it.kind === 'omitted' ? [] : [unwrap(it)]));
  const table = first?.kind === 'name' ? findTable(env.names, first.name.text) : undefined;
  if (table === undefined) return noRelation(env, call, typeError('ALLEXCEPT wants a table of the model'));
  const named = new Set<string>();
  for (const it of rest) {
    const target = columnTarget(it, env);
    if (target.kind === 'none') return noRelation(env, call, target.reason);
    if (target.column.table === table.name) named.add(target.column.column);
  }
  const columns = (shapeOf(env.names, table).columns ?? []).filter((it) => !named.has(it.column));
  if (columns.length === 0) return noRelation(env, call, typeError('ALLEXCEPT leaves no column'));
  const shape = columnsShape(columns);
  return { relation: { op: 'all', source: table.name, whole: false, blankRow: true, ...shaped(shape), at: at(env, call) }, shape };
};

function allRows(call: Call, name: string, blankRow: boolean, env: LowerEnv): Lowered {
  const table = findTable(env.names, name);
  if (table === undefined) return noRelation(env, call, { id: 'unresolved-name', name });
  const shape = shapeOf(env.names, table);
  return { relation: { op: 'all', source: table.name, whole: true, blankRow, ...shaped(shape), at: at(env, call) }, shape };
}

/** ALLSELECTED(T) and ALLSELECTED(T[c], ..) as a table: of what ALL would give, what is selected. */
const allSelected: RelationLowering = (call, env) => {
  const { relation, shape } = all(true)(call, env);
  if (relation.op !== 'all') return { relation, shape };
  return { relation: { op: 'allSelected', source: relation.source, whole: relation.whole, ...shaped(shape), at: at(env, call) }, shape };
};

/** KEEPFILTERS(T) where rows are iterated: a row that becomes a filter replaces none. */
const keepFilters: RelationLowering = (call, env) => {
  const argument = argumentAt(call, 0);
  if (argument === undefined) return noRelation(env, call, syntaxError);
  const { relation, shape } = lowerRelation(argument, env);
  if (relation.op === 'notEvaluated') return { relation, shape };
  return { relation: { op: 'keepFilters', input: relation, ...shaped(shape), at: at(env, call) }, shape };
};

export const sets: readonly (readonly [string, RelationLowering])[] = [
  ['VALUES', values(true)],
  ['DISTINCT', values(false)],
  ['ALL', all(true)],
  ['ALLNOBLANKROW', all(false)],
  ['ALLEXCEPT', allExcept],
  ['KEEPFILTERS', keepFilters],
  ['ALLSELECTED', allSelected],
];
