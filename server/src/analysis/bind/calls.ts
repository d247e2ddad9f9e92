/** Calls: the function, the number of its arguments, and each argument by what its parameter wants. */
import type { Argument, Call, Expression } from '../../../../grammar/src/tree.ts';
import { allFunctions, functionNamed } from '../../functions/index.ts';
import type { FunctionSpec, ParameterSpec } from '../../functions/spec.ts';
import { nameKey } from '../../model/model.ts';
import { columnType, findTable, unwrap } from '../scope.ts';
import { columnsShape, modelColumn, unknownShape, type ShapeColumn, type TableShape } from '../shapes.ts';
import { candidatesOf, prepare, suggest } from '../suggest.ts';
import { scalar, tableOf, unknownType, type Type } from '../types.ts';
import { afterCall } from './afterCall.ts';
import { checkNames } from './baseReferences.ts';
import { bindColumnArgument } from './columns.ts';
import { isParameter, isTroubled, refer, report, withRow, type BindContext, type Env } from './context.ts';
import { bindArgument, bindExpression, bindScalar, bindTable, textOf } from './expressions.ts';
import { bindFilter } from './filters.ts';
import { bindDefinedCall } from './functions.ts';
import { bindDates } from './dates.ts';
import { checkPairs } from './pairs.ts';
import { countWords, parametersByPlace } from './parameters.ts';
import { checkPlace, markModifier, markPlaces } from './places.ts';
import { recordRelationship } from './relationshipUses.ts';
import { resultOf } from './results.ts';
import { bindersByForm } from './byForm.ts';
import { checkCondition } from './conditions.ts';

/** What an argument turned out to be. */
export interface BoundArgument {
  readonly argument: Argument;
  readonly parameter: ParameterSpec | undefined;
  readonly type: Type;
}

export function bindCall(ctx: BindContext, call: Call, env: Env): Type {
  const spec = functionNamed(call.name);
  if (spec === undefined) {
    const defined = env.names.functions.get(call.name.toUpperCase());
    for (const argument of call.args) markModifier(ctx, argument);
    return defined === undefined ? bindUnknownCall(ctx, call, env) : bindDefinedCall(ctx, call, defined, env);
  }
  refer(ctx, call.nameSpan, { kind: 'function', spec });
  if (!checkCount(ctx, call, spec, env)) {
    for (const argument of call.args) bindArgument(ctx, argument, { ...env, quiet: true });
    return spec.returns === 'table' ? tableOf(unknownShape) : unknownType;
  }
  checkPlace(ctx, call, spec, env);
  checkPairs(ctx, call, spec, env);
  markPlaces(ctx, call, spec);
  if (env.predicate && spec.name === 'CALCULATE') report(ctx, env, 'calculate-in-filter', {}, call.nameSpan);
  const type = bindKnownCall(ctx, call, spec, env);
  if (type.kind === 'table') checkAddedNames(ctx, env, call, type.shape);
  return type;
}

function bindKnownCall(ctx: BindContext, call: Call, spec: FunctionSpec, env: Env): Type {
  const special = bindersByForm.get(spec.name);
  if (special !== undefined) return special(ctx, call, env);
  // A visual calculation names columns of its visual, of which nothing is known here.
  const place = spec.category === 'visual' ? withRow(env, unknownShape) : env;
  const bound = spec.byForm === true ? bindLoosely(ctx, call, place) : bindByPlace(ctx, call, spec, place);
  afterCall(ctx, call, spec, bound, env);
  checkNames(ctx, spec, bound, env);
  if (spec.name === 'USERELATIONSHIP' || spec.name === 'CROSSFILTER') recordRelationship(ctx, call, spec.name, env);
  return resultOf(ctx, call, spec, bound, env);
}

/** Reports a name that a call gives to a column it adds, when the table has a column of that name already. */
function checkAddedNames(ctx: BindContext, env: Env, call: Call, shape: TableShape): void {
  const own = new Set(call.args.flatMap((it) => (it.kind === 'string' ? [it.span.start] : [])));
  if (own.size === 0) return;
  const seen = new Set<string>();
  for (const it of shape.columns ?? []) {
    const key = `${nameKey(it.table ?? '')}\u0000${nameKey(it.column)}`;
    if (seen.has(key) && it.definition !== undefined && own.has(it.definition.start)) {
      report(ctx, env, 'duplicate-column', { name: it.column }, it.definition);
    }
    seen.add(key);
  }
}

/** Binds arguments by the parameters that stand at their places. */
function bindByPlace(ctx: BindContext, call: Call, spec: FunctionSpec, env: Env): readonly BoundArgument[] {
  const parameters = parametersByPlace(spec, call.args);
  const bound: BoundArgument[] = [];
  call.args.forEach((argument, i) => {
    const parameter = parameters[i];
    const rowsOf = parameter?.rowContextOf;
    const place = rowsOf === undefined ? env : withRow(env, rowShape(bound, rowsOf));
    bound.push({ argument, parameter, type: bindParameter(ctx, call, spec, parameter, argument, place) });
  });
  return bound;
}

/** The rows that a parameter named `name` brings. */
function rowShape(bound: readonly BoundArgument[], name: string): TableShape {
  const its = bound.find((it) => it.parameter?.name === name);
  return its?.type.kind === 'table' ? its.type.shape : unknownShape;
}

function bindParameter(
  ctx: BindContext, call: Call, spec: FunctionSpec, parameter: ParameterSpec | undefined, argument: Argument, env: Env,
): Type {
  if (argument.kind === 'omitted') return scalar('blank');
  switch (parameter?.kind) {
    case 'scalar': {
      const type = bindScalar(ctx, argument, env);
      if (parameter.type === 'boolean') checkCondition(ctx, env, argument, type);
      return scalar(type);
    }
    case 'table': return tableOf(bindTable(ctx, argument, env));
    case 'column': return bindColumn(ctx, call, spec, argument, env);
    case 'table-or-column': return spec.category === 'time-intelligence' ? bindDates(ctx, call, argument, env) : bindTableOrColumn(ctx, argument, env);
    case 'filter': return isYearEnd(spec, argument) ? scalar(bindScalar(ctx, argument, env)) : bindFilter(ctx, argument, env);
    case 'word': return bindWord(ctx, argument, env, parameter);
    case 'name': return scalar(bindScalar(ctx, argument, env));
    case 'any': case undefined: return bindExpression(ctx, argument, { ...env, lenient: true });
  }
}

const endingYears: ReadonlySet<string> = new Set(['TOTALYTD', 'OPENINGBALANCEYEAR', 'CLOSINGBALANCEYEAR']);

/** TOTALYTD(value, dates, "06-30"): the end of the year may stand in the place of the filter, which is optional. */
const isYearEnd = (spec: FunctionSpec, argument: Expression): boolean => endingYears.has(spec.name) && unwrap(argument).kind === 'string';

/** A bare word is itself; anything else stands in its place as a value. */
export function bindWord(ctx: BindContext, argument: Expression, env: Env, parameter?: ParameterSpec): Type {
  const it = unwrap(argument);
  if (it.kind !== 'name' || it.name.quoted || env.variables.has(nameKey(it.name.text))) return bindExpression(ctx, argument, env);
  const word = it.name.text.toUpperCase();
  refer(ctx, it.name.span, { kind: 'word', word });
  const words = parameter?.words;
  if (words !== undefined && !words.includes(word)) reportWord(ctx, env, it.span, word, words);
  return unknownType;
}

function reportWord(ctx: BindContext, env: Env, span: Expression['span'], word: string, words: readonly string[]): void {
  const near = suggest(word, prepare(words));
  report(ctx, env, 'unknown-word', { word, words: words.join(', ') }, span, near === undefined ? {} : {
    fixes: [{ title: `Change to ${near.name}`, ...(near.certain ? { preferred: true } : {}), edits: [{ span, newText: near.name }] }],
  });
}

function bindColumn(ctx: BindContext, call: Call, spec: FunctionSpec, argument: Expression, env: Env): Type {
  const it = unwrap(argument);
  if (it.kind === 'column') {
    const found = bindColumnArgument(ctx, it, env);
    if (found.kind === 'column') {
      if (it !== argument) ctx.lineage.set(argument, found.column);
      return oneColumn(ctx, env, it);
    }
    if (found.kind === 'measure' || (found.kind === 'added' && isOfNoTable(spec, found.column, env))) wrongColumn(ctx, env, call, argument);
    return unknownType;
  }
  const type = bindExpression(ctx, argument, { ...env, lenient: true });
  if (it.kind !== 'missing' && !isParameter(env, it)) wrongColumn(ctx, env, call, argument);
  return type;
}

/** An aggregation reads a column of the model: one that an expression added is none, unless some table has one of that name. */
function isOfNoTable(spec: FunctionSpec, it: ShapeColumn, { names }: Env): boolean {
  if (spec.category !== 'aggregation' || it.definition === undefined || it.lineage !== undefined) return false;
  const key = nameKey(it.column);
  return ![...(names.model?.tables.values() ?? [])].some((table) => table.columns.has(key));
}

function wrongColumn(ctx: BindContext, env: Env, call: Call, argument: Expression): void {
  report(ctx, env, 'column-wanted', { function: call.name.toUpperCase(), found: textOf(ctx, argument) }, argument.span);
}

/** The values of a column as a table of one column. */
function oneColumn(ctx: BindContext, env: Env, reference: Expression): Type {
  const its = ctx.lineage.get(reference);
  if (its === undefined) return tableOf(unknownShape);
  return tableOf(columnsShape([modelColumn(its.table, its.column, columnType(env.names, its.table, its.column))]));
}

export function bindTableOrColumn(ctx: BindContext, argument: Expression, env: Env): Type {
  const it = unwrap(argument);
  if (it.kind !== 'column') return tableOf(bindTable(ctx, argument, env));
  const found = bindColumnArgument(ctx, it, env);
  if (found.kind === 'measure') report(ctx, env, 'table-wanted', { found: textOf(ctx, argument) }, argument.span);
  return oneColumn(ctx, env, it);
}

/**
 * Arguments that are told apart by their form: window functions and their kin. A table among them brings the columns
 * that the others name; without one, the columns may be those of a visual.
 */
function bindLoosely(ctx: BindContext, call: Call, env: Env): readonly BoundArgument[] {
  const place = { ...env, lenient: true };
  const tables = new Map<Argument, Type>();
  for (const argument of call.args) {
    if (argument.kind !== 'omitted' && isTable(argument, env)) tables.set(argument, bindExpression(ctx, argument, place));
  }
  const [relation] = tables.values();
  const shape = relation?.kind === 'table' ? relation.shape : unknownShape;
  // ORDERBY and PARTITIONBY stand inside the call that has the table.
  const inRow = relation === undefined && env.rows.length > 0 ? place : withRow(place, shape);
  return call.args.map((argument) => {
    if (argument.kind === 'omitted') return { argument, parameter: undefined, type: scalar('blank') };
    const type = tables.get(argument) ?? (unwrap(argument).kind === 'name' ? bindWord(ctx, argument, inRow) : bindExpression(ctx, argument, inRow));
    return { argument, parameter: undefined, type };
  });
}

function isTable(argument: Expression, env: Env): boolean {
  const it = unwrap(argument);
  if (it.kind === 'constructor') return true;
  if (it.kind === 'call') return functionNamed(it.name)?.returns === 'table';
  if (it.kind !== 'name') return false;
  const variable = it.name.quoted ? undefined : env.variables.get(nameKey(it.name.text));
  return variable === undefined ? findTable(env.names, it.name.text) !== undefined : variable.type.kind === 'table';
}

/** Checks the number of arguments; false when it does not fit, so that nothing is said about the arguments. */
function checkCount(ctx: BindContext, call: Call, spec: FunctionSpec, env: Env): boolean {
  const count = call.args.length;
  const isOpen = call.close === undefined || call.args.some((it) => it.kind === 'missing') || isTroubled(ctx, call.span);
  if (isOpen) return true;
  const params = { function: spec.name, expected: countWords(spec), found: count };
  if (count < spec.minArguments) {
    report(ctx, env, 'argument-count', params, call.nameSpan);
    return false;
  }
  const surplus = spec.maxArguments === undefined ? undefined : call.args[spec.maxArguments];
  const last = call.args.at(-1);
  if (surplus === undefined || last === undefined) return true;
  // Of an argument that is left out, the comma before it is all that there is to show.
  const before = call.args[(spec.maxArguments ?? 0) - 1];
  const start = surplus.kind === 'omitted' && before !== undefined ? before.span.end : surplus.span.start;
  report(ctx, env, 'argument-count', params, { start, end: Math.max(last.span.end, surplus.span.end) });
  return false;
}

function bindUnknownCall(ctx: BindContext, call: Call, env: Env): Type {
  refer(ctx, call.nameSpan, { kind: 'unresolved', name: call.name });
  reportFunction(ctx, call, env);
  // A function of the model may do anything with its arguments: no row context is missing, no name is certainly wrong.
  const place = { ...env, lenient: true, quiet: true };
  for (const argument of call.args) bindArgument(ctx, argument, place);
  return unknownType;
}

const functionNames = prepare(allFunctions.map((it) => it.name));

function reportFunction(ctx: BindContext, call: Call, env: Env): void {
  // A name with dots is hardly meant for one of DAX's own; a function that text defines is spelt as it is defined.
  const { functions } = env.names;
  const defined = candidatesOf(functions, () => [...functions.values()].map((it) => it.name));
  const near = call.name.length < 3 ? undefined : suggest(call.name, call.name.includes('.') ? [] : functionNames, defined);
  const name = call.name.toUpperCase();
  if (near === undefined || near.distance > 1 || call.name.length < 4) {
    report(ctx, env, 'unknown-function', { name }, call.nameSpan);
    return;
  }
  const fixes = [{
    title: `Change to ${near.name}`,
    ...(near.certain ? { preferred: true } : {}),
    edits: [{ span: call.nameSpan, newText: near.name }],
  }];
  report(ctx, env, 'misspelt-function', { name, suggestion: near.name }, call.nameSpan, { fixes });
}
