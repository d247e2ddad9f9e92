/** A code with a digit too many or too few. */
import { didYouMean } from '../../findings/define.ts';
import { judgedUses, replacements, writtenCode } from '../codes/uses.ts';
import { defineRule } from '../rule.ts';

export const codeLength = defineRule({
  id: 'code-length',
  category: 'code',
  severity: 'error',
  help: 'All codes of the choice have the same number of digits; this one has another. A digit was left out or typed twice.',
  bad: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "1923500001")',
  good: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350001")',
  messages: {
    default: (p: { code: string; found: number; wanted: number; column: string; suggestion?: string }) =>
      `${p.code} has ${String(p.found)} digits; the codes of ${p.column} have ${String(p.wanted)}.${didYouMean(p.suggestion)}`,
  },
  segment(ctx, report) {
    for (const it of judgedUses(ctx)) {
      const { use, verdict } = it;
      if (verdict.kind !== 'length') continue;
      const [near] = verdict.near;
      const suggestion = near === undefined ? {} : { suggestion: `${writtenCode(it, near)} (${near.label})` };
      report('default', { code: it.shown, found: verdict.found, wanted: verdict.wanted, column: it.column, ...suggestion }, use.span, {
        fixes: replacements(it, verdict.near, false),
      });
    }
  },
});
