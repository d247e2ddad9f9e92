/** EVALUATEANDLOG, which is for debugging. */
import { defineRule } from '../rule.ts';
import { argumentAt, textOf, visitCalls } from '../tree.ts';

export const logInProduction = defineRule({
  id: 'log-in-production',
  category: 'style',
  severity: 'information',
  help: 'EVALUATEANDLOG writes intermediate values to a trace while a metric is debugged, and keeps the engine from optimising. Take it out before the metric is published.',
  bad: 'M = EVALUATEANDLOG(SUM(FactSession[WaitTime]))',
  good: 'M = SUM(FactSession[WaitTime])',
  messages: { default: () => 'EVALUATEANDLOG is for debugging. Write its argument alone before the metric is published.' },
  segment(ctx, report) {
    visitCalls(ctx, new Set(['EVALUATEANDLOG']), (call) => {
      const value = argumentAt(call, 0);
      report('default', {}, call.nameSpan, value === undefined ? {} : {
        fixes: [{ title: 'Take out EVALUATEANDLOG', preferred: value.kind === 'call', edits: [{ span: call.span, newText: value.kind === 'call' || value.kind === 'column' ? textOf(ctx, value) : `(${textOf(ctx, value)})` }] }],
      });
    });
  },
});
