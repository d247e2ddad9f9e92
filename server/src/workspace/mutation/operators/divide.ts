/** What is divided and what it is divided by change places. */
import { callsOf, swapped, type Operator } from '../operator.ts';

const names: ReadonlySet<string> = new Set(['DIVIDE', 'QUOTIENT', 'MOD']);

export const divide: Operator = {
  id: 'divide',
  docs: 'the two sides of a division swapped',
  *changes(ctx) {
    for (const call of callsOf(ctx, names)) {
      const [first, second] = call.args;
      if (first !== undefined && second !== undefined && first.kind !== 'omitted' && second.kind !== 'omitted') yield swapped(ctx, first.span, second.span);
    }
    for (const it of ctx.expressions) if (it.kind === 'binary' && it.operator === '/') yield swapped(ctx, it.left.span, it.right.span);
  },
};
