/** Filter arguments of CALCULATE: modifiers, conditions and tables as changes of the filter context. */
import type { Argument, Call, Expression } from '../../../../grammar/src/tree.ts';
import type { ColumnRef, ContextChange, Passing, Scalar } from '../../plan/plan.ts';
import type { Reason } from '../../plan/values.ts';
import { growingRow, isCondition } from '../bind/filters.ts';
import type { Relationship } from '../../model/model.ts';
import { reaches } from '../relationships.ts';
import { findTable, unwrap } from '../scope.ts';
import { columnsShape, sameColumn } from '../shapes.ts';
import {
  at, noChange, noFeature, noName, syntaxError, typeError, type LowerEnv, type LowerRow,
} from './context.ts';
import { troubleOf } from './calls.ts';
import { columnTarget, lowerRelation } from './relations.ts';
import { lowerScalar } from './scalars.ts';

/** Lowers filter arguments in the order written. */
export const lowerFilters = (args: readonly Argument[], env: LowerEnv): readonly ContextChange[] =>
  args.map((it) => (it.kind === 'omitted' ? noChange(env, it, syntaxError) : lowerFilter(it, env, false)));

/**
 * Lowers one filter argument.
 *
 * @param keep inside KEEPFILTERS: the filter narrows what is set instead of replacing it
 */
export function lowerFilter(argument: Expression, env: LowerEnv, keep: boolean): ContextChange {
  const it = unwrap(argument);
  if (it.kind === 'call') {
    const modifier = modifiers.get(it.name.toUpperCase());
    const trouble = modifier === undefined ? undefined : troubleOf(it);
    if (trouble !== undefined) return noChange(env, it, trouble);
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

/** A condition, as FILTER(ALL(columns), condition) over the columns that are read in it. */
function lowerCondition(argument: Expression, env: LowerEnv, keep: boolean): ContextChange {
  const { row, columns } = growingRow(env.names);
  const id = env.ctx.nextRow++;
  const growing: LowerRow = { id, consumed: false, ...(row.grow === undefined ? {} : { grow: row.grow }), shape: columnsShape(columns) };
  const predicate = lowerScalar(argument, { ...env, rows: [...env.rows, growing] });
  if (predicate.op === 'notEvaluated') return noChange(env, argument, predicate.reason);
  const refs = columns.flatMap((it) => (it.lineage === undefined ? [] : [{ table: it.lineage.table, column: it.lineage.column }]));
  if (refs.length === 0) return noChange(env, argument, firstReason(predicate) ?? typeError('a condition that filters reads no column'));
  if (refs.some((it) => it.table !== refs[0]?.table)) return noChange(env, argument, typeError('a condition that filters reads columns of several tables'));
  return { change: 'predicate', columns: refs, row: id, predicate, keep, at: at(env, argument) };
}

/** Why a part of a plan is not evaluated; plans are plain records, so every nested record is looked into. */
function firstReason(plan: Scalar): Reason | undefined {
  const open: unknown[] = [plan];
  for (let it = open.pop(); it !== undefined; it = open.pop()) {
    if (typeof it !== 'object' || it === null) continue;
    if ('op' in it && it.op === 'notEvaluated' && 'reason' in it) return it.reason as Reason;
    for (const value of Object.values(it).reverse()) if (typeof value === 'object' && value !== null) open.push(value);
  }
  return undefined;
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
  if (columns.some((it) => it.table !== columns[0]?.table)) return noChange(env, call, typeError(`${call.name.toUpperCase()} with columns of several tables`));
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
  const { model } = env.names;
  const foreign = columns.find((it) => model === undefined || !reaches(model, table.name, it.table));
  if (foreign !== undefined) return noChange(env, call, typeError(`${foreign.table} is not reached from ${table.name}`));
  return { change: 'removeExcept', table: table.name, columns, at: at(env, call) };
};

const keepFilters: Modifier = (call, env) => {
  const [argument] = call.args;
  return argument === undefined || argument.kind === 'omitted' ? noChange(env, call, syntaxError) : lowerFilter(argument, env, true);
};

/** ALLSELECTED: of what ALL would take the filters from. */
const allSelected: Modifier = (call, env) => {
  const removal = remove(call, env);
  switch (removal.change) {
    case 'removeColumns': return { change: 'allSelected', columns: removal.columns, table: null, at: at(env, call) };
    case 'removeTable': return { change: 'allSelected', columns: null, table: removal.table, at: at(env, call) };
    case 'removeAll': return { change: 'allSelected', columns: null, table: null, at: at(env, call) };
    default: return removal;
  }
};

/** USERELATIONSHIP(column, column), in either order. */
const useRelationship: Modifier = (call, env) => {
  const ends = call.args.map((it) => columnTarget(it.kind === 'omitted' ? undefined : it, env));
  const [first, second] = ends.flatMap((it) => (it.kind === 'column' ? [it.column] : []));
  const fault = ends.find((it) => it.kind === 'none');
  if (fault?.kind === 'none') return noChange(env, call, fault.reason);
  if (first === undefined || second === undefined) return noChange(env, call, syntaxError);
  const known = env.names.model?.relationships ?? [];
  const isBetween = (from: ColumnRef, to: ColumnRef): boolean => known.some((it) => sameColumn(it.from, from) && sameColumn(it.to, to));
  if (isBetween(first, second)) return { change: 'useRelationship', relationship: { from: first, to: second }, at: at(env, call) };
  if (isBetween(second, first)) return { change: 'useRelationship', relationship: { from: second, to: first }, at: at(env, call) };
  return noChange(env, call, typeError(`no relationship joins ${first.table}[${first.column}] and ${second.table}[${second.column}]`));
};

/** CROSSFILTER(column, column, direction): in whichever order the columns are named, the direction counts from the first. */
const crossFilter: Modifier = (call, env) => {
  const used = useRelationship({ ...call, args: call.args.slice(0, 2) }, env);
  if (used.change !== 'useRelationship') return used;
  const { relationship } = used;
  const direction = directionOf(call.args[2]);
  const model = env.names.model?.relationships.find((it) => sameColumn(it.from, relationship.from) && sameColumn(it.to, relationship.to));
  if (model === undefined || direction === undefined) return noChange(env, call, typeError('CROSSFILTER wants NONE, ONEWAY, BOTH, ONEWAY_LEFTFILTERSRIGHT or ONEWAY_RIGHTFILTERSLEFT'));
  const passing = passingOf(direction, model.cardinality, () => {
    const left = columnTarget(call.args[0]?.kind === 'omitted' ? undefined : call.args[0], env);
    return left.kind === 'column' && sameColumn(left.column, relationship.from);
  });
  return typeof passing === 'string' ? { ...used, relationship: { ...relationship, passing } } : noChange(env, call, passing);
};

/** The names of directions by their numbers (dax.guide/crossfilter). */
const directions = ['NONE', 'ONEWAY', 'BOTH', 'ONEWAY_RIGHTFILTERSLEFT', 'ONEWAY_LEFTFILTERSRIGHT'];

function directionOf(argument: Argument | undefined): string | undefined {
  const it = argument === undefined || argument.kind === 'omitted' ? undefined : unwrap(argument);
  if (it?.kind === 'number') return directions[it.value];
  const name = it?.kind === 'name' && !it.name.quoted ? it.name.text.toUpperCase() : undefined;
  return name !== undefined && directions.includes(name) ? name : undefined;
}

function passingOf(direction: string, cardinality: Relationship['cardinality'], leftIsFrom: () => boolean): Passing | Reason {
  if (direction === 'NONE') return 'none';
  if (direction === 'BOTH') return 'both';
  if (direction === 'ONEWAY') {
    if (cardinality === 'one-to-one') return noFeature('CROSSFILTER with ONEWAY on a one-to-one relationship');
    return cardinality === 'many-to-many' ? noFeature('CROSSFILTER with ONEWAY on a many-to-many relationship') : 'single';
  }
  if (cardinality !== 'many-to-many') return typeError(`CROSSFILTER with ${direction} is for many-to-many relationships`);
  return (direction === 'ONEWAY_LEFTFILTERSRIGHT') === leftIsFrom() ? 'fromFiltersTo' : 'toFiltersFrom';
}

/** ALLCROSSFILTERED(T): the filters of every table that filters T go. */
const removeCrossFilters: Modifier = (call, env) => {
  const removal = remove(call, env);
  if (removal.change === 'removeTable') return { change: 'removeCrossFilters', table: removal.table, at: at(env, call) };
  return removal.change === 'notEvaluated' ? removal : noChange(env, call, typeError('ALLCROSSFILTERED wants a table of the model'));
};

const modifiers: ReadonlyMap<string, Modifier> = new Map([
  ['ALL', remove],
  ['REMOVEFILTERS', remove],
  ['ALLEXCEPT', removeExcept],
  ['KEEPFILTERS', keepFilters],
  ['ALLSELECTED', allSelected],
  ['ALLCROSSFILTERED', removeCrossFilters],
  ['USERELATIONSHIP', useRelationship],
  ['CROSSFILTER', crossFilter],
]);

/** Names of the modifiers that are done. */
export const loweredModifiers: ReadonlySet<string> = new Set(modifiers.keys());
