/** Type of a metric's value, from its definition; worked out once for each set of metrics. */
import { nameKey } from '../../model/model.ts';
import type { MeasureSymbol } from '../bound.ts';
import type { Names } from '../scope.ts';
import type { ScalarType } from '../shapes.ts';
import { scalarTypeOf } from '../types.ts';
import { createContext, emptyEnv, type Env } from './context.ts';
import { bindExpression } from './expressions.ts';

interface Known {
  readonly model: Names['model'];
  readonly inferred: Names['inferredTypes'];
  readonly types: Map<string, ScalarType | 'open'>;
}

const knownTypes = new WeakMap<Names['measures'], Known>();

/** @returns `unknown` in a circle, where too deep to follow, or where the definition does not tell */
export function measureType(env: Env, measure: MeasureSymbol): ScalarType {
  const { names } = env;
  let known = knownTypes.get(names.measures);
  if (known === undefined || known.model !== names.model || known.inferred !== names.inferredTypes) {
    known = { model: names.model, inferred: names.inferredTypes, types: new Map() };
    knownTypes.set(names.measures, known);
  }
  const key = nameKey(measure.name);
  const type = known.types.get(key);
  if (type !== undefined) return type === 'open' ? 'unknown' : type;
  if (measure.segment.problems.length > 0) return 'unknown';
  known.types.set(key, 'open');
  // The depth goes on counting, so that a long chain of metrics ends as a deep expression does.
  const inside: Env = { ...emptyEnv({ ...names, homeTable: measure.homeTable }), quiet: true, depth: env.depth + 1 };
  const found = scalarTypeOf(bindExpression(createContext(measure.segment, true), measure.body, inside));
  known.types.set(key, found);
  return found;
}
