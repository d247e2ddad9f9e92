/** From definitions and queries to jobs for the engine. */
import type { Definition, Expression, Query } from '../../../../grammar/src/tree.ts';
import { quoteColumn } from '../../../../grammar/src/index.ts';
import { wayText } from '../../base/circles.ts';
import { nameKey, type Model } from '../../model/model.ts';
import type { Job, MeasurePlan, QueryPlan, Scalar, VariablePlan } from '../../plan/plan.ts';
import type { MeasureSymbol, Scope } from '../bound.ts';
import { queryNames } from '../bind/bind.ts';
import { completeNames } from '../complete.ts';
import { resultNames } from '../scope.ts';
import {
  addSource, at, createLowerContext, noFeature, noRelation, openRow, shaped, syntaxError, topEnv, typeError,
  type Lowered, type LoweringSource, type LowerContext, type LowerEnv, type LowerVariable, type MeasureSlot, type MeasureSpace,
} from './context.ts';
import { lowerRelation } from './relations.ts';
import { lowerScalar, lowerVariable } from './scalars.ts';
import { groupsOf } from './calculationGroups.ts';
import { circularSlots } from './circles.ts';
import { withDefined, type DefinedSpace } from './defined.ts';
import { withFunctions } from './userFunctions.ts';

export type { LoweringSource } from './context.ts';

/** Makes plans over one model; identities are unique within one lowering, so all its plans fit into one job. */
export interface Lowering {
  /** Texts that plans came from, by `At.source`. */
  readonly sources: readonly LoweringSource[];
  /** One plan for each EVALUATE. */
  query(query: Query, text: string, uri?: string): readonly QueryPlan[];
  /** The job for these plans, with every metric that they read, at any depth. */
  job(queries: readonly QueryPlan[]): Job;
}

/**
 * @param measures metrics that the texts see, by `nameKey`
 * @param defined functions, tables and columns that text of the model defines
 * @param besides tables and columns that are no part of the database: every query has them as its own
 */
export function createLowering(
  model: Model, measures: ReadonlyMap<string, MeasureSymbol>, inferredTypes?: Scope['inferredTypes'],
  defined: Pick<Scope, 'functions' | 'tables' | 'columns'> = {}, besides: Pick<Scope, 'tables' | 'columns'> = {},
): Lowering {
  const ctx = createLowerContext();
  const scope: Scope = { model, measures, ...(inferredTypes === undefined ? {} : { inferredTypes }), ...defined };
  // What text of the model defines is part of the database.
  const inModel = withDefined(completeNames(scope), ctx).space;
  const { tables, columns } = besides;
  const space = tables === undefined || columns === undefined ? inModel : { ...inModel, names: { ...inModel.names, queryTables: tables, queryColumns: columns } };
  return {
    sources: ctx.sources,
    query: (query, text, uri = '') => lowerQuery(query, text, ctx, space, addSource(ctx, { uri, text, segment: undefined })),
    job: (queries) => ({ measures: lowerMeasures(ctx), queries }),
  };
}

/** Lowers every metric that was met, and those that they meet, until none is left. */
export function lowerMeasures(ctx: LowerContext): readonly MeasurePlan[] {
  for (let i = 0; i < ctx.slots.length; i++) {
    const slot = ctx.slots[i];
    if (slot !== undefined) slot.plan ??= lowerMeasureBody(slot, ctx);
  }
  const circles = circularSlots(ctx.slots);
  return ctx.slots.map((slot, i): MeasurePlan => {
    const path = circles.get(i);
    if (path === undefined) return slot.plan ?? { name: slot.symbol.name, expression: { op: 'notEvaluated', reason: syntaxError } };
    const reason = { id: 'circular-dependency', path: wayText(path, (it) => quoteColumn(ctx.slots[it]?.symbol.name ?? '')) } as const;
    return { name: slot.symbol.name, expression: { op: 'notEvaluated', reason } };
  });
}

function lowerMeasureBody(slot: MeasureSlot, ctx: LowerContext): MeasurePlan {
  const { symbol } = slot;
  const source = addSource(ctx, { uri: symbol.uri, text: symbol.segment.text, segment: symbol.segment });
  const own = { ...slot.space, names: { ...slot.space.names, homeTable: symbol.homeTable } };
  const env = { ...topEnv(ctx, own, source, slot.reads), variables: variablesOfQuery(symbol, slot.space) };
  const [problem] = symbol.segment.problems;
  // Text that could not be read is no part of the tree, so the tree says less than its author.
  const expression: Scalar = problem === undefined
    ? lowerScalar(withFunctions(symbol.body, env.names), env)
    : { op: 'notEvaluated', reason: syntaxError, at: { source, start: problem.span.start, end: problem.span.end } };
  const groups = groupsOf(slot.space, ctx);
  return { name: symbol.name, expression, ...(symbol.format === undefined ? {} : { format: symbol.format }), ...(groups === undefined ? {} : { groups }) };
}

/** A metric that a query defines sees the query's variables, whose values are the query's. */
function variablesOfQuery({ uri, segment: { item } }: MeasureSymbol, { queryVariables }: MeasureSpace): ReadonlyMap<string, LowerVariable> {
  if (uri === '' && queryVariables !== undefined) return queryVariables;
  const definitions = item.kind === 'query' ? item.definitions : [];
  // In a DEFINE without EVALUATE there is no query whose values they could be.
  const reason = noFeature('variables of a DEFINE without EVALUATE in its metrics', 'are');
  return new Map(definitions.flatMap((it) => (it.kind === 'variableDefinition' ? [[nameKey(it.name), { kind: 'unavailable', reason } as const]] : [])));
}

function lowerQuery(query: Query, text: string, ctx: LowerContext, outer: MeasureSpace, source: number): readonly QueryPlan[] {
  const { queryTables, queryColumns } = outer.names;
  const scope = new Map<string, LowerVariable>();
  const own = query.definitions.length + queryTables.size + queryColumns.size === 0 ? undefined : querySpace(query, text, outer, ctx, scope);
  const env = topEnv(ctx, own?.space ?? outer, source);
  const parts = own?.parts();
  const defines = parts === undefined ? {} : { defines: parts };
  const inside = { ...env, variables: scope };
  const variables = queryVariables(query.definitions, inside, scope);
  return query.evaluates.map((it): QueryPlan => {
    if (own?.fault !== undefined) return { relation: noRelation(env, it.expression, own.fault).relation };
    const input = lowerRelation(withFunctions(it.expression, env.names), inside);
    const ordered = it.orderBy.length === 0 ? input : order(it, input, inside);
    if (variables.length === 0) return { relation: ordered.relation, ...defines };
    return { ...defines, relation: { op: 'let', ofQuery: true, variables, body: ordered.relation, ...shaped(ordered.shape), at: at(env, it.expression) } };
  });
}

/** Metrics that the query defines hide those of the model, also where other metrics of the model read them. */
function querySpace(query: Query, text: string, outer: MeasureSpace, ctx: LowerContext, variables: ReadonlyMap<string, LowerVariable>): DefinedSpace {
  const segment = { start: 0, end: text.length, text, item: query, problems: [], comments: [] };
  return withDefined(queryNames({ segment }, query, outer.names), ctx, variables);
}

function queryVariables(definitions: readonly Definition[], env: LowerEnv, scope: Map<string, LowerVariable>): readonly VariablePlan[] {
  return definitions.flatMap((it) => (it.kind === 'variableDefinition' ? [lowerVariable(it.name, withFunctions(it.body, env.names), env, scope)] : []));
}

function order({ orderBy, startAt, expression }: Query['evaluates'][number], { relation, shape }: Lowered, env: LowerEnv): Lowered {
  if (relation.op === 'notEvaluated') return { relation, shape };
  const { id, inside } = openRow(env, shape);
  const place = { ...inside, names: resultNames(inside.names, shape) };
  const keys = orderBy.map((it) => ({ expression: lowerScalar(withFunctions(it.expression, env.names), place), descending: it.descending }));
  if (startAt.length === 0) return { relation: { op: 'order', input: relation, row: id, keys, ...shaped(shape) }, shape };
  const faulty = startAt.find((it) => !isConstant(it));
  if (faulty !== undefined) return noRelation(env, faulty, faulty.kind === 'parameter' ? noFeature('query parameters', 'are') : typeError('START AT wants constants'));
  if (startAt.length > keys.length) return noRelation(env, expression, typeError('START AT with more values than ORDER BY has keys'));
  return { relation: { op: 'order', input: relation, row: id, keys, startAt: startAt.map((it) => lowerScalar(it, env)), ...shaped(shape) }, shape };
}

/** A value as it is written, a number with its sign. */
function isConstant(it: Expression): boolean {
  const plain = it.kind === 'unary' ? it.operand : it;
  return plain.kind === 'number' || (it === plain && (plain.kind === 'string' || plain.kind === 'boolean' || plain.kind === 'date'));
}

