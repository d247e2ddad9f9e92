/** A name in other capitals than where it is declared. */
import { defineRule } from '../rule.ts';
import type { SegmentContext } from '../context.ts';

export const nameCasing = defineRule({
  id: 'name-casing',
  category: 'style',
  severity: 'hint',
  help: 'DAX does not tell upper from lower case in names, so this works. Written as it is declared, the name is found by a search, and reads like everywhere else.',
  bad: 'M = COUNTROWS(FILTER(FactSession, FactSession[waittime] > 60))',
  good: 'M = COUNTROWS(FILTER(FactSession, FactSession[WaitTime] > 60))',
  messages: { default: (p: { name: string; declared: string }) => `${p.name} is declared as ${p.declared}.` },
  segment({ segment, bound }, report) {
    for (const { span, target, isDefinition } of bound.references) {
      const declared = isDefinition === true ? undefined : nameOf(target);
      if (declared === undefined) continue;
      const written = segment.text.slice(span.start, span.end);
      // Delimiters stay as they are written; inside of them a quote or a bracket is doubled.
      const open = written.startsWith("'") || written.startsWith('[') ? 1 : 0;
      const close = written.startsWith("'") ? "'" : ']';
      const inner = open === 0 ? declared : declared.replaceAll(close, close + close);
      const newText = open === 0 ? inner : `${written.charAt(0)}${inner}${close}`;
      if (written === newText || written.toLowerCase() !== newText.toLowerCase()) continue;
      report('default', { name: written, declared: newText }, span, {
        fixes: [{ title: `Change to ${newText}`, preferred: true, edits: [{ span, newText }] }],
      });
    }
  },
});

function nameOf(target: SegmentContext['bound']['references'][number]['target']): string | undefined {
  switch (target.kind) {
    case 'table': return target.table.name;
    case 'column': return target.column.name;
    case 'measure': return target.measure.name;
    case 'variable': return target.name;
    default: return undefined;
  }
}
