/** A page that keeps in one sentence what it excludes in another. */
import { nameKey } from '../../model/model.ts';
import { attributeOf, blocksOf, leaves, literalsOf } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';
import type { Span } from '../../base/spans.ts';

export const pageContradiction = defineRule({
  id: 'page-contradiction',
  category: 'documentation',
  severity: 'warning',
  help: 'One sentence of the filters keeps the rows that another one excludes, so that nothing is left.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Filters | Include sessions where msdyn_ocsession.msdyn_closurereason is 192350001.<br>Exclude sessions where msdyn_ocsession.msdyn_closurereason is 192350001. |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Filters | Include sessions where msdyn_ocsession.msdyn_closurereason is 192350001.<br>Exclude sessions where msdyn_ocsession.msdyn_closurereason is 192350002. |\n\n```dax\nM = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350001")\n```',
  messages: { default: (p: { name: string }) => `Another sentence says the opposite of ${p.name}.` },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      const seen = new Map<string, { readonly keeps: boolean; readonly span: Span }>();
      for (const { leaf, negated, clause } of leaves(it)) {
        if (clause.effect === undefined || clause.role !== 'filter' || clause.condition !== leaf) continue;
        const name = attributeOf(it, leaf.subject);
        const isNegative = (leaf.kind === 'comparison' ? leaf.operator === '<>' : leaf.negated) !== negated;
        if (name === undefined || (leaf.kind === 'comparison' && leaf.operator !== '=' && leaf.operator !== '<>')) continue;
        const key = `${nameKey(name.entity)}.${nameKey(name.attribute)} ${leaf.kind === 'null' ? 'null' : literalsOf(leaf).map((literal) => literal.text).sort().join()}`;
        const keeps = (clause.effect === 'keep') !== isNegative;
        const other = seen.get(key);
        if (other === undefined) seen.set(key, { keeps, span: leaf.span });
        else if (other.keeps !== keeps) report('default', { name: `${name.entity}.${name.attribute}` }, leaf.span, { related: [{ span: other.span, message: 'The other sentence.' }] });
      }
    }
  },
});
