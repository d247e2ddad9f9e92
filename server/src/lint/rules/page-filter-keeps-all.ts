/** A filter on a page that names every code there is. */
import { blocksOf, leaves } from '../pages/blocks.ts';
import { keptCodes } from '../pages/keepsAll.ts';
import { defineRule } from '../rule.ts';

export const pageFilterKeepsAll = defineRule({
  id: 'page-filter-keeps-all',
  category: 'documentation',
  severity: 'warning',
  help: 'The filter lets every code of the choice through, so that it removes nothing but rows without a value. Leave it out, or name the codes that are meant.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocliveworkitem |\n| Filters | msdyn_ocliveworkitem.statuscode is set to any value between 1 to 7 |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocliveworkitem |\n| Filters | msdyn_ocliveworkitem.statuscode is set to any value between 1 to 4 |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  exampleModel: 'dataverse: schema.json',
  messages: { default: (p: { name: string; count: string }) => `All ${p.count} codes of ${p.name} are let through: the filter removes nothing.` },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      for (const { leaf, negated, clause } of leaves(it)) {
        const count = negated || clause.role === 'definition' ? undefined : keptCodes(it, leaf);
        if (count !== undefined) report('default', { name: leaf.subject.attribute.text, count: String(count) }, leaf.span);
      }
    }
  },
});
