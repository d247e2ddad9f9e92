/**
 * GROUPCROSSAPPLY and GROUPCROSSAPPLYTABLE: groups without auto-exist, made by crossing what filter tables hold, and
 * values or a table for each. Their pages say what they do; models that are made of others ask each other by them.
 */
import type { Argument, Call, Expression } from '../../../../../grammar/src/tree.ts';
import type { ContextChange, NamedScalar, Relation, Scalar, VariablePlan } from '../../../plan/plan.ts';
import { unwrap } from '../../scope.ts';
import { columnsShape, joinShapes, sameColumn, type ShapeColumn, type TableShape } from '../../shapes.ts';
import { lowerTableCall, type RelationLowering } from '../calls.ts';
import {
  argumentAt, at, calculateInCondition, isInCondition, noFeature, noRelation, notSupported, openRow, shaped, syntaxError, transitionOf, typeError, type LowerEnv, type Lowered,
} from '../context.ts';
import { columnTarget, lowerRelation } from '../relations.ts';
import { hasDuplicates, namedPairs } from './pairs.ts';

/** A filter table: a variable, so that it is evaluated once, and how it acts. */
interface FilterTable {
  readonly variable: VariablePlan;
  readonly rows: Relation;
  readonly columns: readonly ShapeColumn[];
  readonly acts: 'filter' | 'keep' | 'not';
}

interface Parts {
  readonly by: readonly ShapeColumn[];
  readonly tables: readonly Expression[];
  readonly rest: readonly Argument[];
}

/** Grouping columns and tables, up to the first text. */
function partsOf(call: Call, env: LowerEnv): Parts | Lowered {
  const by: ShapeColumn[] = [];
  const tables: Expression[] = [];
  let i = 0;
  for (; i < call.args.length; i++) {
    const argument = argumentAt(call, i);
    if (argument === undefined) return noRelation(env, call, syntaxError);
    const it = unwrap(argument);
    if (it.kind === 'string') break;
    if (it.kind !== 'column') {
      tables.push(it);
      continue;
    }
    const target = columnTarget(it, env);
    if (target.kind === 'none') return noRelation(env, it, target.reason);
    by.push(target.shape);
  }
  return { by, tables, rest: call.args.slice(i) };
}

const unsupportedKinds: ReadonlySet<string> = new Set(['ALLSELECTEDAPPLY', 'ALLSELECTEDREMOVE', 'ALWAYSAPPLY', 'SHADOWCLUSTER']);

function filterTable(it: Expression, env: LowerEnv): FilterTable | Lowered {
  const name = it.kind === 'call' ? it.name.toUpperCase() : '';
  if (unsupportedKinds.has(name)) return noRelation(env, it, notSupported(name));
  const wrapped = it.kind === 'call' && (name === 'KEEPFILTERS' || name === 'NONFILTER') ? argumentAt(it, 0) : it;
  if (wrapped === undefined) return noRelation(env, it, syntaxError);
  const given = wrapped.kind === 'call' && wrapped.name.toUpperCase() === 'FILTERCLUSTER' ? filterCluster(wrapped, env) : lowerRelation(wrapped, env);
  if (given.relation.op === 'notEvaluated') return given;
  const id = env.ctx.nextVariable++;
  return {
    variable: { kind: 'table', id, name: '', value: given.relation },
    rows: { op: 'tableVariable', id, ...shaped(given.shape), at: at(env, it) },
    columns: given.shape.columns ?? [],
    acts: name === 'NONFILTER' ? 'not' : name === 'KEEPFILTERS' ? 'keep' : 'filter',
  };
}

/** FILTERCLUSTER: the rows of a table that meet filter tables, grouped by columns. */
function filterCluster(call: Call, env: LowerEnv): Lowered {
  const parts = partsOf(call, env);
  if ('relation' in parts) return parts;
  const scans = parts.rest.slice(1);
  const [scan] = scans;
  if (scan === undefined || scan.kind === 'omitted') return noRelation(env, call, typeError('FILTERCLUSTER without a table to group'));
  if (scans.length > 1) return noRelation(env, call, noFeature('FILTERCLUSTER of several tables'));
  const changes: ContextChange[] = [];
  for (const it of parts.tables) {
    const { relation } = lowerRelation(it, env);
    if (relation.op === 'notEvaluated') return noRelation(env, it, relation.reason);
    changes.push({ change: 'filter', relation, keep: true, at: at(env, it) });
  }
  const groups = call.args.flatMap((it) => (it.kind !== 'omitted' && unwrap(it).kind === 'column' ? [it] : []));
  const { relation, shape } = lowerTableCall({ ...call, name: 'SUMMARIZE', args: [scan, ...groups.slice(0, parts.by.length)] }, env);
  if (relation.op === 'notEvaluated') return { relation, shape };
  return { relation: { op: 'calculate', changes, transition: transitionOf(env), input: relation, ...shaped(shape), at: at(env, call) }, shape };
}

/** The groups, columns in the order of `by`: what each filter table holds of them, crossed, and all values of the others. */
function groupsOf(call: Call, env: LowerEnv, by: readonly ShapeColumn[], filters: readonly FilterTable[]): Lowered {
  const place = at(env, call);
  const parts: Lowered[] = [];
  const open = [...by];
  for (const { rows, columns, acts } of filters) {
    const own = open.filter((it) => columns.some((column) => sameColumn(column.lineage, it.lineage)));
    if (own.length === 0) continue;
    if (filters.some((other) => other.rows !== rows && other.columns.some((it) => own.some((mine) => sameColumn(mine.lineage, it.lineage))))) {
      return noRelation(env, call, noFeature('a grouping column that stands in several filter tables'));
    }
    for (const it of own) open.splice(open.indexOf(it), 1);
    // A column that does not filter has no origin while values are computed.
    const shape = columnsShape(acts === 'not' ? own.map((it) => ({ ...it, lineage: undefined })) : own);
    const { id } = openRow(env, columnsShape(columns));
    const expressions = own.map((it): Scalar => ({ op: 'column', row: id, index: columns.findIndex((column) => sameColumn(column.lineage, it.lineage)), at: place }));
    parts.push({ relation: { op: 'distinct', input: { op: 'project', input: rows, row: id, expressions, ...shaped(shape), at: place }, ...shaped(shape), at: place }, shape });
  }
  for (const it of open) {
    const shape = columnsShape([it]);
    parts.push({ relation: { op: 'values', blankRow: true, ...shaped(shape), at: place }, shape });
  }
  const [only] = parts;
  if (only === undefined) return noRelation(env, call, typeError(`${call.name.toUpperCase()} without a grouping column`));
  const crossed = joinShapes(parts.map((it) => it.shape));
  const relation: Relation = parts.length === 1 ? only.relation : { op: 'cross', inputs: parts.map((it) => it.relation), ...shaped(crossed), at: place };
  const all = crossed.columns ?? [];
  const places = by.map((it) => all.findIndex((column) => column.table === it.table && column.column === it.column));
  if (places.every((it, i) => it === i)) return { relation, shape: crossed };
  const { id } = openRow(env, crossed);
  const shape = columnsShape(places.flatMap((it) => all[it] ?? []));
  return { relation: { op: 'project', input: relation, row: id, expressions: places.map((index) => ({ op: 'column', row: id, index, at: place })), ...shaped(shape), at: place }, shape };
}

/** Values for each group: named expressions under the group as filter; groups for which all are BLANK are left out. */
function withValues(call: Call, env: LowerEnv, groups: Lowered, rest: readonly Argument[]): Lowered {
  const its = namedPairs(rest, env);
  if (its === undefined) return noRelation(env, call, typeError('names of columns must be constant text, each with an expression'));
  if (its.extensions.length === 0) return groups;
  const place = at(env, call);
  const shape = joinShapes([groups.shape, columnsShape(its.columns)]);
  if (hasDuplicates(shape.columns ?? [])) return noRelation(env, call, typeError('two columns of the same name'));
  const { id } = openRow(env, groups.shape);
  const extensions = its.extensions.map(({ name, expression }): NamedScalar => ({ name, expression: { op: 'calculate', changes: [], transition: [id], expression, at: place } }));
  const { id: row } = openRow(env, shape);
  const width = (shape.columns ?? []).length - extensions.length;
  const isBlank = extensions.map((_, i): Scalar => ({ op: 'call', name: 'ISBLANK', args: [{ op: 'column', row, index: width + i, at: place }], at: place }));
  const allBlank = isBlank.reduce((left, right) => ({ op: 'and', left, right, at: place }));
  const input: Relation = { op: 'extend', input: groups.relation, row: id, extensions, ...shaped(shape), at: place };
  return { relation: { op: 'filter', input, row, predicate: { op: 'call', name: 'NOT', args: [allBlank], at: place }, ...shaped(shape), at: place }, shape };
}

/** A table for each group, evaluated under it. */
function withTable(call: Call, env: LowerEnv, groups: Lowered, rest: readonly Argument[]): Lowered {
  const [, table] = rest;
  if (table === undefined || table.kind === 'omitted') return groups;
  const inner = lowerRelation(table, env);
  if (inner.relation.op === 'notEvaluated') return inner;
  const shape = joinShapes([groups.shape, inner.shape]);
  if (hasDuplicates(shape.columns ?? [])) return noRelation(env, call, typeError('two columns of the same name'));
  const place = at(env, call);
  const { id } = openRow(env, groups.shape);
  const under: Relation = { op: 'calculate', changes: [], transition: [id], input: inner.relation, ...shaped(inner.shape), at: place };
  return { relation: { op: 'generate', input: groups.relation, row: id, inner: under, keepEmpty: false, ...shaped(shape), at: place }, shape };
}

const crossApply = (each: typeof withValues): RelationLowering => (call, env) => {
  if (isInCondition(env)) return noRelation(env, call, calculateInCondition);
  if (env.rows.some((it) => !it.consumed)) return noRelation(env, call, noFeature(`${call.name.toUpperCase()} in a row context`));
  const parts = partsOf(call, env);
  if ('relation' in parts) return parts;
  const filters: FilterTable[] = [];
  for (const it of parts.tables) {
    const filter = filterTable(it, env);
    if ('relation' in filter) return filter;
    filters.push(filter);
  }
  const groups = groupsOf(call, env, parts.by, filters);
  if (groups.relation.op === 'notEvaluated') return groups;
  const { relation: input, shape: inner } = each(call, env, groups, parts.rest);
  if (input.op === 'notEvaluated') return { relation: input, shape: inner };
  const place = at(env, call);
  const changes = filters.flatMap(({ rows, acts }): readonly ContextChange[] => (acts === 'not' ? [] : [{ change: 'filter', relation: rows, keep: acts === 'keep', at: place }]));
  // The grouping columns come from the model again, also those that did not filter.
  const shape: TableShape = columnsShape((inner.columns ?? []).map((it, i) => parts.by[i] ?? it));
  const body: Relation = { op: 'calculate', changes, transition: [], input, ...shaped(shape), at: place };
  return { relation: { op: 'let', variables: filters.map((it) => it.variable), body, ...shaped(shape), at: place }, shape };
};

/** Tables and marks that stand among the filter tables only. */
const outOfPlace: RelationLowering = (call, env) => noRelation(env, call, typeError(`${call.name.toUpperCase()} stands outside of GROUPCROSSAPPLY`));

export const crossApplies: readonly (readonly [string, RelationLowering])[] = [
  ['GROUPCROSSAPPLY', crossApply(withValues)],
  ['GROUPCROSSAPPLYTABLE', crossApply(withTable)],
  ['FILTERCLUSTER', outOfPlace],
  ['NONFILTER', outOfPlace],
];
