/** A code that means something in another column, and nothing in the column it meets. */
import type { Expression } from '../../../../grammar/src/tree.ts';
import type { Fix } from '../../findings/finding.ts';
import type { SegmentContext } from '../context.ts';
import { columnText, type Meaning } from '../codes/judge.ts';
import { judgedUses, replacements, type JudgedUse } from '../codes/uses.ts';
import { defineRule } from '../rule.ts';
import { parentOf, unwrap } from '../tree.ts';

export const codeOfAnotherChoice = defineRule({
  id: 'code-of-another-choice',
  category: 'code',
  severity: 'error',
  help: 'The same digits mean different things in different columns. This code belongs to the choice of another column; either the code or the column is the wrong one.',
  bad: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192360002")',
  good: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = 192360002)',
  messages: {
    default: (p: { code: string; label: string; other: string; column: string; choice: string }) =>
      `${p.code} is ${p.label} in ${p.other}; this column is ${p.column}, whose choice ${p.choice} has no such code.`,
  },
  segment(ctx, report) {
    for (const it of judgedUses(ctx)) {
      const { use, verdict } = it;
      if (verdict.kind !== 'elsewhere') continue;
      const { where, option } = verdict.meaning;
      report('default', { code: it.shown, label: option.label, other: where, column: it.column, choice: use.choice.name }, use.span, {
        fixes: [...otherColumn(ctx, it, verdict.meaning), ...replacements(it, verdict.near, false)],
      });
    }
  },
});

/** Compares the column of the same table instead that has the code, where the two stand side by side. */
function otherColumn(ctx: SegmentContext, { use }: JudgedUse, { table, column }: Meaning): readonly Fix[] {
  if (table !== use.table || column === undefined || column.type !== use.column.type) return [];
  let literal: Expression = use.literal;
  let parent = parentOf(ctx, literal);
  while (parent?.kind === 'parenthesized') {
    literal = parent;
    parent = parentOf(ctx, literal);
  }
  if (parent?.kind !== 'binary') return [];
  const other = unwrap(parent.left === literal ? parent.right : parent.left);
  if (other.kind !== 'column') return [];
  const newText = columnText(table, column);
  return [{ title: `Compare ${newText}`, edits: [{ span: other.span, newText }] }];
}
