/** The function calls of an item, in order of place. */
import { expressionsOf, walk } from '../../../grammar/src/index.ts';
import type { Call, Item } from '../../../grammar/src/tree.ts';

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
