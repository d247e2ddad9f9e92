/** A metric that is nothing but another metric. */
import { nameKey } from '../../model/model.ts';
import { defineRule } from '../rule.ts';
import { targetAt, unwrap } from '../tree.ts';

export const metricAlias = defineRule({
  id: 'metric-alias',
  category: 'metric',
  severity: 'hint',
  help: 'The metric is another one under a second name. Two names for one number drift apart in pages and reports; use the first, or say in a doc comment why both are needed.',
  bad: 'A = COUNTROWS(FactSession)\nB = [A]',
  good: 'A = COUNTROWS(FactSession)\nB = [A] * 2',
  messages: { default: (p: { other: string }) => `This is ${p.other} under another name.` },
  segment(ctx, report) {
    const { item } = ctx.segment;
    if (item.kind !== 'measure' || item.docs !== undefined) return;
    const body = unwrap(item.body);
    if (body.kind !== 'column' || nameKey(body.column.text) === nameKey(item.name)) return;
    if (targetAt(ctx, body.span.start)?.kind === 'measure') report('default', { other: `[${body.column.text}]` }, body.span);
  },
});
