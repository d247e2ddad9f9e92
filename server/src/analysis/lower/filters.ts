/** Filter arguments of CALCULATE: modifiers, conditions and tables as changes of the filter context. */
import type { Argument, Call, Expression } from '../../../../grammar/src/tree.ts';
import type { ColumnRef, ContextChange, Relation } from '../../plan/plan.ts';
import { growingRow, isCondition } from '../bind/filters.ts';
import { findTable, unwrap } from '../scope.ts';
import { columnsShape } from '../shapes.ts';
import {
  at, noChange, noName, noRelation, notSupported, shaped, syntaxError, typeError, type LowerEnv, type Lowered, type LowerRow,
} from './context.ts';
import { columnTarget, lowerRelation } from './relations.ts';
import { lowerScalar } from './scalars.ts';

/** Lowers filter arguments in the order written. */
export const lowerFilters = (args: readonly Argument[], env: LowerEnv): readonly ContextChange[] =>
  args.flatMap((it) => (it.kind === 'omitted' ? [] : [lowerFilter(it, env, false)]));

/**
 * Lowers one filter argument.
 *
 * @param keep inside KEEPFILTERS: the filter narrows what is set instead of replacing it
 */
export function lowerFilter(argument: Expression, env: LowerEnv, keep: boolean): ContextChange {
  const it = unwrap(argument);
  if (it.kind === 'call') {
    const modifier = modifiers.get(it.name.toUpperCase());
    if (modifier !== undefined && it.close === undefined) return noChange(env, it, syntaxError);
    // KEEPFILTERS(ALL(T)) keeps a table; ALL(T) alone removes filters.
    if (modifier !== undefined && !keep) return modifier(it, env);
    if (modifier !== undefined && !it.name.toUpperCase().startsWith('ALL')) return noChange(env, it, typeError('a modifier inside KEEPFILTERS'));
  }
  const isScalarVariable = (key: string): boolean => env.variables.get(key)?.kind === 'scalar';
  if (isCondition(it, isScalarVariable)) return lowerCondition(it, env, keep);
  const { relation } = lowerRelation(it, env);
  if (relation.op === 'notEvaluated') return { change: 'notEvaluated', reason: relation.reason, at: relation.at ?? at(env, it) };
  return { change: 'filter', relation, keep, at: at(env, it) };
}

function lowerCondition(argument: Expression, env: LowerEnv, keep: boolean): ContextChange {
  const condition = conditionOf(argument, env);
  if (condition.kind === 'trouble') return noChange(env, argument, condition.reason);
  return { change: 'predicate', columns: condition.columns, row: condition.row, predicate: condition.predicate, keep, at: at(env, argument) };
}

/** A condition as the rows that it lets through: FILTER(ALL(columns), condition). SUMMARIZECOLUMNS takes it as a filter. */
export function lowerFilterTable(argument: Expression, env: LowerEnv): Lowered {
  const it = unwrap(argument);
  if (!isCondition(it, (key) => env.variables.get(key)?.kind === 'scalar')) return lowerRelation(it, env);
  const condition = conditionOf(it, env);
  if (condition.kind === 'trouble') return noRelation(env, it, condition.reason);
  const shape = condition.shape;
  const [first] = condition.columns;
  const input: Relation = { op: 'all', source: first?.table ?? '', whole: false, blankRow: true, ...shaped(shape) };
  return { relation: { op: 'filter', input, row: condition.row, predicate: condition.predicate, ...shaped(shape), at: at(env, it) }, shape };
}

type Condition =
  | { readonly kind: 'trouble'; readonly reason: Parameters<typeof noChange>[2] }
  | {
    readonly kind: 'condition'; readonly columns: readonly ColumnRef[]; readonly row: number;
    readonly predicate: ReturnType<typeof lowerScalar>; readonly shape: ReturnType<typeof columnsShape>;
  };

function conditionOf(argument: Expression, env: LowerEnv): Condition {
  const { row, columns } = growingRow(env.names);
  const id = env.ctx.nextRow++;
  const growing: LowerRow = { id, consumed: false, ...(row.grow === undefined ? {} : { grow: row.grow }), shape: columnsShape(columns) };
  const predicate = lowerScalar(argument, { ...env, rows: [...env.rows, growing] });
  if (predicate.op === 'notEvaluated') return { kind: 'trouble', reason: predicate.reason };
  const refs = columns.flatMap((it) => (it.lineage === undefined ? [] : [{ table: it.lineage.table, column: it.lineage.column }]));
  if (refs.length === 0) return { kind: 'trouble', reason: typeError('a condition that filters reads no column') };
  if (refs.some((it) => it.table !== refs[0]?.table)) return { kind: 'trouble', reason: typeError('a condition that filters reads columns of several tables') };
  return { kind: 'condition', columns: refs, row: id, predicate, shape: columnsShape(columns) };
}

type Modifier = (call: Call, env: LowerEnv) => ContextChange;

/** ALL, REMOVEFILTERS: filters on tables or columns go. */
const remove: Modifier = (call, env) => {
  const place = at(env, call);
  const args = call.args.flatMap((it) => (it.kind === 'omitted' ? [] : [unwrap(it)]));
  const [first] = args;
  if (first === undefined) return { change: 'removeAll', at: place };
  if (first.kind === 'name' && args.length === 1) {
    const table = findTable(env.names, first.name.text);
    if (table === undefined) return noChange(env, first, noName(first.name.text));
    return { change: 'removeTable', table: table.name, at: place };
  }
  const columns: ColumnRef[] = [];
  for (const it of args) {
    const target = columnTarget(it, env);
    if (target.kind === 'none') return noChange(env, it, target.reason);
    columns.push(target.column);
  }
  return { change: 'removeColumns', columns, at: place };
};

/** ALLEXCEPT(T, columns or tables). */
const removeExcept: Modifier = (call, env) => {
  const [first, ...rest] = call.args.flatMap((it) => (it.kind === 'omitted' ? [] : [unwrap(it)]));
  const table = first?.kind === 'name' ? findTable(env.names, first.name.text) : undefined;
  if (first === undefined || table === undefined) return noChange(env, call, typeError('ALLEXCEPT wants a table of the model'));
  const columns: ColumnRef[] = [];
  for (const it of rest) {
    const whole = it.kind === 'name' ? findTable(env.names, it.name.text) : undefined;
    if (whole !== undefined) {
      columns.push(...[...whole.columns.values()].map((column) => ({ table: whole.name, column: column.name })));
      continue;
    }
    const target = columnTarget(it, env);
    if (target.kind === 'none') return noChange(env, it, target.reason);
    columns.push(target.column);
  }
  return { change: 'removeExcept', table: table.name, columns, at: at(env, call) };
};

const keepFilters: Modifier = (call, env) => {
  const [argument] = call.args;
  return argument === undefined || argument.kind === 'omitted' ? noChange(env, call, syntaxError) : lowerFilter(argument, env, true);
};

const unsupported: Modifier = (call, env) => noChange(env, call, notSupported(call.name));

const modifiers: ReadonlyMap<string, Modifier> = new Map([
  ['ALL', remove],
  ['ALLNOBLANKROW', remove],
  ['REMOVEFILTERS', remove],
  ['ALLEXCEPT', removeExcept],
  ['KEEPFILTERS', keepFilters],
  ['ALLSELECTED', unsupported],
  ['ALLCROSSFILTERED', unsupported],
  ['USERELATIONSHIP', unsupported],
  ['CROSSFILTER', unsupported],
]);

