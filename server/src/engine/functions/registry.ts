/** Functions and operators by name. */
import { notEvaluated } from '../values/cells.ts';
import { constant, type Vector } from '../values/vector.ts';
import { bits } from './bits.ts';
import { conversion } from './conversion.ts';
import { dateTime } from './dateTime.ts';
import type { Call, Evaluator } from './evaluator.ts';
import { financialFunctions } from './financial/index.ts';
import { information } from './information.ts';
import { logical } from './logical.ts';
import { math } from './math.ts';
import { operators } from './operators.ts';
import { paths } from './paths.ts';
import { random } from './random.ts';
import { rounding } from './rounding.ts';
import { session } from './session.ts';
import { distributions } from './statistics/distributions.ts';
import { text } from './text.ts';
import { trigonometry } from './trigonometry.ts';

const evaluators: ReadonlyMap<string, Evaluator> = new Map(Object.entries({
  ...operators, ...bits, ...conversion, ...dateTime, ...distributions, ...financialFunctions, ...information, ...logical, ...math, ...paths, ...random, ...rounding, ...session, ...text, ...trigonometry,
}));

/** Names of the functions and operators of values that are evaluated. */
export const evaluatedFunctions: ReadonlySet<string> = new Set(evaluators.keys());

export function callFunction(name: string, args: readonly (Vector | null)[], call: Call): Vector {
  const evaluator = evaluators.get(name.toUpperCase());
  if (evaluator === undefined) return constant('blank', notEvaluated({ id: 'function-not-supported', name }, call.at), call.length);
  return evaluator(args, call);
}
