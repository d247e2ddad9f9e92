/** Conditions on codes that exclude each other. */
import { columnText } from '../codes/judge.ts';
import { chainsOf, type Part } from '../codes/conditions.ts';
import { join, keepsNothing, type Kept } from '../codes/kept.ts';
import { defineRule } from '../rule.ts';

export const filterKeepsNothing = defineRule({
  id: 'filter-keeps-nothing',
  category: 'filter',
  severity: 'error',
  help: 'A cell holds one code, so two conditions that ask for different ones are never met together: the result is always BLANK. Often an AND was meant to be an OR, or one of the codes is the wrong one.',
  bad: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = 192360000, FactSession[StateCode] = 192360001)',
  good: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] IN { 192360000, 192360001 })',
  messages: {
    default: (p: { column: string }) => `No value of ${p.column} meets this and the condition before it, so nothing is kept.`,
  },
  segment(ctx, report) {
    const told = new Set<number>();
    for (const { joint, parts } of chainsOf(ctx)) {
      if (joint !== 'and') continue;
      const found = clash(parts);
      if (found === undefined || told.has(found.second.expression.span.start)) continue;
      told.add(found.second.expression.span.start);
      const { table, column } = found.second.kept.subject;
      report('default', { column: columnText(table, column) }, found.second.expression.span, {
        related: [{ span: found.first.expression.span, message: 'The other condition.' }],
      });
    }
  },
});

/** The first condition that leaves nothing of what the ones before it keep. */
function clash(parts: readonly Part[]): { readonly first: Part; readonly second: Part } | undefined {
  let kept: Kept | undefined;
  for (const [i, second] of parts.entries()) {
    if (keepsNothing(second.kept)) return undefined;
    const before = kept;
    kept = before === undefined ? second.kept : join([before, second.kept], 'and');
    if (before === undefined || kept === undefined || !keepsNothing(kept)) continue;
    const first = parts.slice(0, i).find((it) => excludes(it, second)) ?? parts[0];
    return first === undefined ? undefined : { first, second };
  }
  return undefined;
}

function excludes(a: Part, b: Part): boolean {
  const both = join([a.kept, b.kept], 'and');
  return both !== undefined && keepsNothing(both);
}
