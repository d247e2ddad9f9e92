/** `=` and `==` side by side in one condition. */
import type { Binary, Expression } from '../../../../grammar/src/tree.ts';
import { defineRule } from '../rule.ts';
import { parentOf, unwrap, visit } from '../tree.ts';
import type { SegmentContext } from '../context.ts';

export const mixedEquality = defineRule({
  id: 'mixed-equality',
  category: 'style',
  severity: 'information',
  help: '`=` takes BLANK as zero, empty text or FALSE; `==` does not. Both in one condition leave the reader to guess whether the difference is meant.',
  bad: 'M = COUNTROWS(FILTER(FactSession, FactSession[WaitTime] == 1 && FactSession[StatusCode] = 2))',
  good: 'M = COUNTROWS(FILTER(FactSession, FactSession[WaitTime] == 1 && FactSession[StatusCode] == 2))',
  messages: { default: (p: { other: string; own: string }) => `This condition compares with ${p.other} and with ${p.own}. They differ for BLANK; use one of them.` },
  segment(ctx, report) {
    visit(ctx, (node) => {
      if (node.kind !== 'binary' || !isJunction(node) || isJunction(above(ctx, node))) return;
      const signs = comparisons(node);
      const loose = signs.filter((it) => it.operator === '=');
      const strict = signs.filter((it) => it.operator === '==');
      // The rarer sign is the odd one; of as many, the one that comes second.
      const rare = loose.length === strict.length ? (signs[0]?.operator === '=' ? strict : loose) : loose.length < strict.length ? loose : strict;
      const [odd] = rare;
      const [common] = rare === loose ? strict : loose;
      if (odd !== undefined && common !== undefined) report('default', { other: common.operator, own: odd.operator }, odd.span, {
        related: [{ span: common.span, message: `${common.operator} stands here.` }],
      });
    });
  },
});

/** `x == BLANK()` asks for BLANK, which no `=` can. */
const isBlank = (expression: Expression): boolean => {
  const it = unwrap(expression);
  return it.kind === 'call' && it.name.toUpperCase() === 'BLANK';
};

const isJunction = (it: Expression | undefined): boolean => it?.kind === 'binary' && (it.operator === '&&' || it.operator === '||');

function above(ctx: SegmentContext, node: Expression): Expression | undefined {
  let it = parentOf(ctx, node);
  while (it?.kind === 'parenthesized') it = parentOf(ctx, it);
  return it;
}

/** Comparisons with = and == that && and || join, in order. */
function comparisons(expression: Expression): readonly Binary[] {
  const found: Binary[] = [];
  const open: Expression[] = [expression];
  for (let it = open.pop(); it !== undefined; it = open.pop()) {
    const node = unwrap(it);
    if (node.kind !== 'binary') continue;
    if (isJunction(node)) open.push(node.right, node.left);
    else if ((node.operator === '=' || node.operator === '==') && !isBlank(node.left) && !isBlank(node.right)) found.push(node);
  }
  return found;
}
