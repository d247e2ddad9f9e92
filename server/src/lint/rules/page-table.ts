/** A table of the model that a page misspells. */
import { closest } from '../../base/closest.ts';
import { nameKey } from '../../model/model.ts';
import { blocksOf } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';

export const pageTable = defineRule({
  id: 'page-table',
  category: 'documentation',
  severity: 'warning',
  help: 'The page names a table that no model has, and one has a table of nearly the same name.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser |\n| Filters | FactSessions: systemuser.msdyn_botapplicationid is null |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser |\n| Filters | FactSession: systemuser.msdyn_botapplicationid is null |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  messages: { default: (p: { name: string; suggestion: string }) => `There is no table ${p.name}. Did you mean ${p.suggestion}?` },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      const names = new Map(it.schema.wholes.flatMap(({ model }) => [...model.tables.values()].map((table) => [nameKey(table.name), table.name] as const)));
      for (const { items } of it.block.elements) {
        for (const { words } of items) {
          for (const word of words) {
            if (!word.isTable || names.has(nameKey(word.text))) continue;
            const suggestion = closest(word.text, names.values());
            if (suggestion === undefined) continue;
            report('default', { name: word.text, suggestion }, word.span, { fixes: [{ title: `Write ${suggestion}`, preferred: true, edits: [{ span: word.span, newText: suggestion }] }] });
          }
        }
      }
    }
  },
});
