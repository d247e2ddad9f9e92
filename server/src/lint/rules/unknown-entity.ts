/** An entity on a page that Dataverse does not have. */
import { didYouMean } from '../../findings/define.ts';
import { blocksOf } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';

export const unknownEntity = defineRule({
  id: 'unknown-entity',
  category: 'documentation',
  severity: 'error',
  help: 'The page names an entity that the imported Dataverse metadata does not have. Nothing is said where no metadata is imported, or only some entities are known.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsesion |\n| Attributes | msdyn_ocsession.msdyn_sessionid |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Attributes | msdyn_ocsession.msdyn_sessionid |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  exampleModel: 'dataverse: schema.json',
  messages: { default: (p: { entity: string; suggestion?: string }) => `Dataverse has no entity ${p.entity}.${didYouMean(p.suggestion)}` },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      if (!it.schema.isComplete) continue;
      for (const element of it.block.elements) {
        for (const item of element.items) {
          for (const reference of item.references) {
            const listed = element.kind === 'entities' && reference === item.head && reference.entity === undefined;
            const piece = listed ? reference.attribute : reference.form === 'qualified' ? reference.entity : undefined;
            if (piece === undefined || it.schema.entity(piece.text) !== undefined) continue;
            const suggestion = it.schema.nearestEntity(piece.text);
            if (listed && it.schema.entitiesWith(piece.text).length > 0) continue;
            // A plain word before a dot may be prose; a name in the entities cell, or one with an underscore, is none.
            if (!listed && !piece.text.includes('_') && suggestion === undefined) continue;
            if (listed && !piece.text.includes('_') && suggestion === undefined && item.text.trim().includes(' ')) continue;
            report('default', { entity: piece.text, ...(suggestion === undefined ? {} : { suggestion }) }, piece.span, suggestion === undefined ? {} : {
              fixes: [{ title: `Write ${suggestion}`, preferred: true, edits: [{ span: piece.span, newText: suggestion }] }],
            });
          }
        }
      }
    }
  },
});
