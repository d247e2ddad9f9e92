/** An expression on a page that no name stands before. */
import { blocksOf, definitionsOf } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';

export const missingName = defineRule({
  id: 'missing-name',
  category: 'documentation',
  severity: 'warning',
  help: 'A page that documents a metric shows an expression without "Name =". Readers cannot tell which metric it is, and no other metric can read it.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser |\n\n```dax\nCOUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser |\n\n```dax\nSessions = COUNTROWS(FactSession)\n```',
  messages: { default: (p: { heading: string }) => `This expression has no name. Write ${p.heading === '' ? 'a name and =' : `"${p.heading} ="`} before it.` },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      if (it.block.elements.length === 0) continue;
      for (const { segment } of definitionsOf(ctx, it)) {
        const { item, text } = segment.segment;
        if (item.kind !== 'bare' || (item.expression.kind !== 'call' && item.expression.kind !== 'binary' && item.expression.kind !== 'var')) continue;
        const heading = it.block.heading?.text ?? '';
        const span = segment.toPage(item.expression.span);
        const line = text.indexOf('\n', item.expression.span.start);
        const end = line < 0 || line > item.expression.span.end ? span.end : segment.toPage({ start: item.expression.span.start, end: line }).end;
        report('default', { heading }, { start: span.start, end }, heading === '' ? {} : {
          fixes: [{ title: `Name it ${heading}`, edits: [{ span: { start: span.start, end: span.start }, newText: `${heading} = ` }] }],
        });
      }
    }
  },
});
