/** Functions that work in certain places only: filters of CALCULATE, levels of SUMMARIZE, the group of GROUPBY. */
import type { Argument, Call, Expression } from '../../../../grammar/src/tree.ts';
import type { FunctionSpec } from '../../functions/spec.ts';
import { unwrap } from '../scope.ts';
import { report, type BindContext, type Env } from './context.ts';

/** Where a function works, in words for the message. */
const homes: ReadonlyMap<string, string> = new Map([
  ...['USERELATIONSHIP', 'CROSSFILTER', 'REMOVEFILTERS', 'ALLCROSSFILTERED'].map((it) => [it, 'as a filter of CALCULATE and its kind'] as const),
  ['IGNORE', 'around an expression of SUMMARIZECOLUMNS'],
  ['ROLLUP', 'as a group of SUMMARIZE'],
  ['ROLLUPADDISSUBTOTAL', 'as a group of SUMMARIZECOLUMNS'],
  ['ROLLUPISSUBTOTAL', 'as a group of ADDMISSINGITEMS'],
  ['ROLLUPGROUP', 'as a group of SUMMARIZE and its kind'],
  ...['ORDERBY', 'PARTITIONBY', 'MATCHBY'].map((it) => [it, 'as an argument of a window function'] as const),
  ['CURRENTGROUP', 'in an expression of GROUPBY'],
]);

const grouping: ReadonlySet<string> = new Set([
  'SUMMARIZE', 'SUMMARIZECOLUMNS', 'ADDMISSINGITEMS', 'GROUPCROSSAPPLY', 'GROUPCROSSAPPLYTABLE', 'FILTERCLUSTER', 'ROLLUP', 'ROLLUPGROUP',
  'ROLLUPADDISSUBTOTAL', 'ROLLUPISSUBTOTAL',
]);

const windowParts: ReadonlySet<string> = new Set(['ORDERBY', 'PARTITIONBY', 'MATCHBY']);

/** Whether a function may stand directly among the arguments of another one; filters are marked where they are bound. */
const isHome = (child: string, parent: FunctionSpec): boolean =>
  (windowParts.has(child) ? parent.byForm === true : grouping.has(parent.name) && /^(ROLLUP|IGNORE$)/.test(child));

/** Marks the arguments of a call that stand where they work; what their own binding meets unmarked is out of place. */
export function markPlaces(ctx: BindContext, call: Call, spec: FunctionSpec): void {
  for (const argument of call.args) {
    const it = resultOf(argument);
    if (it?.kind === 'call' && isHome(it.name.toUpperCase(), spec)) ctx.placed.add(it);
  }
}

/** Marks an expression as one that may be a modifier: a filter argument, or what a function of the model is given. */
export function markModifier(ctx: BindContext, argument: Argument): void {
  const it = resultOf(argument);
  if (it?.kind === 'call') ctx.placed.add(it);
}

/** What an argument turns out to be: itself, or what a block of variables returns. */
function resultOf(argument: Argument): Expression | undefined {
  if (argument.kind === 'omitted') return undefined;
  let it = unwrap(argument);
  while (it.kind === 'var') it = unwrap(it.body);
  return it;
}

/** Reports a call that stands where its function does not work. What a function of the model is given may go anywhere. */
export function checkPlace(ctx: BindContext, call: Call, spec: FunctionSpec, env: Env): void {
  const home = homes.get(spec.name);
  if (home === undefined || ctx.placed.has(call) || ctx.segment.item.kind === 'functionDefinition') return;
  if (spec.name === 'CURRENTGROUP' && env.inGroup === true) return;
  report(ctx, env, 'function-misplaced', { function: spec.name, place: home }, call.nameSpan);
}

