/** `1 - a / b`, which is 1 where there is nothing at all. */
import { defineRule } from '../rule.ts';
import { unwrap, visit } from '../tree.ts';

export const oneMinusRatio = defineRule({
  id: 'one-minus-ratio',
  category: 'style',
  severity: 'information',
  help: 'Where a and b are BLANK, `1 - DIVIDE(a, b)` is 1, so every group without data shows 100 %. `DIVIDE(b - a, b)` is BLANK there.',
  bad: 'M = 1 - DIVIDE(SUM(FactSession[WaitTime]), COUNTROWS(FactSession))',
  good: 'M = VAR rows = COUNTROWS(FactSession) RETURN DIVIDE(rows - SUM(FactSession[WaitTime]), rows)',
  messages: { default: () => 'Where there are no rows this is 1. DIVIDE(b - a, b) in place of 1 - DIVIDE(a, b) is BLANK there.' },
  segment(ctx, report) {
    visit(ctx, (node) => {
      if (node.kind !== 'binary' || node.operator !== '-') return;
      const one = unwrap(node.left);
      const ratio = unwrap(node.right);
      const isRatio = (ratio.kind === 'binary' && ratio.operator === '/') || (ratio.kind === 'call' && ratio.name.toUpperCase() === 'DIVIDE' && ratio.args.length === 2);
      if (one.kind === 'number' && one.value === 1 && isRatio) report('default', {}, node.span);
    });
  },
});
