/** Names of added columns: constant text, each with its expression. */
import type { Argument, Call } from '../../../../grammar/src/tree.ts';
import type { FunctionSpec } from '../../functions/spec.ts';
import { unwrap } from '../scope.ts';
import { isParameter, report, textAt, type BindContext, type Env } from './context.ts';
import { parametersByPlace } from './parameters.ts';

/** Functions that tell names from groups by their form, and take an expression after each name. */
const namesByForm: ReadonlySet<string> = new Set(['SUMMARIZE', 'SUMMARIZECOLUMNS', 'GROUPBY', 'GROUPCROSSAPPLY']);

export function checkPairs(ctx: BindContext, call: Call, spec: FunctionSpec, env: Env): void {
  const alone = spec.byForm === true ? nameWithoutValue(call, spec) : firstOfHalfAPair(call, spec);
  if (alone !== undefined) report(ctx, env, 'missing-pair', { function: spec.name, name: textAt(ctx, alone.span) }, alone.span);
  if (spec.byForm === true) return;
  const parameters = parametersByPlace(spec, call.args);
  call.args.forEach((argument, i) => {
    if (parameters[i]?.kind !== 'name' || argument.kind === 'omitted') return;
    const it = unwrap(argument);
    if (it.kind === 'string' || it.kind === 'missing' || isParameter(env, it)) return;
    report(ctx, env, 'constant-wanted', { found: textAt(ctx, argument.span) }, argument.span);
  });
}

/** The text that ends a call in which an expression should follow it. */
function nameWithoutValue(call: Call, spec: FunctionSpec): Argument | undefined {
  if (!namesByForm.has(spec.name)) return undefined;
  let name: Argument | undefined;
  for (const it of call.args) name = name === undefined && it.kind === 'string' ? it : undefined;
  return name;
}

/** The last argument of a call whose arguments come in pairs of a name and a value, when the value is not there. */
function firstOfHalfAPair(call: Call, spec: FunctionSpec): Argument | undefined {
  const start = spec.parameters.findIndex((it) => it.repeating);
  const [first, second, third] = start < 0 ? [] : spec.parameters.slice(start);
  const isPair = second !== undefined && third === undefined && second.kind === 'scalar' && second.orValue === undefined
    && (first?.kind === 'name' || first?.kind === 'column');
  if (!isPair || spec.last !== undefined || call.args.length <= start || (call.args.length - start) % 2 === 0) return undefined;
  return call.args.at(-1);
}
