/** A suppression that names a rule which does not exist. */
import { didYouMean } from '../../findings/define.ts';
import { defineRule } from '../rule.ts';

export const unknownRule = defineRule({
  id: 'unknown-rule',
  category: 'style',
  severity: 'warning',
  help: 'A comment switches off a rule that does not exist, so it does nothing. The index of the rules lists every id.',
  bad: '// dax-metrics-disable-next-line unknwn-code\nM = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350099")',
  good: '// dax-metrics-disable-next-line unknown-code\nM = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350099")',
  messages: { default: (p: { rule: string; suggestion?: string }) => `There is no rule ${p.rule}.${didYouMean(p.suggestion)}` },
});
