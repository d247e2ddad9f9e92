/** A comparison becomes another one: its opposite, and where it has a bound, the one that counts the bound differently. */
import type { BinaryOperator } from '../../../../../grammar/src/tree.ts';
import { textAt, type Operator } from '../operator.ts';

const others: ReadonlyMap<BinaryOperator, readonly string[]> = new Map<BinaryOperator, readonly string[]>([
  ['=', ['<>']], ['==', ['<>']], ['<>', ['=']],
  ['<', ['<=', '>=']], ['<=', ['<', '>']], ['>', ['>=', '<=']], ['>=', ['>', '<']],
]);

export const comparison: Operator = {
  id: 'comparison',
  docs: 'a comparison to its opposite, and with its bound in or out',
  *changes(ctx) {
    for (const it of ctx.expressions) {
      if (it.kind !== 'binary') continue;
      for (const newText of others.get(it.operator) ?? []) yield { span: it.operatorSpan, newText };
      if (it.operator === 'IN') yield { span: it.span, newText: `NOT (${textAt(ctx, it.span)})` };
    }
  },
};
