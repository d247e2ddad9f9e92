/** Functions of values alone: all arguments are evaluated, then the function is applied. */
import type { Argument, Call } from '../../../../../grammar/src/tree.ts';
import { functionNamed } from '../../../functions/index.ts';
import { nameKey } from '../../../model/model.ts';
import type { Scalar } from '../../../plan/plan.ts';
import { parametersByPlace } from '../../bind/parameters.ts';
import { unwrap } from '../../scope.ts';
import { at, type LowerEnv } from '../context.ts';
import { lowerScalar } from '../scalars.ts';

/** Those that the engine evaluates. */
const evaluated = new Set(['ISBLANK', 'CONTAINSSTRING', 'DATEDIFF', 'DATE', 'YEAR', 'MONTH', 'DAY', 'FORMAT']);

/** @returns undefined where the engine does not evaluate the function */
export function lowerValueFunction(call: Call, env: LowerEnv): Scalar | undefined {
  const name = call.name.toUpperCase();
  const spec = functionNamed(name);
  if (spec === undefined || !evaluated.has(name)) return undefined;
  const parameters = parametersByPlace(spec, call.args);
  const args = call.args.map((argument, i) => (parameters[i]?.kind === 'word' ? lowerWord(argument, env) : lowerPlain(argument, env)));
  return { op: 'call', name, args, at: at(env, call) };
}

const lowerPlain = (argument: Argument, env: LowerEnv): Scalar | null => (argument.kind === 'omitted' ? null : lowerScalar(argument, env));

/** A bare word goes to the engine as its text. */
function lowerWord(argument: Argument, env: LowerEnv): Scalar | null {
  if (argument.kind === 'omitted') return null;
  const it = unwrap(argument);
  if (it.kind !== 'name' || it.name.quoted || env.variables.has(nameKey(it.name.text))) return lowerScalar(argument, env);
  return { op: 'constant', type: 'string', value: it.name.text.toUpperCase(), at: at(env, argument) };
}
