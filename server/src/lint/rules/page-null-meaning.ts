/** A null test on a page that says the opposite of what the model says a missing value means. */
import { nameKey, type RowValue } from '../../model/model.ts';
import { attributeOf, blocksOf, leaves, type BlockContext } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';

export const pageNullMeaning = defineRule({
  id: 'page-null-meaning',
  category: 'documentation',
  severity: 'error',
  help: 'The model says what a missing and a present value of the attribute mean (nulls). The page defines a flag by the test for the other state, so that it holds for the wrong rows.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser |\n| Filters | IsAgentSession is obtained from systemuser.msdyn_botapplicationid is not null |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser |\n| Filters | IsAgentSession is obtained from systemuser.msdyn_botapplicationid is null |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  messages: {
    default: (p: { defines: string; name: string; state: string; meaning: string; fix: string }) => `A ${p.state} ${p.name} means ${p.meaning}, so ${p.defines} holds where it ${p.fix}.`,
    keeps: (p: { name: string; state: string; meaning: string }) => `A ${p.state} ${p.name} means ${p.meaning}; only these rows are kept.`,
  },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      for (const { leaf, negated, clause } of leaves(it)) {
        if (leaf.kind !== 'null') continue;
        const name = attributeOf(it, leaf.subject);
        if (name === undefined) continue;
        const isPresent = leaf.negated !== negated;
        const full = `${name.entity}.${name.attribute}`;
        const defines = clause.defines === undefined ? undefined : meaningOf(it, name, clause.defines.text, isPresent);
        const told = { name: full, state: isPresent ? 'present' : 'missing' };
        if (clause.role === 'definition' && clause.defines !== undefined && defines === false) {
          report('default', { ...told, defines: clause.defines.text, meaning: 'FALSE', fix: isPresent ? 'is null' : 'is not null' }, leaf.span);
        } else if (clause.role === 'filter' && clause.effect !== 'drop' && anyMeaning(it, name, isPresent) === false) {
          report('keeps', { ...told, meaning: 'FALSE' }, leaf.span, { severity: 'warning' });
        }
      }
    }
  },
});

/** What the model says a state of the attribute means for a flag. */
function meaningOf({ schema }: BlockContext, name: { readonly entity: string; readonly attribute: string }, flag: string, isPresent: boolean): RowValue | undefined {
  const found = schema.columns(name.entity, name.attribute).find(({ column }) => nameKey(column.name) === nameKey(flag) && column.nulls !== undefined);
  return isPresent ? found?.column.nulls?.notNull : found?.column.nulls?.null;
}

function anyMeaning({ schema }: BlockContext, name: { readonly entity: string; readonly attribute: string }, isPresent: boolean): RowValue | undefined {
  const found = schema.columns(name.entity, name.attribute).find(({ column }) => column.nulls !== undefined);
  return isPresent ? found?.column.nulls?.notNull : found?.column.nulls?.null;
}
