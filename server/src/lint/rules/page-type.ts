/** A value on a page of another type than its attribute. */
import { attributeOf, blocksOf, leaves, literalsOf } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';

export const pageType = defineRule({
  id: 'page-type',
  category: 'documentation',
  severity: 'error',
  help: 'The page compares an attribute with a value of another type: a date with a number, a number with a word.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_sessionparticipant |\n| Filters | msdyn_sessionparticipant.msdyn_joinedon set 1 |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_sessionparticipant |\n| Filters | msdyn_sessionparticipant.msdyn_joinedon is not null |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  exampleModel: 'dataverse: schema.json',
  messages: { default: (p: { name: string; type: string; value: string }) => `${p.name} holds ${p.type}; it cannot be compared with ${p.value}.` },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      for (const { leaf } of leaves(it)) {
        const name = attributeOf(it, leaf.subject);
        const type = name === undefined ? undefined : it.schema.attribute(name.entity, name.attribute)?.type?.toLowerCase();
        if (name === undefined || type === undefined) continue;
        const family = /^(?:datetime|date)/.test(type) ? 'date' : /^(?:integer|bigint|decimal|double|money)/.test(type) ? 'number' : undefined;
        for (const { text, span } of literalsOf(leaf)) {
          const isNumber = /^-?\d+(?:\.\d+)?$/.test(text);
          const fits = family === undefined || (family === 'date' ? !isNumber || text.length > 7 : isNumber);
          if (!fits) report('default', { name: `${name.entity}.${name.attribute}`, type: family === 'date' ? 'dates' : 'numbers', value: text }, { start: leaf.subject.span.start, end: span.end });
        }
      }
    }
  },
});
