/** The function calls of an item. */
import { expressionsOf, walk } from '../../../grammar/src/index.ts';
import type { Call, Item } from '../../../grammar/src/tree.ts';
import type { DefinedFunction } from '../analysis/bound.ts';
import type { SegmentView } from '../workspace/types.ts';

/** Every call of the item, outer ones before those in their arguments. */
export function callsIn(item: Item): readonly Call[] {
  const found: Call[] = [];
  for (const expression of expressionsOf(item)) {
    walk(expression, (it) => {
      if (it.kind === 'call') found.push(it);
    });
  }
  return found;
}

/** The call whose opening bracket stands at an offset of the segment, as far as the parser could read it. */
export const callOpeningAt = (item: Item, open: number): Call | undefined => callsIn(item).find((it) => it.open.start === open);

/** The function that text defines and that a call names, as the first reading that knows it. */
export function definedFunctionAt({ readings }: SegmentView, nameStart: number): DefinedFunction | undefined {
  for (const { bound } of readings) {
    const target = bound.references.find((it) => it.span.start === nameStart && it.target.kind === 'definedFunction')?.target;
    if (target?.kind === 'definedFunction') return target.function;
  }
  return undefined;
}
