/** A division by something that may be zero or BLANK. */
import type { Binary, Expression } from '../../../../grammar/src/tree.ts';
import type { Span } from '../../base/spans.ts';
import type { SegmentContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { parentOf, textOf, valueOf, visit } from '../tree.ts';

export const unsafeDivision = defineRule({
  id: 'unsafe-division',
  category: 'style',
  severity: 'information',
  help: 'The operator / gives infinity or NaN where the denominator is zero or BLANK, and a visual shows that. DIVIDE gives BLANK, or the alternate that its third argument names.',
  bad: 'M = SUM(FactSession[WaitTime]) / COUNTROWS(FactSession)',
  good: 'M = DIVIDE(SUM(FactSession[WaitTime]), COUNTROWS(FactSession))',
  messages: { default: (p: { denominator: string }) => `Where ${p.denominator} is zero or BLANK, / gives infinity or NaN. Use DIVIDE.` },
  segment(ctx, report) {
    visit(ctx, (node) => {
      if (node.kind !== 'binary' || node.operator !== '/' || isNeverZero(ctx, node.right)) return;
      const single = !isPartOfProduct(ctx, node);
      report('default', { denominator: textOf(ctx, node.right).slice(0, 60) }, single ? { start: node.operatorSpan.start, end: node.right.span.end } : node.operatorSpan, {
        fixes: single ? [{
          title: 'Use DIVIDE',
          edits: [
            { span: { start: node.span.start, end: node.span.start }, newText: 'DIVIDE(' },
            commaFor(ctx, node),
            { span: { start: node.span.end, end: node.span.end }, newText: ')' },
          ],
        }] : [],
      });
    });
  },
});

/** A comma in the operator's place; a comment around it stays. */
function commaFor(ctx: SegmentContext, { left, operatorSpan, right }: Binary): { readonly span: Span; readonly newText: string } {
  const blank = (start: number, end: number): boolean => ctx.segment.text.slice(start, end).trim() === '';
  const start = blank(left.span.end, operatorSpan.start) ? left.span.end : operatorSpan.start;
  return blank(operatorSpan.end, right.span.start) ? { span: { start, end: right.span.start }, newText: ', ' } : { span: { start, end: operatorSpan.end }, newText: ',' };
}

/** In `a / b * c` what DIVIDE would take is not what stands there. */
function isPartOfProduct(ctx: SegmentContext, node: Binary): boolean {
  const parent = parentOf(ctx, node);
  return parent?.kind === 'binary' && (parent.operator === '*' || parent.operator === '/' || parent.operator === '^');
}

function isNeverZero(ctx: SegmentContext, expression: Expression): boolean {
  const it = valueOf(ctx, expression);
  if (it.kind === 'number') return it.value !== 0;
  if (it.kind === 'unary' && it.operator !== 'NOT') return isNeverZero(ctx, it.operand);
  // A product or power of constants, such as 24 * 60 or 10 ^ 3.
  return it.kind === 'binary' && (it.operator === '*' || it.operator === '/' || it.operator === '^') && isNeverZero(ctx, it.left) && isNeverZero(ctx, it.right);
}
