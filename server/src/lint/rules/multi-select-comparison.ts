/** A column that holds several codes, compared with one. */
import { quoteString } from '../../../../grammar/src/index.ts';
import type { Fix } from '../../findings/finding.ts';
import { columnText } from '../codes/judge.ts';
import type { SegmentContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { parentOf, textOf, unwrap } from '../tree.ts';

export const multiSelectComparison = defineRule({
  id: 'multi-select-comparison',
  category: 'code',
  severity: 'warning',
  help: 'The column holds several codes in one cell, separated by commas. Compared with one code, it meets only rows that have that code alone. Search for the code in the text instead.',
  bad: 'M = COUNTROWS(FILTER(FactSession, FactSession[Channels] <> "192350000"))',
  good: 'M = COUNTROWS(FILTER(FactSession, NOT CONTAINSSTRING(FactSession[Channels], "192350000")))',
  messages: {
    default: (p: { column: string; code: string; label: string }) =>
      `${p.column} holds several codes in one cell; ${p.code} (${p.label}) is compared with the whole cell. Use CONTAINSSTRING.`,
  },
  segment(ctx, report) {
    for (const use of ctx.bound.codes) {
      if (!use.column.multiSelect || use.how === 'search' || use.option === undefined) continue;
      report('default', { column: columnText(use.table, use.column), code: textOf(ctx, use), label: use.option.label }, use.span, {
        fixes: containsFix(ctx, use),
      });
    }
  },
});

/** `T[c] = "x"` as a search. */
function containsFix(ctx: SegmentContext, { literal, code }: SegmentContext['bound']['codes'][number]): readonly Fix[] {
  const comparison = parentOf(ctx, literal);
  if (comparison?.kind !== 'binary' || !['=', '==', '<>'].includes(comparison.operator)) return [];
  const column = unwrap(comparison.left === literal ? comparison.right : comparison.left);
  if (column.kind !== 'column') return [];
  const search = `CONTAINSSTRING(${textOf(ctx, column)}, ${quoteString(code)})`;
  const newText = comparison.operator === '<>' ? `NOT ${search}` : search;
  return [{ title: `Change to ${newText}`, edits: [{ span: comparison.span, newText }] }];
}
