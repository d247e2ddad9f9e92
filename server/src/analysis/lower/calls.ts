/** Calls: each function that the engine evaluates has a row here that says how; every other is not evaluated. */
import type { Call } from '../../../../grammar/src/tree.ts';
import { functionNamed } from '../../functions/index.ts';
import type { Scalar } from '../../plan/plan.ts';
import type { Reason } from '../../plan/values.ts';
import { aggregations } from './functions/aggregations.ts';
import { conditions } from './functions/conditions.ts';
import { lookups } from './functions/lookups.ts';
import { tables } from './functions/tables.ts';
import { sets } from './functions/sets.ts';
import { lowerValueFunction } from './functions/values.ts';
import { noName, noRelation, notEvaluated, notSupported, typeError, type LowerEnv, type Lowered } from './context.ts';
import { lowerRelation } from './relations.ts';
import { scalarOf } from './scalars.ts';

export type ScalarLowering = (call: Call, env: LowerEnv) => Scalar;
export type RelationLowering = (call: Call, env: LowerEnv) => Lowered;

const scalars: ReadonlyMap<string, ScalarLowering> = new Map([...aggregations, ...conditions, ...lookups]);
const relations: ReadonlyMap<string, RelationLowering> = new Map([...tables, ...sets]);

/** Lowers a call whose single value is wanted. */
export function lowerCall(call: Call, env: LowerEnv): Scalar {
  const name = call.name.toUpperCase();
  const trouble = troubleOf(call);
  if (trouble !== undefined) return notEvaluated(env, call, trouble);
  const special = scalars.get(name);
  if (special !== undefined) return special(call, env);
  if (functionNamed(name)?.returns === 'table') return scalarOf(call, lowerRelation(call, env), env);
  return lowerValueFunction(call, env) ?? notEvaluated(env, call, notSupported(call.name));
}

/** Lowers a call whose table is wanted. */
export function lowerTableCall(call: Call, env: LowerEnv): Lowered {
  const trouble = troubleOf(call);
  if (trouble !== undefined) return noRelation(env, call, trouble);
  const special = relations.get(call.name.toUpperCase());
  if (special !== undefined) return special(call, env);
  const isScalar = functionNamed(call.name)?.returns === 'scalar';
  return noRelation(env, call, isScalar ? typeError('a single value where a table is wanted') : notSupported(call.name));
}

/** Why a call cannot be read at all: no such function, or a number of arguments that it does not take. */
function troubleOf(call: Call): Reason | undefined {
  const spec = functionNamed(call.name);
  if (spec === undefined) return noName(call.name);
  const count = call.args.length;
  const fits = count >= spec.minArguments && (spec.maxArguments === undefined || count <= spec.maxArguments);
  if (!fits) return typeError(`${spec.name} does not take ${String(count)} ${count === 1 ? 'argument' : 'arguments'}`);
  return call.close === undefined ? { id: 'syntax-error' } : undefined;
}

