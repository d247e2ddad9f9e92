/** `entity.attribute` with a blank or an underscore in place of the dot. */
import { blocksOf } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';
import { joinedName } from './unknown-attribute.ts';

export const malformedAttribute = defineRule({
  id: 'malformed-attribute',
  category: 'documentation',
  severity: 'warning',
  help: 'An attribute is written as entity.attribute, without blanks. Searches and links miss any other form.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser |\n| Attributes | systemuser. msdyn_botapplicationid |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser |\n| Attributes | systemuser.msdyn_botapplicationid |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  messages: {
    blank: (p: { name: string }) => `A blank stands at the dot. Write ${p.name}.`,
    underscore: (p: { name: string }) => `An underscore stands in place of the dot. Write ${p.name}.`,
  },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      for (const { items } of it.block.elements) {
        for (const { references } of items) {
          for (const { form, entity, attribute, span } of references) {
            if (form === 'spaced' && entity !== undefined && it.schema.entity(entity.text) !== undefined) {
              const name = `${entity.text}.${attribute.text}`;
              const gap = { start: entity.span.end, end: attribute.span.start };
              report('blank', { name }, span, { fixes: [{ title: `Write ${name}`, preferred: true, edits: [{ span: gap, newText: '.' }] }] });
            } else if (form === 'name') {
              const joined = joinedName(it.schema, attribute.text);
              if (joined === undefined) continue;
              const name = `${joined.entity}.${joined.attribute}`;
              report('underscore', { name }, attribute.span, { fixes: [{ title: `Write ${name}`, preferred: true, edits: [{ span: attribute.span, newText: name }] }] });
            }
          }
        }
      }
    }
  },
});
