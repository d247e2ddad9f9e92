/** A column that is deprecated, in the model or in Dataverse. */
import { nameKey, type Column, type Model } from '../../model/model.ts';
import { columnText } from '../codes/judge.ts';
import { defineRule } from '../rule.ts';

export const deprecatedColumn = defineRule({
  id: 'deprecated-column',
  category: 'code',
  severity: 'warning',
  help: 'The model, or the Dataverse attribute that the column is made from, is marked as deprecated: it may be empty in new rows, and may go away.',
  bad: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[OldState] = 1)',
  good: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = 192360002)',
  messages: {
    default: (p: { column: string }) => `${p.column} is deprecated.`,
    attribute: (p: { column: string; attribute: string }) => `${p.column} is made from ${p.attribute}, which is deprecated.`,
  },
  segment({ bound, model }, report) {
    for (const { span, target } of bound.references) {
      if (target.kind !== 'column') continue;
      const { table, column } = target;
      if (column.deprecated) report('default', { column: columnText(table, column) }, span, { tag: 'deprecated' });
      else if (isAttributeDeprecated(model, column)) {
        report('attribute', { column: columnText(table, column), attribute: column.dataverse ?? '' }, span, { tag: 'deprecated' });
      }
    }
  },
});

function isAttributeDeprecated({ entities }: Model, { dataverse }: Column): boolean {
  const [entity = '', attribute = ''] = dataverse?.split('.') ?? [];
  return entities?.get(nameKey(entity))?.attributes.get(nameKey(attribute))?.deprecated === true;
}
