/** Choices between values, constants, and CALCULATE. */
import type { Scalar } from '../../../plan/plan.ts';
import type { ScalarLowering } from '../calls.ts';
import { argumentAt, at, blank, calculateInCondition, consumeRows, isInCondition, notEvaluated, transitionOf } from '../context.ts';
import { lowerFilters } from '../filters.ts';
import { lowerArgument, lowerIn } from '../scalars.ts';

const calculate: ScalarLowering = (call, env) => {
  const expression = argumentAt(call, 0);
  if (expression === undefined) return notEvaluated(env, call, { id: 'syntax-error' });
  if (isInCondition(env)) return notEvaluated(env, call, calculateInCondition);
  return {
    op: 'calculate',
    changes: lowerFilters(call.args.slice(1), env),
    transition: transitionOf(env),
    expression: lowerArgument(expression, consumeRows(env)),
    at: at(env, call),
  };
};

const choose: ScalarLowering = (call, env) => ({
  op: 'if',
  condition: lowerArgument(call.args[0], env),
  then: lowerArgument(call.args[1], env),
  otherwise: call.args.length > 2 ? lowerArgument(call.args[2], env) : null,
  at: at(env, call),
});

const switchOf: ScalarLowering = (call, env) => {
  const rest = call.args.slice(1);
  const arms: { readonly match: Scalar; readonly then: Scalar }[] = [];
  for (let i = 0; i + 1 < rest.length; i += 2) {
    arms.push({ match: lowerArgument(rest[i], env), then: lowerArgument(rest[i + 1], env) });
  }
  const otherwise = rest.length % 2 === 1 ? lowerArgument(rest.at(-1), env) : null;
  return { op: 'switch', subject: lowerArgument(call.args[0], env), arms, otherwise, at: at(env, call) };
};

const coalesce: ScalarLowering = (call, env) => ({ op: 'coalesce', args: call.args.map((it) => lowerArgument(it, env)), at: at(env, call) });

const both = (op: 'and' | 'or'): ScalarLowering => (call, env) => ({
  op, left: lowerArgument(call.args[0], env), right: lowerArgument(call.args[1], env), at: at(env, call),
});

const divide: ScalarLowering = (call, env) => ({
  op: 'divide',
  numerator: lowerArgument(call.args[0], env),
  denominator: lowerArgument(call.args[1], env),
  alternate: call.args.length > 2 ? lowerArgument(call.args[2], env) : null,
  at: at(env, call),
});

const constant = (value: boolean): ScalarLowering => (call, env) => ({ op: 'constant', type: 'boolean', value, at: at(env, call) });

const not: ScalarLowering = (call, env) => ({ op: 'call', name: 'NOT', args: [lowerArgument(call.args[0], env)], at: at(env, call) });

/** CONTAINSROW(table, value, ...): IN as a function. */
const containsRow: ScalarLowering = (call, env) => {
  const table = argumentAt(call, 0);
  if (table === undefined) return notEvaluated(env, call, { id: 'syntax-error' });
  return lowerIn(call, call.args.slice(1).map((it) => lowerArgument(it, env)), table, env);
};

export const conditions: readonly (readonly [string, ScalarLowering])[] = [
  ['CALCULATE', calculate],
  ['IF', choose],
  ['IF.EAGER', choose],
  ['SWITCH', switchOf],
  ['COALESCE', coalesce],
  ['AND', both('and')],
  ['OR', both('or')],
  ['NOT', not],
  ['DIVIDE', divide],
  ['TRUE', constant(true)],
  ['FALSE', constant(false)],
  ['BLANK', (call, env) => ({ ...blank, at: at(env, call) })],
  ['CONTAINSROW', containsRow],
];
