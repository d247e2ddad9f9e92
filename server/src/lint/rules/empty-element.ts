/** A metric on a page whose entities, attributes or filters are not filled in. */
import { pageElements } from '../../documents/index.ts';
import { defineRule } from '../rule.ts';

export const emptyElement = defineRule({
  id: 'empty-element',
  category: 'documentation',
  severity: 'warning',
  help: 'The page leaves open which entities, attributes or filters the metric reads. "Fill from definition" writes what the DAX and the model tell.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | |\n| Attributes | |\n| Filters | |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | systemuser |\n| Attributes | systemuser.msdyn_botapplicationid |\n| Filters | None |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  messages: {
    all: (p: { labels: string }) => `${p.labels} of this metric are empty. Fill them from its definition.`,
    one: (p: { label: string }) => `${p.label} of this metric is empty. Fill it from its definition, or say that there is none.`,
    placeholder: (p: { label: string }) => `${p.label} holds a placeholder. Fill it from the definition.`,
  },
  page(ctx, report) {
    for (const block of pageElements(ctx.page, ctx.text).blocks) {
      const open = block.elements.filter((it) => it.kind !== 'other' && it.kind !== 'query' && (it.state === 'empty' || it.state === 'placeholder'));
      const [first] = open;
      if (first === undefined) continue;
      if (open.length > 1 && open.every((it) => it.state === 'empty')) {
        const last = open.at(-1)?.label.span.end ?? first.label.span.end;
        report('all', { labels: listed(open.map((it) => it.label.text)) }, { start: first.label.span.start, end: open.length === 1 ? last : first.label.span.end });
      } else {
        for (const it of open) report(it.state === 'empty' ? 'one' : 'placeholder', { label: it.label.text }, it.state === 'empty' ? it.label.span : it.span);
      }
    }
  },
});

const listed = (words: readonly string[]): string => (words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`);
