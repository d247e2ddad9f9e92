/** A placeholder in the prose of a page. */
import { pageElements } from '../../documents/index.ts';
import { defineRule } from '../rule.ts';

export const pagePlaceholder = defineRule({
  id: 'page-placeholder',
  category: 'documentation',
  severity: 'warning',
  help: 'The page still says that something is to be added here.',
  bad: '## Sessions\n\n**Need info**\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\nSessions of any kind.\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  messages: { default: (p: { text: string }) => `"${p.text}" is a placeholder. Write what belongs here.` },
  page(ctx, report) {
    for (const it of pageElements(ctx.page, ctx.text).prose) {
      if (it.state === 'placeholder') report('default', { text: it.item.text.trim() }, it.item.span);
    }
  },
});
