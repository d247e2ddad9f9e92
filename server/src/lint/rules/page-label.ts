/** A code on a page that is not what the sentence around it says. */
import { blocksOf } from '../pages/blocks.ts';
import { pageCodes, spokenOption, stems } from '../pages/codes.ts';
import { defineRule } from '../rule.ts';

export const pageLabel = defineRule({
  id: 'page-label',
  category: 'documentation',
  severity: 'warning',
  help: 'The sentence speaks of one label and gives the code of another: "Agent Rejected … set to 192350006", where 192350006 is AgentTransfered. One of the two is wrong.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Filters | Agent Rejected session occurs when msdyn_ocsession.msdyn_closurereason is set to 192350002 |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Filters | Agent Rejected session occurs when msdyn_ocsession.msdyn_closurereason is set to 192350001 |\n\n```dax\nM = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350001")\n```',
  exampleModel: 'dataverse: schema.json',
  messages: {
    default: (p: { code: string; label: string; spoken: string; value: string }) => `${p.code} is ${p.label}; the sentence speaks of ${p.spoken}, which is ${p.value}.`,
    note: (p: { code: string; label: string; note: string }) => `${p.code} is ${p.label}, not ${p.note}.`,
  },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      for (const { leaf, clause, choice, literal, verdict } of pageCodes(it)) {
        if (verdict.kind !== 'known' || (leaf.kind !== 'comparison' && leaf.kind !== 'in')) continue;
        if (leaf.kind === 'comparison' && leaf.operator !== '=') continue;
        const note = clause.notes.find((its) => its.condition === leaf);
        const meant = note === undefined ? undefined : [...choice.options.values()].find((option) => stems(option.label).join(' ') === stems(note.text).join(' '));
        if (note !== undefined && meant !== undefined && meant !== verdict.option) {
          report('note', { code: literal.text, label: verdict.option.label, note: meant.label }, literal.span);
          continue;
        }
        const spoken = clause.role === 'case' ? undefined : spokenOption(choice, clause.lead.text);
        if (spoken === undefined || spoken === verdict.option || stems(verdict.option.label).every((stem) => stems(clause.lead.text).includes(stem))) continue;
        report('default', { code: literal.text, label: verdict.option.label, spoken: spoken.label, value: String(spoken.value) }, literal.span, {
          fixes: [{ title: `Change to ${spoken.value} (${spoken.label})`, edits: [{ span: literal.inner, newText: String(spoken.value) }] }],
        });
      }
    }
  },
});
