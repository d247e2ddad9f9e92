/** RANKX and RANK.EQ: the place of a value among others. */
import type { Argument, Call } from '../../../../../grammar/src/tree.ts';
import type { Scalar } from '../../../plan/plan.ts';
import { unwrap } from '../../scope.ts';
import type { ScalarLowering } from '../calls.ts';
import { argumentAt, noFeature, notEvaluated, type LowerEnv } from '../context.ts';
import { lowerArgument } from '../scalars.ts';
import { isDescending } from './sorted.ts';
import { overColumn, overTable } from './statistics.ts';

const truth = (value: boolean): Scalar => ({ op: 'constant', type: 'boolean', value });

/** Whether the order rises: a word, or a value that is TRUE or not zero; left out it falls. */
function rising(argument: Argument | undefined, env: LowerEnv): Scalar {
  const descending = isDescending(argument, true);
  return descending === undefined ? lowerArgument(argument, env) : truth(!descending);
}

/** DENSE or SKIP, as a word or as text. */
function isDense(call: Call): boolean | undefined {
  const argument = argumentAt(call, 4);
  if (argument === undefined) return false;
  const it = unwrap(argument);
  const word = it.kind === 'name' ? it.name.text.toUpperCase() : it.kind === 'string' ? it.value.toUpperCase() : '';
  return word === 'DENSE' ? true : word === 'SKIP' ? false : undefined;
}

/** Without a value the expression itself is evaluated where the call stands. */
const rankX: ScalarLowering = (call, env) => {
  const dense = isDense(call);
  if (dense === undefined) return notEvaluated(env, call, noFeature('computed ties of RANKX', 'are'));
  const value = lowerArgument(argumentAt(call, 2) ?? call.args[1], env);
  return overTable(call, env, 'RANKX', argumentAt(call, 0), [argumentAt(call, 1)], [value, rising(call.args[3], env), truth(dense)]);
};

const rankEq: ScalarLowering = (call, env) =>
  overColumn(call, env, 'RANK.EQ', argumentAt(call, 1), [lowerArgument(call.args[0], env), rising(call.args[2], env)]);

export const ranks: readonly (readonly [string, ScalarLowering])[] = [
  ['RANKX', rankX],
  ['RANK.EQ', rankEq],
];
