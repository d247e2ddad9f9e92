/** An IF whose branches are the same, or a condition that was decided already. */
import { sameExpression } from '../../../../grammar/src/index.ts';
import type { Call, Expression } from '../../../../grammar/src/tree.ts';
import type { SegmentContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { argumentAt, parentOf, unwrap, visit } from '../tree.ts';

export const sameBranches = defineRule({
  id: 'same-branches',
  category: 'metric',
  severity: 'warning',
  help: 'Both results of an IF are the same, or a condition is asked again where it is known: inside the branch that it led to, or in a later arm of the same SWITCH. One of them was probably meant to be another.',
  bad: 'M = IF(COUNTROWS(FactSession) > 5, 1, 1)',
  good: 'M = IF(COUNTROWS(FactSession) > 5, 1, 2)',
  messages: {
    branches: () => 'Both results of this IF are the same. One of them was probably meant to be another.',
    decided: (p: { answer: string }) => `This condition is always ${p.answer} here: it was asked before. One of the two was probably meant to be another.`,
    arm: () => 'An arm above has this condition already; this one is never reached.',
  },
  segment(ctx, report) {
    if (!ctx.isSound) return;
    visit(ctx, (node) => {
      if (node.kind !== 'call') return;
      const name = node.name.toUpperCase();
      if (name === 'IF') {
        const [condition, yes, no] = [argumentAt(node, 0), argumentAt(node, 1), argumentAt(node, 2)];
        if (yes !== undefined && no !== undefined && sameExpression(yes, no)) report('branches', {}, no.span, { related: [{ span: yes.span, message: 'The other result.' }] });
        const decided = condition === undefined ? undefined : decidedAbove(ctx, node, condition);
        if (condition !== undefined && decided !== undefined) report('decided', { answer: decided.answer ? 'TRUE' : 'FALSE' }, condition.span, { related: [{ span: decided.by.span, message: 'It is asked here first.' }] });
      } else if (name === 'SWITCH' && isTrue(argumentAt(node, 0))) {
        const seen: Expression[] = [];
        for (let i = 1; i + 1 < node.args.length; i += 2) {
          const condition = argumentAt(node, i);
          if (condition === undefined || seen.length > 200) continue;
          const first = seen.find((it) => sameExpression(it, condition));
          if (first === undefined) seen.push(condition);
          else report('arm', {}, condition.span, { related: [{ span: first.span, message: 'It stands here first.' }] });
        }
      }
    });
  },
});

/** The IF directly around one, in whose branch it stands, when it asks the same. What changes the context ends the search. */
function decidedAbove(ctx: SegmentContext, call: Call, condition: Expression): { readonly by: Expression; readonly answer: boolean } | undefined {
  let inner: Expression = call;
  for (let hops = 0; hops < 20; hops++) {
    const outer = parentOf(ctx, inner);
    if (outer === undefined) return undefined;
    if (outer.kind === 'call') {
      if (outer.name.toUpperCase() !== 'IF') return undefined;
      const asked = argumentAt(outer, 0);
      const place = outer.args.indexOf(inner);
      if (asked !== undefined && place > 0 && sameExpression(asked, condition)) return { by: asked, answer: place === 1 };
    } else if (outer.kind !== 'parenthesized' && outer.kind !== 'binary') return undefined;
    inner = outer;
  }
  return undefined;
}

function isTrue(expression: Expression | undefined): boolean {
  const it = expression === undefined ? undefined : unwrap(expression);
  return it?.kind === 'boolean' ? it.value : it?.kind === 'call' && it.name.toUpperCase() === 'TRUE';
}
