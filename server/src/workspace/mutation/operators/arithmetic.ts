/** Plus and minus change places, and so do times and division; a sign is left out. */
import type { BinaryOperator } from '../../../../../grammar/src/tree.ts';
import { grouped, type Operator } from '../operator.ts';

const others: ReadonlyMap<BinaryOperator, string> = new Map<BinaryOperator, string>([['+', '-'], ['-', '+'], ['*', '/'], ['/', '*']]);

export const arithmetic: Operator = {
  id: 'arithmetic',
  docs: 'plus to minus, times to division, and back; a sign left out',
  *changes(ctx) {
    for (const it of ctx.expressions) {
      // Blanks keep `x -y` from becoming `x--y`.
      if (it.kind === 'binary' && others.has(it.operator)) yield { span: it.operatorSpan, newText: ` ${others.get(it.operator) ?? it.operator} ` };
      if (it.kind === 'unary' && it.operator === '-') yield { span: it.span, newText: ` ${grouped(ctx, it.operand)}` };
    }
  },
};
