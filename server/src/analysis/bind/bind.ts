/** Binding of one segment: what each name leads to, which codes meet which choices, and what is wrong. */
import type { ColumnDefinition, Definition, Evaluate, Expression, Problem, Query, Segment, TableDefinition } from '../../../../grammar/src/tree.ts';
import { quoteTable } from '../../../../grammar/src/index.ts';
import { assertNever } from '../../base/assertNever.ts';
import type { Finding } from '../../findings/finding.ts';
import { nameKey } from '../../model/model.ts';
import type { Bound, MeasureSymbol, Scope, Target } from '../bound.ts';
import { bareSegment } from '../bareSegment.ts';
import { completeNames } from '../complete.ts';
import { findModelColumn, findTable, resultNames, shapeOf, type Names } from '../scope.ts';
import { unknownShape } from '../shapes.ts';
import { suggest } from '../suggest.ts';
import { toStaticType, unknownType } from '../types.ts';
import { createContext, emptyEnv, refer, referDefinition, report, withRow, type BindContext, type BoundVariable, type Env } from './context.ts';
import { nodeOf } from './circles.ts';
import { tableCandidates } from './columns.ts';
import { columnTarget, tableTarget, withDefinitions } from './defined.ts';
import { bindFunction, definedHere } from './functions.ts';
import { bindExpression, bindScalar, bindTable } from './expressions.ts';
import { bindFilter } from './filters.ts';
import { learnType } from './measures.ts';
import { spoilsAll, syntaxFinding } from './syntax.ts';
import { bindVisualShape } from './visualShape.ts';

/**
 * Binds a segment: a definition, a query, a bare expression, or what is left of one.
 *
 * Pure and total: it depends on its arguments only and throws for no text. Where the scope has no model, names are
 * followed as far as possible and only syntax is complained about.
 */
export function bind(segment: Segment, scope: Scope): Bound {
  return run(segment, scope, (ctx, env) => {
    bindItem(ctx, segment, env);
  });
}

/**
 * Binds an expression that stands alone: `-e`, a cell of a model file, an expectation.
 *
 * @param text the text that the expression's spans count in
 * @param rowTable the table whose rows are the row context: a calculated column's
 * @param problems what the parser found in the text, to be reported with the rest
 */
export function bindExpressionIn(
  expression: Expression, text: string, scope: Scope, rowTable?: string, problems: readonly Problem[] = [],
): Bound {
  return run(bareSegment(expression, text, problems), scope, (ctx, env) => {
    bindExpression(ctx, expression, rowTable === undefined ? env : rowOf(env, rowTable));
  });
}

/** Binds an expression as a filter argument of CALCULATE: a condition over columns, or a table. */
export function bindFilterIn(expression: Expression, text: string, scope: Scope): Bound {
  return run(bareSegment(expression, text), scope, (ctx, env) => {
    bindFilter(ctx, expression, env);
  });
}

function run(segment: Segment, scope: Scope, work: (ctx: BindContext, env: Env) => void): Bound {
  const quiet = scope.model === undefined || spoilsAll(segment.problems);
  const ctx = createContext(segment, quiet);
  work(ctx, emptyEnv(withDefinitions(completeNames(scope))));
  const syntax = segment.problems.map((it) => syntaxFinding(it, ctx.brokenNames));
  const findings: readonly Finding[] = [...syntax, ...ctx.findings].sort((a, b) => a.span.start - b.span.start);
  const { types, lineage } = ctx;
  return {
    segment,
    references: [...ctx.references].sort((a, b) => a.span.start - b.span.start),
    codes: ctx.codes,
    relationships: ctx.relationships,
    findings,
    dependencies: { measures: ctx.measures, tables: ctx.tables, columns: ctx.columns, functions: ctx.functions },
    typeOf: (expression) => toStaticType(types.get(expression) ?? unknownType),
    columnOf: (expression) => lineage.get(expression),
  };
}

function bindItem(ctx: BindContext, segment: Segment, env: Env): void {
  const { item } = segment;
  switch (item.kind) {
    case 'measure': case 'columnDefinition': case 'tableDefinition': case 'functionDefinition':
      bindDefinition(ctx, item, env);
      break;
    case 'query':
      bindQuery(ctx, item, env);
      break;
    case 'bare':
      bindExpression(ctx, item.expression, env);
      break;
    case 'prose':
      break;
    default:
      assertNever(item);
  }
}

function bindDefinition(ctx: BindContext, item: Definition, outer: Env): void {
  const env = { ...outer, own: nodeOf(item, outer.names) };
  switch (item.kind) {
    case 'measure': {
      const home = item.table;
      if (home !== undefined) bindHome(ctx, home.text, home.span, env);
      const measure = env.names.measures.get(nameKey(item.name)) ?? measureHere(ctx.segment, item, env.names.model?.name ?? '');
      referDefinition(ctx, item.nameSpan, { kind: 'measure', measure });
      const own = home === undefined ? undefined : findModelColumn(env.names, { table: home.text, column: item.name });
      if (own !== undefined) report(ctx, env, 'metric-named-column', { table: own.table.name, name: item.name }, item.nameSpan);
      bindScalar(ctx, item.body, { ...env, names: { ...env.names, homeTable: home?.text } });
      learnType(ctx, env, measure);
      break;
    }
    case 'columnDefinition':
      bindHome(ctx, item.table.text, item.table.span, env);
      referDefinition(ctx, item.nameSpan, ownColumn(ctx, item, env));
      bindScalar(ctx, item.body, rowOf(env, item.table.text));
      break;
    case 'tableDefinition':
      referDefinition(ctx, item.nameSpan, ownTable(ctx, item, env));
      bindVisualShape(ctx, item, bindTable(ctx, item.body, env), env);
      break;
    case 'functionDefinition':
      bindFunction(ctx, item, env);
      break;
    case 'variableDefinition':
      bindExpression(ctx, item.body, env);
      break;
    default:
      assertNever(item);
  }
}

const columnKey = (it: ColumnDefinition): string => `${nameKey(it.table.text)}\u0000${nameKey(it.name)}`;

/** What a definition's name leads to: what the names in scope say, else the definition itself. */
function ownColumn(ctx: BindContext, item: ColumnDefinition, env: Env): Target {
  const found = findModelColumn(env.names, { table: item.table.text, column: item.name });
  const target = found === undefined ? undefined : columnTarget(found.table, found.column);
  return target?.kind === 'definedColumn' ? target : { kind: 'definedColumn', column: definedHere(ctx.segment, item) };
}

function ownTable(ctx: BindContext, item: TableDefinition, env: Env): Target {
  const found = findTable(env.names, item.name);
  const target = found === undefined ? undefined : tableTarget(found);
  return target?.kind === 'definedTable' ? target : { kind: 'definedTable', table: definedHere(ctx.segment, item) };
}

function bindHome(ctx: BindContext, name: string, span: { readonly start: number; readonly end: number }, env: Env): void {
  const table = findTable(env.names, name);
  refer(ctx, span, table === undefined ? { kind: 'unresolved', name } : tableTarget(table));
  if (table !== undefined) return;
  const near = suggest(name, tableCandidates(env));
  const newText = near === undefined ? undefined : quoteTable(near.name);
  report(ctx, env, 'unknown-table', { table: name, model: env.names.model?.name ?? '', ...(newText === undefined ? {} : { suggestion: newText }) }, span, {
    fixes: newText === undefined ? [] : [{ title: `Change to ${newText}`, ...(near?.certain === true ? { preferred: true } : {}), edits: [{ span, newText }] }],
  });
}

function rowOf(env: Env, name: string): Env {
  const table = findTable(env.names, name);
  return withRow(env, table === undefined ? unknownShape : shapeOf(env.names, table));
}

function bindQuery(ctx: BindContext, query: Query, outer: Env): void {
  const variables = new Map<string, BoundVariable>();
  const env: Env = { ...outer, names: withDefinitions(queryNames(ctx, query, outer.names)), variables };
  reportTwice(ctx, query, env);
  for (const it of query.definitions) {
    if (it.kind !== 'variableDefinition') continue;
    const type = bindExpression(ctx, it.body, env);
    referDefinition(ctx, it.nameSpan, { kind: 'variable', name: it.name, definition: it.nameSpan, value: it.body });
    variables.set(nameKey(it.name), { name: it.name, definition: it.nameSpan, value: it.body, type });
  }
  for (const it of query.definitions) if (it.kind !== 'variableDefinition') bindDefinition(ctx, it, env);
  for (const it of query.evaluates) bindEvaluate(ctx, it, env);
}

/** Reports names that a query gives twice. */
function reportTwice(ctx: BindContext, { definitions }: Query, env: Env): void {
  const seen = new Set<string>();
  for (const it of definitions) {
    // A metric has one name in the whole model, a column in its table; the rest share the names without brackets.
    const kind = it.kind === 'measure' ? 'measure' : it.kind === 'columnDefinition' ? `column ${nameKey(it.table.text)}` : it.kind === 'functionDefinition' ? it.kind : '';
    const key = `${kind}\u0000${nameKey(it.name)}`;
    if (seen.has(key)) report(ctx, env, 'duplicate-in-query', { name: it.name }, it.nameSpan);
    seen.add(key);
  }
}

function bindEvaluate(ctx: BindContext, it: Evaluate, env: Env): void {
  const shape = bindTable(ctx, it.expression, env);
  const inRow = withRow({ ...env, names: resultNames(env.names, shape) }, shape);
  for (const key of it.orderBy) bindScalar(ctx, key.expression, inRow);
  for (const value of it.startAt) bindScalar(ctx, value, env);
}

/** The names that a query sees: what it defines comes before what the model has. */
export function queryNames(ctx: Pick<BindContext, 'segment'>, query: Query, names: Names): Names {
  if (query.definitions.every((it) => it.kind === 'variableDefinition')) return names;
  const measures = new Map<string, MeasureSymbol>(names.measures);
  const queryTables = new Map(names.queryTables);
  const queryColumns = new Map(names.queryColumns);
  const functions = new Map(names.functions);
  const { definitions } = names;
  for (const it of query.definitions) {
    // A DEFINE without EVALUATE defines for the model: what it defines is known already.
    if (it.kind === 'measure') {
      const key = nameKey(it.name);
      if (names.measures.get(key)?.body !== it.body) measures.set(key, measureHere(ctx.segment, it, names.model?.name ?? ''));
    } else if (it.kind === 'tableDefinition') {
      const key = nameKey(it.name);
      if (definitions.tables.get(key)?.definition !== it) queryTables.set(key, definedHere(ctx.segment, it));
    } else if (it.kind === 'columnDefinition') {
      const key = columnKey(it);
      if (definitions.columns.get(key)?.definition !== it) queryColumns.set(key, definedHere(ctx.segment, it));
    } else if (it.kind === 'functionDefinition') {
      const key = it.name.toUpperCase();
      if (definitions.functions.get(key)?.definition !== it) functions.set(key, definedHere(ctx.segment, it));
    }
  }
  const tables = new Map([...definitions.tables, ...queryTables]);
  const columns = new Map([...definitions.columns, ...queryColumns]);
  return { ...names, measures, queryTables, queryColumns, functions, definitions: { measures, functions, tables, columns } };
}

const measureHere = (segment: Segment, it: Extract<Definition, { kind: 'measure' }>, model: string): MeasureSymbol => ({
  kind: 'measure',
  name: it.name,
  model,
  uri: '',
  segment,
  docs: it.docs,
  body: it.body,
  homeTable: it.table?.text,
  format: undefined,
});
