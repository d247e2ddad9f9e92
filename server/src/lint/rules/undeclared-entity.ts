/** An entity or attribute that the filters of a metric read and that it does not list. */
import { nameKey } from '../../model/model.ts';
import { blocksOf, elementsOf, itemsOf, listedEntities } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';

export const undeclaredEntity = defineRule({
  id: 'undeclared-entity',
  category: 'documentation',
  severity: 'warning',
  help: 'The filters read an entity that is not among the entities of the metric, or an attribute that is not among its attributes. Who sets up the data from the list leaves it out.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser |\n| Attributes | systemuser.msdyn_botapplicationid |\n| Filters | msdyn_ocsession.msdyn_closurereason = 192350001 |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser |\n| Attributes | systemuser.msdyn_botapplicationid |\n| Filters | systemuser.msdyn_botapplicationid is null |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  messages: {
    entity: (p: { entity: string }) => `The filters read ${p.entity}, which is not among the entities of this metric.`,
    attribute: (p: { name: string }) => `The filters read ${p.name}, which is not among the attributes of this metric.`,
  },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      const hasList = elementsOf(it, 'entities').some((element) => element.state === 'filled');
      const entities = listedEntities(it);
      const attributes = new Set(itemsOf(it, 'attributes').flatMap(({ head }) => (head === undefined ? [] : [nameKey(head.attribute.text)])));
      const seen = new Set<string>();
      for (const { references } of itemsOf(it, 'filters')) {
        for (const { form, entity, attribute, span } of references) {
          if (entity === undefined || form === 'column' || (!entity.text.includes('_') && it.schema.entity(entity.text) === undefined)) continue;
          if (form === 'spaced' && it.schema.entity(entity.text) === undefined) continue;
          const name = `${entity.text}.${attribute.text}`;
          if (hasList && !entities.has(nameKey(entity.text))) {
            if (!seen.has(nameKey(entity.text))) report('entity', { entity: entity.text }, span);
            seen.add(nameKey(entity.text));
          } else if (attributes.size > 0 && !attributes.has(nameKey(attribute.text)) && !attributes.has(nameKey(`${entity.text}_${attribute.text}`)) && !seen.has(nameKey(name))) {
            report('attribute', { name }, span, { severity: 'information' });
            seen.add(nameKey(name));
          }
        }
      }
    }
  },
});
