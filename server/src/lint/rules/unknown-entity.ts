/** An entity on a page that Dataverse does not have. */
import { didYouMean } from '../../findings/define.ts';
import { distance } from '../../base/closest.ts';
import { nameKey } from '../../model/model.ts';
import { blocksOf, type BlockContext } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';

export const unknownEntity = defineRule({
  id: 'unknown-entity',
  category: 'documentation',
  severity: 'error',
  help: 'The page names an entity that the imported Dataverse metadata does not have. It is an error where one of nearly the same name exists, and otherwise information: the metadata may hold only some entities.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsesion |\n| Attributes | msdyn_ocsession.msdyn_sessionid |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Attributes | msdyn_ocsession.msdyn_sessionid |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  exampleModel: 'dataverse: schema.json',
  messages: {
    default: (p: { entity: string; suggestion: string }) => `Dataverse has no entity ${p.entity}.${didYouMean(p.suggestion)}`,
    unknown: (p: { entity: string }) => `The imported metadata has no entity ${p.entity}, so its attributes are not checked.`,
  },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      if (!it.schema.isComplete) continue;
      const told = new Set<string>();
      for (const element of it.block.elements) {
        for (const item of element.items) {
          for (const reference of item.references) {
            const listed = element.kind === 'entities' && reference === item.head && reference.entity === undefined;
            const piece = listed ? reference.attribute : reference.form === 'qualified' ? reference.entity : undefined;
            if (piece === undefined || it.schema.entity(piece.text) !== undefined) continue;
            if (listed && it.schema.entitiesWith(piece.text).length > 0) continue;
            const suggestion = nearest(it.schema, piece.text);
            if (suggestion !== undefined) {
              report('default', { entity: piece.text, suggestion }, piece.span, { fixes: [{ title: `Write ${suggestion}`, preferred: true, edits: [{ span: piece.span, newText: suggestion }] }] });
            } else if (piece.text.includes('_') && !told.has(nameKey(piece.text))) {
              // A plain word before a dot, or in the cell, may be prose.
              told.add(nameKey(piece.text));
              report('unknown', { entity: piece.text }, piece.span, { severity: 'information' });
            }
          }
        }
      }
    }
  },
});

/** A slip of the pen, and no other entity of the same kind, differs in two letters at most. */
function nearest(schema: BlockContext['schema'], name: string): string | undefined {
  const found = schema.nearestEntity(name);
  return found !== undefined && distance(nameKey(name), nameKey(found), 3) <= 2 ? found : undefined;
}
