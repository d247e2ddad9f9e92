/** A hover at a bracket or comma of a call: the function with the parameter that begins there. */
import { functionNamed } from '../../functions/index.ts';
import type { Call, Segment } from '../../../../grammar/src/tree.ts';
import type { Spot } from '../../workspace/types.ts';
import { callsIn } from '../calls.ts';
import { functionHover } from './function.ts';
import type { Hover } from './hover.ts';

export function callHover({ segment, offset }: Spot): Hover | undefined {
  for (const call of callsIn(segment.segment.item)) {
    const sign = signAt(call, offset);
    const spec = sign === undefined ? undefined : functionNamed(call.name);
    if (sign === undefined || spec === undefined) continue;
    return { markdown: functionHover(spec, call.args, sign.argument), span: sign.span };
  }
  return undefined;
}

function signAt(call: Call, offset: number): { readonly argument: number; readonly span: Segment['comments'][number] } | undefined {
  const under = (it: { readonly start: number; readonly end: number }): boolean => it.start <= offset && offset < it.end;
  if (under(call.open)) return { argument: 0, span: call.open };
  const comma = call.commas.findIndex(under);
  const span = call.commas[comma];
  return span === undefined ? undefined : { argument: comma + 1, span };
}
