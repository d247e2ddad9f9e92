/** Functions that text defines: their definitions and their calls. */
import type { Argument, Call, Definition, FunctionDefinition, FunctionParameter, ParameterSubtype, Segment } from '../../../../grammar/src/tree.ts';
import { functionNamed } from '../../functions/index.ts';
import { nameKey } from '../../model/model.ts';
import type { Defined, DefinedFunction } from '../bound.ts';
import { unwrap, type Names } from '../scope.ts';
import { columnsShape, unknownShape, type ScalarType } from '../shapes.ts';
import { scalar, tableOf, unknownType, type Type } from '../types.ts';
import { givesRows } from './baseReferences.ts';
import { functionNode, reportCircle } from './circles.ts';
import { bindColumnArgument } from './columns.ts';
import {
  createContext, emptyEnv, isParameter, isTroubled, refer, referDefinition, report, variableTarget, withRow,
  type BindContext, type BoundVariable, type Env,
} from './context.ts';
import { bindArgument, bindExpression, bindScalar, bindTable, textOf } from './expressions.ts';
import { lazily } from './lazily.ts';
import { rangeWords } from './parameters.ts';
import { markModifier } from './places.ts';

/** A definition that is known in its own segment only. */
export const definedHere = <D extends Definition>(segment: Segment, definition: D): Defined<D> =>
  ({ name: definition.name, uri: '', segment, definition });

/** Binds the definition of a function. */
export function bindFunction(ctx: BindContext, item: FunctionDefinition, env: Env): void {
  const known = env.names.functions.get(item.name.toUpperCase());
  referDefinition(ctx, item.nameSpan, { kind: 'definedFunction', function: known ?? definedHere(ctx.segment, item) });
  if (functionNamed(item.name) !== undefined) report(ctx, env, 'function-name-taken', { name: item.name }, item.nameSpan);
  const names = new Set<string>();
  for (const it of item.parameters) {
    if (it.defaultValue !== undefined) bindExpression(ctx, it.defaultValue, env);
    referDefinition(ctx, it.nameSpan, variableTarget(parameterVariable(it)));
    const key = nameKey(it.name);
    if (names.has(key)) report(ctx, env, 'duplicate-parameter', { name: it.name }, it.nameSpan);
    names.add(key);
  }
  // What a body gives stands where the call does: REMOVEFILTERS among the filters of a CALCULATE.
  markModifier(ctx, item.body);
  bindExpression(ctx, item.body, bodyEnv(item, env));
}

/** The place of a function's body: what a parameter stands for is known only at a call, so no row context is certainly missing. */
const bodyEnv = (item: FunctionDefinition, env: Env): Env => ({
  ...env,
  variables: new Map([...env.variables, ...item.parameters.map((it): [string, BoundVariable] => [nameKey(it.name), parameterVariable(it)])]),
  lenient: true,
});

const parameterVariable = (it: FunctionParameter): BoundVariable =>
  ({ name: it.name, definition: it.nameSpan, value: undefined, parameter: it, type: parameterType(it) });

const subtypes: Readonly<Record<ParameterSubtype, ScalarType>> = {
  INT64: 'int64', DECIMAL: 'decimal', DOUBLE: 'double', STRING: 'string', DATETIME: 'dateTime', BOOLEAN: 'boolean',
  VARIANT: 'variant', NUMERIC: 'unknown',
};

/** Type of a parameter by its hints: `x : SCALAR INT64 VAL`. What is put in for it keeps its own type. */
function parameterType({ type, subtype, passing }: FunctionParameter): Type {
  if (passing?.value === 'EXPR') return type?.value === 'TABLE' ? tableOf(unknownShape) : unknownType;
  if (subtype !== undefined) return scalar(subtypes[subtype.value]);
  if (type?.value === 'SCALAR') return scalar('unknown');
  return type?.value === 'TABLE' ? tableOf(unknownShape) : unknownType;
}

/** Binds a call of a function that text defines. */
export function bindDefinedCall(ctx: BindContext, call: Call, target: DefinedFunction, env: Env): Type {
  refer(ctx, call.nameSpan, { kind: 'definedFunction', function: target });
  ctx.functions.add(target.name.toUpperCase());
  reportCircle(ctx, env, functionNode(target.name), call.nameSpan);
  const { parameters } = target.definition;
  // The function may filter by its arguments: what a condition forbids is not certainly wrong in them.
  const inside = { ...env, predicate: false };
  if (!checkCount(ctx, call, target, env)) {
    for (const argument of call.args) bindArgument(ctx, argument, { ...env, lenient: true, quiet: true });
    return resultOf(target, env.names);
  }
  call.args.forEach((argument, i) => {
    const parameter = parameters[i];
    if (parameter !== undefined) bindParameter(ctx, call, parameter, argument, inside);
  });
  return resultOf(target, env.names);
}

function checkCount(ctx: BindContext, call: Call, { name, definition }: DefinedFunction, env: Env): boolean {
  const isOpen = call.close === undefined || call.args.some((it) => it.kind === 'missing') || isTroubled(ctx, call.span);
  if (isOpen) return true;
  const { parameters } = definition;
  const least = parameters.findLastIndex((it) => it.defaultValue === undefined) + 1;
  const surplus = call.args[parameters.length];
  const last = call.args.at(-1);
  if (call.args.length < least || surplus !== undefined) {
    const span = surplus === undefined || last === undefined ? call.nameSpan : { start: surplus.span.start, end: Math.max(last.span.end, surplus.span.end) };
    report(ctx, env, 'argument-count', { function: name, expected: rangeWords(least, parameters.length), found: call.args.length }, span);
    return false;
  }
  return true;
}

function bindParameter(ctx: BindContext, call: Call, parameter: FunctionParameter, argument: Argument, env: Env): void {
  if (argument.kind === 'omitted') {
    if (parameter.defaultValue === undefined) {
      report(ctx, env, 'missing-argument', { function: call.name, parameter: parameter.name }, argument.span.end > argument.span.start ? argument.span : call.nameSpan);
    }
    return;
  }
  const it = unwrap(argument);
  // What is put in for a parameter is evaluated where the function uses it: in row contexts that the call does not show.
  const place = parameter.passing?.value === 'EXPR' ? withRow({ ...env, lenient: true }, unknownShape) : env;
  const fail = (wanted: string): void => {
    report(ctx, env, 'reference-wanted', { function: call.name, parameter: parameter.name, wanted, found: textOf(ctx, argument) }, argument.span);
  };
  switch (parameter.type?.value) {
    case 'COLUMNREF': case 'MEASUREREF': {
      const wanted = parameter.type.value === 'COLUMNREF' ? 'a column' : 'a metric';
      if (it.kind !== 'column') {
        bindExpression(ctx, argument, { ...env, lenient: true });
        if (it.kind !== 'missing' && !isParameter(env, it)) fail(wanted);
        return;
      }
      const found = bindColumnArgument(ctx, it, env);
      if (found.kind === 'unknown') return;
      if ((found.kind === 'measure') !== (wanted === 'a metric')) fail(wanted);
      return;
    }
    case 'TABLEREF':
      bindExpression(ctx, argument, { ...env, lenient: true });
      if (it.kind !== 'name' && it.kind !== 'missing' && !(it.kind === 'call' && !givesRows(it.name))) fail('a table');
      return;
    case 'CALENDARREF': case 'ANYREF':
      if (it.kind === 'column') bindColumnArgument(ctx, it, env);
      else bindExpression(ctx, argument, { ...env, lenient: true });
      return;
    case 'TABLE':
      bindTable(ctx, argument, place);
      return;
    case 'SCALAR':
      bindScalar(ctx, argument, place);
      return;
    case 'ANYVAL': case undefined:
      if (parameter.subtype !== undefined) bindScalar(ctx, argument, place);
      // Without any hint it is not certain what the function makes of a column.
      else bindExpression(ctx, argument, parameter.colon === undefined ? { ...place, lenient: true } : place);
  }
}

interface Known {
  readonly names: Names;
  readonly result: () => Type | undefined;
}

const known = new WeakMap<DefinedFunction, Known>();

/** Type of what a function gives, as far as its body tells without its arguments. */
export function resultOf(target: DefinedFunction, names: Names): Type {
  let entry = known.get(target);
  if (entry === undefined || !sameNames(entry.names, names)) {
    entry = { names, result: lazily(() => inferred(target, names)) };
    known.set(target, entry);
  }
  return entry.result() ?? unknownType;
}

const sameNames = (a: Names, b: Names): boolean =>
  a.model === b.model && a.inferredTypes === b.inferredTypes && a.measures === b.measures && a.functions === b.functions;

function inferred(target: DefinedFunction, names: Names): Type {
  if (target.segment.problems.length > 0) return unknownType;
  const env = bodyEnv(target.definition, { ...emptyEnv({ ...names, homeTable: undefined }), quiet: true });
  const type = bindExpression(createContext(target.segment, true), target.definition.body, env);
  if (type.kind !== 'table' || type.shape.columns === undefined) return type;
  const columns = type.shape.columns.map((it) => (it.definition === undefined || it.owner !== undefined ? it : { ...it, owner: target }));
  return tableOf({ ...columnsShape(columns), wholeTable: type.shape.wholeTable });
}
