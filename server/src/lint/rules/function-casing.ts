/** A function's name in a mixture of capitals and small letters. */
import { functionNamed } from '../../functions/index.ts';
import { defineRule } from '../rule.ts';
import { visit } from '../tree.ts';

export const functionCasing = defineRule({
  id: 'function-casing',
  category: 'style',
  severity: 'hint',
  help: 'DAX does not mind how the name of a function is written, readers do. Names in capitals, or all in small letters, are left alone; a mixture is a slip of the shift key.',
  bad: 'M = IF(ISBLANk(SUM(FactSession[WaitTime])), 0)',
  good: 'M = IF(ISBLANK(SUM(FactSession[WaitTime])), 0)',
  messages: { default: (p: { name: string }) => `The function is written ${p.name}.` },
  segment(ctx, report) {
    visit(ctx, (node) => {
      if (node.kind !== 'call') return;
      const spec = functionNamed(node.name);
      if (spec === undefined || spec.name === node.name || isRegular(node.name)) return;
      report('default', { name: spec.name }, node.nameSpan, { fixes: [{ title: `Write ${spec.name}`, preferred: true, edits: [{ span: node.nameSpan, newText: spec.name }] }] });
    });
  },
});

/** All small, or words that begin with a capital: CountRows. */
function isRegular(name: string): boolean {
  if (name === name.toLowerCase()) return true;
  const second = name.charAt(1);
  const last = name.at(-1) ?? '';
  return name.charAt(0) === name.charAt(0).toUpperCase() && second === second.toLowerCase() && last === last.toLowerCase();
}
