/** A code on a page that its attribute does not have. */
import { didYouMean } from '../../findings/define.ts';
import { blocksOf } from '../pages/blocks.ts';
import { pageCodes } from '../pages/codes.ts';
import { defineRule } from '../rule.ts';

export const pageCode = defineRule({
  id: 'page-code',
  category: 'documentation',
  severity: 'error',
  help: 'The page compares an attribute with a code that its choice does not have. The same codes are checked in the DAX.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Filters | msdyn_ocsession.msdyn_closurereason set to 192350019 |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Filters | msdyn_ocsession.msdyn_closurereason set to 192350001 |\n\n```dax\nM = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350001")\n```',
  exampleModel: 'dataverse: schema.json',
  messages: {
    unknown: (p: { code: string; name: string; choice: string; suggestion?: string }) => `${p.code} is no code of ${p.name} (${p.choice}).${didYouMean(p.suggestion)}`,
    elsewhere: (p: { code: string; name: string; label: string; where: string }) => `${p.code} is ${p.label} in ${p.where}; ${p.name} has no such code.`,
  },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      for (const { leaf, choice, literal, verdict, name } of pageCodes(it)) {
        if (verdict.kind === 'known' || verdict.kind === 'label' || choice.partial === true) continue;
        if (leaf.kind === 'between' || (leaf.kind === 'comparison' && leaf.operator !== '=' && leaf.operator !== '<>')) continue;
        if (!/^\d+$/.test(literal.text)) continue;
        const full = `${name.entity}.${name.attribute}`;
        const fixes = verdict.near.map((option) => ({ title: `Change to ${option.value} (${option.label})`, edits: [{ span: literal.inner, newText: String(option.value) }] }));
        if (verdict.kind === 'elsewhere') report('elsewhere', { code: literal.text, name: full, label: verdict.meaning.option.label, where: verdict.meaning.where }, literal.span, { fixes });
        else {
          const [near] = verdict.near;
          report('unknown', { code: literal.text, name: full, choice: choice.name, ...(near === undefined ? {} : { suggestion: `${near.value} (${near.label})` }) }, literal.span, { fixes });
        }
      }
    }
  },
});
