/** Which functions of DAX have values here, as lowering and the engine know it, and why the others have none. */
import { loweringOf } from '../analysis/lower/coverage.ts';
import { evaluatedFunctions } from '../engine/functions/registry.ts';
import { allFunctions } from '../functions/index.ts';
import type { FunctionSpec } from '../functions/spec.ts';
import { classLeftOut, whyLeftOut } from '../functions/unevaluated.ts';

export interface CoveredFunction {
  readonly spec: FunctionSpec;
  readonly evaluates: boolean;
  /** Why it does not; undefined where it does, or where nothing says why. */
  readonly why: string | undefined;
  /** The class that is left out as a whole. */
  readonly leftOutWith: string | undefined;
}

/** Every function of the table, in alphabetical order. */
export function functionCoverage(): readonly CoveredFunction[] {
  return allFunctions.map((spec) => {
    const lowering = loweringOf(spec.name);
    const evaluates = lowering === 'call' || (lowering === 'value' && evaluatedFunctions.has(spec.name));
    return { spec, evaluates, why: evaluates ? undefined : whyLeftOut(spec), leftOutWith: evaluates ? undefined : classLeftOut(spec)?.title };
  });
}
