/** The function calls of an item, in order of place. */
import { walk } from '../../../grammar/src/index.ts';
import { assertNever } from '../base/assertNever.ts';
import type { Call, Expression, Item } from '../../../grammar/src/tree.ts';

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

/** The expressions of an item, those of a query's parts included. */
function expressionsOf(item: Item): readonly Expression[] {
  switch (item.kind) {
    case 'measure':
    case 'columnDefinition':
    case 'tableDefinition':
    case 'functionDefinition':
      return [item.body];
    case 'bare':
      return [item.expression];
    case 'query':
      return [
        ...item.definitions.map((it) => it.body),
        ...item.evaluates.flatMap((it) => [it.expression, ...it.orderBy.map((key) => key.expression), ...it.startAt]),
      ];
    case 'prose':
      return [];
    default:
      return assertNever(item);
  }
}
