/** IFERROR and ISERROR, which hide every error and are slow. */
import { defineRule } from '../rule.ts';
import { visitCalls } from '../tree.ts';

export const errorTest = defineRule({
  id: 'error-test',
  category: 'style',
  severity: 'information',
  help: 'IFERROR and ISERROR hide faults that nobody thought of, and make the engine evaluate row by row. A test for the one thing that may be wrong, DIVIDE for a division, or the alternate of SEARCH and FIND says what is expected.',
  bad: 'M = IFERROR(SUM(FactSession[WaitTime]) / COUNTROWS(FactSession), 0)',
  good: 'M = DIVIDE(SUM(FactSession[WaitTime]), COUNTROWS(FactSession), 0)',
  messages: { default: (p: { name: string }) => `${p.name} hides every error, also those that nobody expects, and is slow. Test for what may be wrong, or use DIVIDE.` },
  segment(ctx, report) {
    visitCalls(ctx, new Set(['IFERROR', 'ISERROR']), (call) => report('default', { name: call.name.toUpperCase() }, call.nameSpan));
  },
});
