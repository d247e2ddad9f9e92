/** A code, or the choice it is of, that is deprecated. */
import { judgedUses } from '../codes/uses.ts';
import { defineRule } from '../rule.ts';

export const deprecatedCode = defineRule({
  id: 'deprecated-code',
  category: 'code',
  severity: 'warning',
  help: 'The model marks this code, or its whole choice, as deprecated: new rows do not have it. Keep it only where old rows are counted on purpose, and say so in a suppression.',
  bad: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = 192360009)',
  good: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = 192360002)',
  messages: {
    default: (p: { code: string; label: string; column: string }) => `${p.code} (${p.label}) of ${p.column} is deprecated.`,
    choice: (p: { choice: string; column: string }) => `The choice ${p.choice} of ${p.column} is deprecated.`,
  },
  segment(ctx, report) {
    for (const { use, verdict, shown, column } of judgedUses(ctx)) {
      if (verdict.kind !== 'known') continue;
      const { label, deprecated } = verdict.option;
      if (deprecated) report('default', { code: shown, label, column }, use.span, { tag: 'deprecated' });
      else if (use.choice.deprecated && !use.column.deprecated) report('choice', { choice: use.choice.name, column }, use.span, { tag: 'deprecated' });
    }
  },
});
