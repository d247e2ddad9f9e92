/** A literal that is no code of the choice column it meets. */
import { didYouMean } from '../../findings/define.ts';
import { judgedUses, replacements, writtenCode } from '../codes/uses.ts';
import { defineRule } from '../rule.ts';

export const unknownCode = defineRule({
  id: 'unknown-code',
  category: 'code',
  severity: 'error',
  help: 'The choice of this column has no such value, so a comparison for equality never holds and one for inequality always does. The codes that differ in the fewest digits are offered.',
  bad: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350011")',
  good: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350010")',
  messages: {
    default: (p: { code: string; column: string; choice: string; suggestion?: string }) =>
      `${p.code} is no code of ${p.column} (${p.choice}).${didYouMean(p.suggestion)}`,
  },
  segment(ctx, report) {
    for (const it of judgedUses(ctx)) {
      const { use, verdict } = it;
      if (verdict.kind !== 'unknown') continue;
      const [near] = verdict.near;
      const suggestion = near === undefined ? {} : { suggestion: `${writtenCode(it, near)} (${near.label})` };
      report('default', { code: it.shown, column: it.column, choice: use.choice.name, ...suggestion }, use.span, {
        fixes: replacements(it, verdict.near, false),
      });
    }
  },
});
