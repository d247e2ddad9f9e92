/** DIVIDE with the alternate result that it has anyway. */
import { defineRule } from '../rule.ts';
import { argumentAt, unwrap, visitCalls } from '../tree.ts';

export const redundantDivideDefault = defineRule({
  id: 'redundant-divide-default',
  category: 'style',
  severity: 'information',
  help: 'DIVIDE gives BLANK for a denominator of zero or BLANK, unless a third argument says otherwise. BLANK() as that argument says nothing new.',
  bad: 'M = DIVIDE(SUM(FactSession[WaitTime]), COUNTROWS(FactSession), BLANK())',
  good: 'M = DIVIDE(SUM(FactSession[WaitTime]), COUNTROWS(FactSession))',
  messages: { default: () => 'DIVIDE gives BLANK here anyway. Leave the third argument out.' },
  segment(ctx, report) {
    visitCalls(ctx, new Set(['DIVIDE']), (call) => {
      const alternate = argumentAt(call, 2);
      const comma = call.commas[1];
      const it = alternate === undefined ? undefined : unwrap(alternate);
      if (alternate === undefined || comma === undefined || it?.kind !== 'call' || it.name.toUpperCase() !== 'BLANK') return;
      report('default', {}, alternate.span, {
        tag: 'unnecessary',
        fixes: [{ title: 'Leave out the third argument', preferred: true, edits: [{ span: { start: comma.start, end: alternate.span.end }, newText: '' }] }],
      });
    });
  },
});
