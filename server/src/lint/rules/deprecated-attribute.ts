/** A deprecated attribute that a page still lists. */
import { attributeOf, blocksOf } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';

export const deprecatedAttribute = defineRule({
  id: 'deprecated-attribute',
  category: 'documentation',
  severity: 'warning',
  help: 'Dataverse marks the attribute as deprecated: it may be empty in new rows. Name the one that took its place.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Attributes | msdyn_ocsession.msdyn_state |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Attributes | msdyn_ocsession.msdyn_sessionid |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  exampleModel: 'dataverse: schema.json',
  messages: { default: (p: { name: string }) => `${p.name} is deprecated.` },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      for (const element of it.block.elements) {
        for (const item of element.items) {
          for (const reference of item.references) {
            if (element.kind === 'entities' && reference === item.head) continue;
            const found = reference.form === 'word' ? undefined : attributeOf(it, reference);
            if (found === undefined || it.schema.attribute(found.entity, found.attribute)?.deprecated !== true) continue;
            report('default', { name: `${found.entity}.${found.attribute}` }, reference.span, { tag: 'deprecated' });
          }
        }
      }
    }
  },
});
