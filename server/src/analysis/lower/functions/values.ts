/** Functions of values alone: all arguments are evaluated, then the function is applied. */
import type { Argument, Call } from '../../../../../grammar/src/tree.ts';
import { functionNamed } from '../../../functions/index.ts';
import type { FunctionSpec, ParameterSpec } from '../../../functions/spec.ts';
import { nameKey } from '../../../model/model.ts';
import type { Scalar } from '../../../plan/plan.ts';
import { parametersByPlace } from '../../bind/parameters.ts';
import { unwrap } from '../../scope.ts';
import { at, type LowerEnv } from '../context.ts';
import { lowerScalar } from '../scalars.ts';

/**
 * Lowers a function all of whose arguments are values or words. Which of them the engine can apply is the engine's
 * business: it says so of those that it cannot.
 *
 * @returns undefined for a function that takes a table, a column or a filter, or that depends on where it stands
 */
export function lowerValueFunction(call: Call, env: LowerEnv): Scalar | undefined {
  const name = call.name.toUpperCase();
  const spec = functionNamed(name);
  if (spec === undefined || !returnsValue(spec)) return undefined;
  const parameters = parametersByPlace(spec, call.args);
  if (!parameters.every(isPlain)) return undefined;
  const args = call.args.map((argument, i) => (parameters[i]?.kind === 'word' ? lowerWord(argument, env) : lowerPlain(argument, env)));
  return { op: 'call', name, args, at: at(env, call) };
}

const returnsValue = (spec: FunctionSpec): boolean => spec.returns === 'scalar' && spec.byForm !== true;
const isPlain = (it: ParameterSpec | undefined): boolean => it?.kind === 'scalar' || it?.kind === 'word';

/** Whether a function takes values and words alone in one of its forms. */
export const isValueFunction = (spec: FunctionSpec): boolean => returnsValue(spec) && spec.parameters.every((it) => isPlain(it) || it.optional);

const lowerPlain = (argument: Argument, env: LowerEnv): Scalar | null => (argument.kind === 'omitted' ? null : lowerScalar(argument, env));

/** A bare word goes to the engine as its text. */
function lowerWord(argument: Argument, env: LowerEnv): Scalar | null {
  if (argument.kind === 'omitted') return null;
  const it = unwrap(argument);
  if (it.kind !== 'name' || it.name.quoted || env.variables.has(nameKey(it.name.text))) return lowerScalar(argument, env);
  return { op: 'constant', type: 'string', value: it.name.text.toUpperCase(), at: at(env, argument) };
}
