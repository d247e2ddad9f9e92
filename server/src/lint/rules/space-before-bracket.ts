/** A blank between a table and the bracket of its column. */
import { defineRule } from '../rule.ts';
import { visit } from '../tree.ts';

export const spaceBeforeBracket = defineRule({
  id: 'space-before-bracket',
  category: 'style',
  severity: 'hint',
  help: 'DAX allows a blank between a table and the bracket of its column, but searches for Table[Column] miss it.',
  bad: 'M = SUM(FactSession [WaitTime])',
  good: 'M = SUM(FactSession[WaitTime])',
  messages: { default: () => 'A blank stands between the table and its column.' },
  segment(ctx, report) {
    visit(ctx, (node) => {
      if (node.kind !== 'column' || node.table === undefined) return;
      const gap = { start: node.table.span.end, end: node.column.span.start };
      const between = ctx.segment.text.slice(gap.start, gap.end);
      if (between === '' || between.trim() !== '') return;
      report('default', {}, node.span, { fixes: [{ title: 'Close the gap', preferred: true, edits: [{ span: gap, newText: '' }] }] });
    });
  },
});
