/** A column among the entities of a metric. */
import { blocksOf, elementsOf } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';

export const columnAsEntity = defineRule({
  id: 'column-as-entity',
  category: 'documentation',
  severity: 'warning',
  help: 'The list of entities names a column of an entity. Move it to the attributes.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser, msdyn_botapplicationid |\n| Attributes | systemuser.msdyn_botapplicationid |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser |\n| Attributes | systemuser.msdyn_botapplicationid |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  messages: { default: (p: { name: string; entity: string }) => `${p.name} is an attribute of ${p.entity}, no entity. List it under the attributes.` },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      for (const element of elementsOf(it, 'entities')) {
        for (const { head } of element.items) {
          if (head === undefined) continue;
          const [entity] = head.entity === undefined ? it.schema.entitiesWith(head.attribute.text) : [it.schema.entity(head.entity.text)];
          if (entity === undefined || (head.entity === undefined && it.schema.entity(head.attribute.text) !== undefined)) continue;
          report('default', { name: head.attribute.text, entity: entity.name }, head.span);
        }
      }
    }
  },
});
