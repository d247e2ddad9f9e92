/** An entity or an attribute that a metric lists twice. */
import { nameKey } from '../../model/model.ts';
import { blocksOf, elementsOf } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';

export const repeatedEntity = defineRule({
  id: 'repeated-entity',
  category: 'documentation',
  severity: 'information',
  help: 'An entity or an attribute is listed twice for one metric.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser, systemuser |\n| Attributes | systemuser.msdyn_botapplicationid |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser |\n| Attributes | systemuser.msdyn_botapplicationid |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  messages: { default: (p: { name: string }) => `${p.name} is listed already.` },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      for (const element of [...elementsOf(it, 'entities'), ...elementsOf(it, 'attributes')]) {
        const seen = new Set<string>();
        for (const { head } of element.items) {
          if (head === undefined) continue;
          const name = head.entity === undefined ? head.attribute.text : `${head.entity.text}.${head.attribute.text}`;
          if (seen.has(nameKey(name))) report('default', { name }, head.span);
          seen.add(nameKey(name));
        }
      }
    }
  },
});
