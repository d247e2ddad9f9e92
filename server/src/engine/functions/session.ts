/** Functions that ask for the circumstances of an evaluation. */
import { constant } from '../values/vector.ts';
import type { Evaluator } from './evaluator.ts';

export const session = {
  /** The culture that the project names. */
  USERCULTURE: (_, call) => constant('string', call.culture, call.length),
} satisfies Record<string, Evaluator>;
