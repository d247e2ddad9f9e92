/** Tables from tables: rows filtered, columns added or chosen, rows below each other. */
import type { Argument } from '../../../../../grammar/src/tree.ts';
import type { Scalar } from '../../../plan/plan.ts';
import { findTable, resolveColumn, unwrap } from '../../scope.ts';
import { addedColumn, columnsShape, joinShapes, unionShapes, type ShapeColumn } from '../../shapes.ts';
import { unify } from '../../types.ts';
import type { RelationLowering } from '../calls.ts';
import {
  argumentAt, at, calculateInCondition, consumeRows, isInCondition, noRelation, openRow, shaped, syntaxError, transitionOf, typeError, type LowerEnv,
} from '../context.ts';
import { lowerFilters } from '../filters.ts';
import { lowerRelation, scanOf } from '../relations.ts';
import { lowerArgument, lowerScalar } from '../scalars.ts';
import { lowerTables } from './joins.ts';
import { hasDuplicates, measureOf, namedPairs } from './pairs.ts';

const filter: RelationLowering = (call, env) => {
  const table = argumentAt(call, 0);
  if (table === undefined) return noRelation(env, call, syntaxError);
  const input = lowerRelation(table, env);
  const { id, inside } = openRow(env, input.shape);
  const predicate = lowerArgument(call.args[1], inside);
  return { relation: { op: 'filter', input: input.relation, row: id, predicate, ...shaped(input.shape), at: at(env, call) }, shape: input.shape };
};

const calculateTable: RelationLowering = (call, env) => {
  const table = argumentAt(call, 0);
  if (table === undefined) return noRelation(env, call, syntaxError);
  if (isInCondition(env)) return noRelation(env, call, calculateInCondition);
  const input = lowerRelation(table, consumeRows(env));
  const changes = lowerFilters(call.args.slice(1), env);
  return {
    relation: { op: 'calculate', changes, transition: transitionOf(env), input: input.relation, ...shaped(input.shape), at: at(env, call) },
    shape: input.shape,
  };
};

/** RELATEDTABLE(T) is CALCULATETABLE(T). */
const relatedTable: RelationLowering = (call, env) => {
  const argument = argumentAt(call, 0);
  const it = argument === undefined ? undefined : unwrap(argument);
  const table = it?.kind === 'name' ? findTable(env.names, it.name.text) : undefined;
  if (it === undefined || table === undefined) return noRelation(env, call, typeError('RELATEDTABLE wants a table of the model'));
  if (isInCondition(env)) return noRelation(env, call, calculateInCondition);
  const { relation, shape } = scanOf(it, table, false, env);
  return { relation: { op: 'calculate', changes: [], transition: transitionOf(env), input: relation, ...shaped(shape), at: at(env, call) }, shape };
};

const namesWanted = typeError('names of columns must be constant text, each with an expression');
const duplicateNames = typeError('two columns of the same name');

const addColumns: RelationLowering = (call, env) => {
  const table = argumentAt(call, 0);
  if (table === undefined) return noRelation(env, call, syntaxError);
  const input = lowerRelation(table, env);
  const { id, inside } = openRow(env, input.shape);
  const added = namedPairs(call.args.slice(1), inside);
  if (added === undefined) return noRelation(env, call, namesWanted);
  const shape = joinShapes([input.shape, columnsShape(added.columns)], input.shape.wholeTable);
  if (hasDuplicates(shape.columns ?? [])) return noRelation(env, call, duplicateNames);
  return { relation: { op: 'extend', input: input.relation, row: id, extensions: added.extensions, ...shaped(shape), at: at(env, call) }, shape };
};

const selectColumns: RelationLowering = (call, env) => {
  const table = argumentAt(call, 0);
  if (table === undefined) return noRelation(env, call, syntaxError);
  const input = lowerRelation(table, env);
  const { id, inside } = openRow(env, input.shape);
  const columns: ShapeColumn[] = [];
  const expressions: Scalar[] = [];
  const rest = call.args.slice(1);
  for (let i = 0; i < rest.length; i++) {
    const argument = rest[i];
    if (argument === undefined || argument.kind === 'omitted') return noRelation(env, call, namesWanted);
    const value = argument.kind === 'string' ? rest[++i] : argument;
    if (value === undefined || value.kind === 'omitted') return noRelation(env, call, namesWanted);
    const read = readColumn(value, inside);
    if (argument.kind === 'string') {
      columns.push({ ...addedColumn(argument.value, 'unknown', argument.span), lineage: read?.lineage, ...measureOf(value, inside) });
    } else if (read === undefined) return noRelation(env, call, namesWanted);
    else columns.push(read);
    expressions.push(lowerScalar(value, inside));
  }
  if (hasDuplicates(columns)) return noRelation(env, call, duplicateNames);
  const shape = columnsShape(columns);
  return { relation: { op: 'project', input: input.relation, row: id, expressions, ...shaped(shape), at: at(env, call) }, shape };
};

/** The column of a row context that an expression is, and nothing more. */
function readColumn(value: Argument, env: LowerEnv): ShapeColumn | undefined {
  const it = value.kind === 'omitted' ? undefined : unwrap(value);
  if (it?.kind !== 'column') return undefined;
  const found = resolveColumn(it, env.names, env.rows);
  return found.kind === 'row' ? found.column : undefined;
}

const row: RelationLowering = (call, env) => {
  const its = namedPairs(call.args, env);
  if (its === undefined) return noRelation(env, call, namesWanted);
  if (hasDuplicates(its.columns)) return noRelation(env, call, duplicateNames);
  const shape = columnsShape(its.columns);
  return { relation: { op: 'rows', rows: [its.extensions.map((it) => it.expression)], ...shaped(shape), at: at(env, call) }, shape };
};

const union: RelationLowering = (call, env) => {
  const inputs = call.args.flatMap((it) => (it.kind === 'omitted' ? [] : [lowerRelation(it, env)]));
  const fault = inputs.find((it) => it.relation.op === 'notEvaluated');
  if (fault !== undefined) return fault;
  const width = inputs[0]?.shape.columns?.length;
  if (inputs.some((it) => it.shape.columns?.length !== width)) return noRelation(env, call, typeError('UNION of tables with different numbers of columns'));
  const shape = unionShapes(inputs.map((it) => it.shape), unify);
  return { relation: { op: 'union', inputs: inputs.map((it) => it.relation), ...shaped(shape), at: at(env, call) }, shape };
};

/** INTERSECT and EXCEPT: columns and rows of the left side. */
const matched = (op: 'intersect' | 'except'): RelationLowering => (call, env) => {
  const inputs = lowerTables(call, env);
  if ('relation' in inputs) return inputs;
  const [left, right] = inputs;
  if (left === undefined || right === undefined) return noRelation(env, call, syntaxError);
  if (left.shape.columns?.length !== right.shape.columns?.length) return noRelation(env, call, typeError(`${call.name.toUpperCase()} of tables with different numbers of columns`));
  const shape = columnsShape(left.shape.columns ?? []);
  return { relation: { op, left: left.relation, right: right.relation, ...shaped(shape), at: at(env, call) }, shape };
};

const calendar: RelationLowering = (call, env) => {
  const shape = columnsShape([addedColumn('Date', 'dateTime')]);
  const [start, end] = call.args;
  return { relation: { op: 'calendar', start: lowerArgument(start, env), end: lowerArgument(end, env), ...shaped(shape), at: at(env, call) }, shape };
};

export const tables: readonly (readonly [string, RelationLowering])[] = [
  ['FILTER', filter],
  ['CALCULATETABLE', calculateTable],
  ['RELATEDTABLE', relatedTable],
  ['ADDCOLUMNS', addColumns],
  ['SELECTCOLUMNS', selectColumns],
  ['ROW', row],
  ['UNION', union],
  ['INTERSECT', matched('intersect')],
  ['EXCEPT', matched('except')],
  ['CALENDAR', calendar],
];
