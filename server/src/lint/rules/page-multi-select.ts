/** A page that compares a column of several codes with one. */
import { attributeOf, blocksOf, leaves } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';

export const pageMultiSelect = defineRule({
  id: 'page-multi-select',
  category: 'documentation',
  severity: 'warning',
  help: 'The attribute holds several codes at once, so that = and != compare with the whole list. Say that it contains the code, or does not.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocliveworkitem |\n| Attributes | msdyn_ocliveworkitem.msdyn_channel |\n| Filters | msdyn_ocliveworkitem.msdyn_channel != \'192350000\' |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocliveworkitem |\n| Attributes | msdyn_ocliveworkitem.msdyn_channel |\n| Filters | msdyn_ocliveworkitem.msdyn_channel does not contain 192350000 |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  exampleModel: 'dataverse: schema.json',
  messages: { default: (p: { name: string; negated: string; code: string }) => `${p.name} may hold several codes. Say that it ${p.negated} ${p.code}.` },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      for (const { leaf } of leaves(it)) {
        if (leaf.kind !== 'comparison' || (leaf.operator !== '=' && leaf.operator !== '<>')) continue;
        const name = attributeOf(it, leaf.subject);
        if (name === undefined || !isMulti(name)) continue;
        report('default', { name: `${name.entity}.${name.attribute}`, negated: leaf.operator === '=' ? 'contains' : 'does not contain', code: leaf.value.text }, leaf.span);
      }

      function isMulti({ entity, attribute }: { readonly entity: string; readonly attribute: string }): boolean {
        return it.schema.attribute(entity, attribute)?.multiSelect === true || it.schema.columns(entity, attribute).some(({ column }) => column.multiSelect);
      }
    }
  },
});
