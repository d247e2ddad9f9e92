/** AND and OR change places, an operand of theirs is left out, NOT is left out. */
import { callsOf, grouped, type Operator } from '../operator.ts';

const words: ReadonlyMap<string, string> = new Map([['AND', 'OR'], ['OR', 'AND']]);
const junctions: ReadonlySet<string> = new Set(words.keys());
const negations: ReadonlySet<string> = new Set(['NOT']);

export const logic: Operator = {
  id: 'logic',
  docs: 'AND to OR and back, an operand or a NOT left out',
  *changes(ctx) {
    for (const it of ctx.expressions) {
      if (it.kind === 'unary' && it.operator === 'NOT') yield { span: it.span, newText: grouped(ctx, it.operand) };
      if (it.kind !== 'binary' || (it.operator !== '&&' && it.operator !== '||')) continue;
      yield { span: it.operatorSpan, newText: it.operator === '&&' ? '||' : '&&' };
      yield { span: it.span, newText: grouped(ctx, it.left) };
      yield { span: it.span, newText: grouped(ctx, it.right) };
    }
    for (const call of callsOf(ctx, junctions)) {
      yield { span: call.nameSpan, newText: words.get(call.name.toUpperCase()) ?? call.name };
      for (const it of call.args) if (it.kind !== 'omitted') yield { span: call.span, newText: grouped(ctx, it) };
    }
    for (const call of callsOf(ctx, negations)) for (const it of call.args) if (it.kind !== 'omitted') yield { span: call.span, newText: grouped(ctx, it) };
  },
};
