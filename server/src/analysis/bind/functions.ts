/** Functions that text defines: their definitions and their calls. */
import type { Call, Definition, FunctionDefinition, FunctionParameter, ParameterSubtype, Segment } from '../../../../grammar/src/tree.ts';
import { nameKey } from '../../model/model.ts';
import type { Defined, DefinedFunction } from '../bound.ts';
import { unknownShape, type ScalarType } from '../shapes.ts';
import { scalar, tableOf, unknownType, type Type } from '../types.ts';
import { refer, referDefinition, variableTarget, type BindContext, type BoundVariable, type Env } from './context.ts';
import { bindArgument, bindExpression } from './expressions.ts';

/** A definition that is known in its own segment only. */
export const definedHere = <D extends Definition>(segment: Segment, definition: D): Defined<D> =>
  ({ name: definition.name, uri: '', segment, definition });

export function bindFunction(ctx: BindContext, item: FunctionDefinition, env: Env): void {
  const known = env.names.functions.get(item.name.toUpperCase());
  referDefinition(ctx, item.nameSpan, { kind: 'definedFunction', function: known ?? definedHere(ctx.segment, item) });
  const variables = new Map<string, BoundVariable>(env.variables);
  for (const it of item.parameters) {
    if (it.defaultValue !== undefined) bindExpression(ctx, it.defaultValue, env);
    const parameter = parameterVariable(it);
    referDefinition(ctx, it.nameSpan, variableTarget(parameter));
    variables.set(nameKey(it.name), parameter);
  }
  // What a parameter stands for is known only at a call: no row context is certainly missing.
  bindExpression(ctx, item.body, { ...env, variables, lenient: true });
}

const parameterVariable = (it: FunctionParameter): BoundVariable =>
  ({ name: it.name, definition: it.nameSpan, value: undefined, parameter: it, type: parameterType(it) });

const subtypes: Readonly<Record<ParameterSubtype, ScalarType>> = {
  INT64: 'int64', DECIMAL: 'decimal', DOUBLE: 'double', STRING: 'string', DATETIME: 'dateTime', BOOLEAN: 'boolean',
  VARIANT: 'variant', NUMERIC: 'unknown',
};

/** Type of a parameter by its hints: `x : SCALAR INT64 VAL`. */
function parameterType({ type, subtype }: FunctionParameter): Type {
  if (subtype !== undefined) return scalar(subtypes[subtype.value]);
  if (type?.value === 'SCALAR') return scalar('unknown');
  return type?.value === 'TABLE' ? tableOf(unknownShape) : unknownType;
}

/** Binds a call of a function that text defines. */
export function bindDefinedCall(ctx: BindContext, call: Call, target: DefinedFunction, env: Env): Type {
  refer(ctx, call.nameSpan, { kind: 'definedFunction', function: target });
  ctx.functions.add(target.name.toUpperCase());
  // A function may do anything with its arguments: no row context is missing, no name is certainly wrong.
  const place = { ...env, lenient: true, quiet: true };
  for (const argument of call.args) bindArgument(ctx, argument, place);
  return unknownType;
}
