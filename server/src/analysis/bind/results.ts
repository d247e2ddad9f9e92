/** What a call gives: the type of a value, the columns of a table, and the column whose values pass through. */
import type { Call } from '../../../../grammar/src/tree.ts';
import type { FunctionSpec } from '../../functions/spec.ts';
import { unknownShape } from '../shapes.ts';
import { scalar, tableOf, unknownType, type Type } from '../types.ts';
import type { BoundArgument } from './calls.ts';
import type { BindContext, Env } from './context.ts';
import { typeOf, type Given } from './given.ts';
import { scalarResults } from './scalarResults.ts';
import { tableResults } from './tableResults.ts';

/** Type of a call's result. */
export function resultOf(ctx: BindContext, call: Call, spec: FunctionSpec, bound: readonly BoundArgument[], env: Env): Type {
  const given: Given = { ctx, call, bound, env };
  passLineage(given, spec);
  if (spec.returns === 'table') return tableOf(tableResults.get(spec.name)?.(given) ?? unknownShape);
  if (spec.returns !== 'scalar') return passedType(given, spec);
  const special = scalarResults.get(spec.name);
  if (special !== undefined) return scalar(special(given));
  switch (spec.resultType) {
    case undefined: return scalar('unknown');
    case 'argument': return scalar(typeOf(given, 0));
    default: return scalar(spec.resultType);
  }
}

/** Functions that give what their first argument gives: as a value, or as a table. */
const handing: ReadonlySet<string> = new Set(['EVALUATEANDLOG', 'IGNORE', 'KEEPFILTERS', 'NONVISUAL']);

function passedType({ bound }: Given, spec: FunctionSpec): Type {
  const type = handing.has(spec.name) ? (bound[0]?.type ?? unknownType) : unknownType;
  // A condition that is kept is a filter, and no value.
  return spec.name === 'KEEPFILTERS' && type.kind === 'scalar' ? unknownType : type;
}

/** Functions whose result is a value of the column that is their first argument. */
const passing = new Set([
  'RELATED', 'SELECTEDVALUE', 'MIN', 'MAX', 'VALUES', 'DISTINCT', 'FILTERS', 'LOOKUPVALUE', 'FIRSTNONBLANK', 'LASTNONBLANK',
  'KEEPFILTERS', 'ALL', 'ALLNOBLANKROW', 'ALLSELECTED',
]);

function passLineage({ ctx, call, bound }: Given, spec: FunctionSpec): void {
  const [first] = call.args;
  if (first === undefined || first.kind === 'omitted' || !passing.has(spec.name)) return;
  if (bound.length > 1 && (spec.name === 'MIN' || spec.name === 'MAX' || spec.name.startsWith('ALL'))) return;
  const column = ctx.lineage.get(first);
  if (column !== undefined) ctx.lineage.set(call, column);
}
