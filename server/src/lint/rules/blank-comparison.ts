/** A comparison with BLANK() that is true of zero and empty text too. */
import { defineRule } from '../rule.ts';
import { textOf, unwrap, visit } from '../tree.ts';
import type { Expression } from '../../../../grammar/src/tree.ts';

export const blankComparison = defineRule({
  id: 'blank-comparison',
  category: 'style',
  severity: 'information',
  help: '`x = BLANK()` is true for zero, empty text and FALSE as well, since `=` takes BLANK as one of them. ISBLANK(x) and `x == BLANK()` ask for BLANK alone.',
  bad: 'M = IF(SUM(FactSession[WaitTime]) = BLANK(), 0, 1)',
  good: 'M = IF(ISBLANK(SUM(FactSession[WaitTime])), 0, 1)',
  messages: {
    default: (p: { operator: string; instead: string }) => `${p.operator} BLANK() takes zero, empty text and FALSE as BLANK too. For BLANK alone write ${p.instead}.`,
  },
  segment(ctx, report) {
    visit(ctx, (node) => {
      if (node.kind !== 'binary' || (node.operator !== '=' && node.operator !== '<>')) return;
      const value = isBlank(node.right) ? node.left : isBlank(node.left) ? node.right : undefined;
      if (value === undefined || isBlank(value)) return;
      const test = `${node.operator === '<>' ? 'NOT ' : ''}ISBLANK(${textOf(ctx, unwrap(value))})`;
      report('default', { operator: node.operator, instead: node.operator === '=' ? 'ISBLANK( ) or ==' : 'NOT ISBLANK( )' }, node.span, {
        fixes: [{ title: `Ask for BLANK alone: ${test.length > 60 ? 'ISBLANK( )' : test}`, edits: [{ span: node.span, newText: test }] }],
      });
    });
  },
});

const isBlank = (expression: Expression): boolean => {
  const it = unwrap(expression);
  return it.kind === 'call' && it.name.toUpperCase() === 'BLANK' && it.args.length === 0;
};
