/** NOT with a bracket behind it that holds only the left side of a comparison. */
import { defineRule } from '../rule.ts';
import { textOf, visit } from '../tree.ts';

export const notPrecedence = defineRule({
  id: 'not-precedence',
  category: 'style',
  severity: 'information',
  help: 'NOT binds looser than a comparison: `NOT(a) = b` reads as `NOT ((a) = b)`, although it looks like a function of a. Brackets around the whole comparison say what is meant.',
  bad: 'M = COUNTROWS(FILTER(FactSession, NOT(FactSession[WaitTime]) = 1))',
  good: 'M = COUNTROWS(FILTER(FactSession, NOT(FactSession[WaitTime] = 1)))',
  messages: { default: (p: { operand: string }) => `NOT negates the whole comparison, not ${p.operand} alone. Put the comparison into the brackets.` },
  segment(ctx, report) {
    visit(ctx, (node) => {
      if (node.kind !== 'unary' || node.operator !== 'NOT' || node.operand.kind !== 'binary') return;
      const { operand } = node;
      if (operand.left.kind !== 'parenthesized') return;
      // Between booleans both readings give the same.
      const type = ctx.bound.typeOf(operand.left);
      if (type.kind === 'scalar' && type.type === 'boolean' && (operand.operator === '=' || operand.operator === '<>')) return;
      const inner = operand.left.expression;
      report('default', { operand: textOf(ctx, inner).slice(0, 60) }, { start: node.operatorSpan.start, end: operand.span.end }, {
        fixes: [{
          title: 'Put the comparison into brackets',
          edits: [{ span: operand.span, newText: `(${textOf(ctx, inner)}${ctx.segment.text.slice(operand.left.span.end, operand.span.end)})` }],
        }],
      });
    });
  },
});
