/** Functions that take tables and columns of the model by name, and no expression in their place. */
import { functionNamed } from '../../functions/index.ts';
import type { FunctionSpec } from '../../functions/spec.ts';
import { nameKey } from '../../model/model.ts';
import { unwrap } from '../scope.ts';
import type { BoundArgument } from './calls.ts';
import { isParameter, report, type BindContext, type Env } from './context.ts';
import { textOf } from './expressions.ts';

// The pages of ALL and RELATEDTABLE say so; Power BI says it of the others.
const byName: ReadonlySet<string> = new Set([
  'ALL', 'ALLCROSSFILTERED', 'ALLEXCEPT', 'ALLNOBLANKROW', 'ALLSELECTED', 'REMOVEFILTERS', 'RELATEDTABLE', 'VALUES',
]);

/** Whether a call gives rows, and not a table by its name. */
export const givesRows = (name: string): boolean => {
  const spec = functionNamed(name);
  return spec !== undefined && spec.name !== 'TABLEOF';
};

/** Reports an expression in the place of a name. */
export function checkNames(ctx: BindContext, spec: FunctionSpec, bound: readonly BoundArgument[], env: Env): void {
  if (!byName.has(spec.name)) return;
  for (const { argument, parameter } of bound) {
    if (argument.kind === 'omitted' || parameter === undefined) continue;
    const it = unwrap(argument);
    // What a function of the model gives is left to it; TABLEOF gives a table by name.
    const isOpen = it.kind === 'column' || it.kind === 'missing' || isParameter(env, it) || (it.kind === 'call' && !givesRows(it.name));
    const isTable = it.kind === 'name' && (it.name.quoted || !env.variables.has(nameKey(it.name.text)));
    if (isOpen || isTable) continue;
    const wanted = parameter.kind === 'table' ? 'a table' : 'a table or column';
    report(ctx, env, 'reference-wanted', { function: spec.name, parameter: parameter.name, wanted, found: textOf(ctx, argument) }, argument.span);
  }
}
