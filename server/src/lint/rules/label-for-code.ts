/** The label of a code in the place of the code. */
import { judgedUses, replacements, writtenCode } from '../codes/uses.ts';
import { defineRule } from '../rule.ts';

export const labelForCode = defineRule({
  id: 'label-for-code',
  category: 'code',
  severity: 'error',
  help: 'The column holds codes, and this is what one of them is called. Write the code; its label is shown beside it.',
  bad: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "AgentReject")',
  good: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350001")',
  messages: {
    default: (p: { text: string; column: string; code: string }) => `${p.column} holds codes, not labels: ${p.text} is ${p.code}.`,
    near: (p: { text: string; column: string; code: string; label: string }) =>
      `${p.column} holds codes, not labels. ${p.text} may be ${p.code} (${p.label}).`,
  },
  segment(ctx, report) {
    for (const it of judgedUses(ctx)) {
      const { use, verdict } = it;
      if (verdict.kind !== 'label') continue;
      const { label } = verdict.option;
      const code = writtenCode(it, verdict.option);
      const fixes = replacements(it, [verdict.option], true);
      if (label.toLowerCase() === use.code.toLowerCase()) report('default', { text: it.shown, column: it.column, code }, use.span, { fixes });
      else report('near', { text: it.shown, column: it.column, code, label }, use.span, { fixes });
    }
  },
});
