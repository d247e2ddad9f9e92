/** An attribute that a page lists and that nothing of the metric reads. */
import { nameKey } from '../../model/model.ts';
import { attributeOf, blocksOf, itemsOf } from '../pages/blocks.ts';
import { readsOf } from '../pages/reads.ts';
import { defineRule } from '../rule.ts';

export const unusedAttribute = defineRule({
  id: 'unused-attribute',
  category: 'documentation',
  severity: 'information',
  help: 'The page lists an attribute that neither the DAX of the metric nor its filters read.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Attributes | msdyn_ocsession.msdyn_closurereason |\n| Filters | None |\n\n```dax\nM = DISTINCTCOUNT(FactSession[SessionId])\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Attributes | msdyn_ocsession.msdyn_sessionid |\n| Filters | None |\n\n```dax\nM = DISTINCTCOUNT(FactSession[SessionId])\n```',
  exampleModel: 'dataverse: schema.json',
  messages: { default: (p: { name: string }) => `Neither the DAX nor the filters of this metric read ${p.name}.` },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      const reads = readsOf(ctx, it);
      if (reads === undefined || !reads.isWhole) continue;
      const inFilters = new Set(itemsOf(it, 'filters', 'other').flatMap(({ references }) => references.map(({ attribute }) => nameKey(attribute.text))));
      for (const { head } of itemsOf(it, 'attributes')) {
        const name = head === undefined ? undefined : attributeOf(it, head);
        if (head === undefined || name === undefined || it.schema.attribute(name.entity, name.attribute) === undefined) continue;
        const full = `${name.entity}.${name.attribute}`;
        if (reads.attributes.has(nameKey(full)) || inFilters.has(nameKey(name.attribute))) continue;
        report('default', { name: full }, head.span);
      }
    }
  },
});
