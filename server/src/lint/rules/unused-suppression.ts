/** A suppression that silences nothing. */
import { defineRule } from '../rule.ts';

export const unusedSuppression = defineRule({
  id: 'unused-suppression',
  category: 'style',
  severity: 'warning',
  help: 'A comment switches a rule off, yet the rule finds nothing there. What was wrong has been mended, or the comment stands at the wrong line. Errors of syntax cannot be switched off.',
  bad: '// dax-metrics-disable-next-line unknown-code -- codes of the old release\nM = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350001")',
  good: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350001")',
  messages: {
    default: (p: { rule: string }) => `Nothing is found here that ${p.rule} would report. Remove the suppression.`,
    empty: () => 'The suppression names no rule. Write the rules after it, separated by commas.',
    syntax: (p: { rule: string }) => `${p.rule} is an error of syntax, which cannot be switched off.`,
  },
});
