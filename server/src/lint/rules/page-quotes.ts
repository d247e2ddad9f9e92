/** Quotes and brackets on a page that do not pair up. */
import { pageElements } from '../../documents/index.ts';
import { leavesOf, literalsOf } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';

export const pageQuotes = defineRule({
  id: 'page-quotes',
  category: 'documentation',
  severity: 'warning',
  help: 'A value opens with one kind of quote and closes with another, is never closed, or a bracket has no partner. Copied into a query it fails.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Filters | msdyn_ocsession.msdyn_closurereason = \'192350001’ |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Filters | msdyn_ocsession.msdyn_closurereason = \'192350001\' |\n\n```dax\nM = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350001")\n```',
  messages: {
    mixed: (p: { value: string }) => `The quotes around ${p.value} are of two kinds. Use straight ones.`,
    typographic: (p: { value: string }) => `The quotes around ${p.value} are typographic. Use straight ones.`,
    unclosed: (p: { value: string }) => `The quote before ${p.value} is never closed.`,
    bracket: (p: { bracket: string }) => `The bracket ${p.bracket} has no partner.`,
  },
  page(ctx, report) {
    for (const { elements } of pageElements(ctx.page, ctx.text).blocks) {
      for (const item of elements.filter((it) => it.kind === 'filters' || it.kind === 'attributes').flatMap((it) => it.items)) {
        const literals = [
          ...item.clauses.flatMap((it) => leavesOf(it.condition).flatMap(({ leaf }) => literalsOf(leaf))),
          ...item.codes.map((it) => it.literal),
        ];
        for (const it of literals) {
          if (it.quote === 'none' || it.quote === 'straight') continue;
          const fixes = it.quote === 'unclosed' ? [] : [{ title: 'Use straight quotes', preferred: true, edits: [{ span: it.span, newText: `'${it.text}'` }] }];
          report(it.quote, { value: it.text }, it.span, { fixes, ...(it.quote === 'unclosed' ? { severity: 'error' as const } : {}) });
        }
        for (const it of item.unmatched) report('bracket', { bracket: it.text }, it.span);
      }
    }
  },
});
