/** A variable that nothing reads. */
import { defineRule } from '../rule.ts';
import { visit } from '../tree.ts';

export const unusedVariable = defineRule({
  id: 'unused-variable',
  category: 'metric',
  severity: 'hint',
  help: 'The variable is never read, so it changes nothing. Remove it, or use it where its value was meant to go.',
  bad: 'M = VAR a = 1 VAR b = 2 RETURN a',
  good: 'M = VAR a = 1 VAR b = 2 RETURN a + b',
  messages: { default: (p: { name: string }) => `Nothing reads the variable ${p.name}.` },
  segment(ctx, report) {
    if (!ctx.isSound) return;
    const read = new Set<number>();
    for (const { span, target } of ctx.bound.references) {
      if (target.kind === 'variable' && target.definition.start !== span.start) read.add(target.definition.start);
    }
    visit(ctx, (node) => {
      if (node.kind !== 'var') return;
      for (const variable of node.variables) {
        if (read.has(variable.name.span.start)) continue;
        report('default', { name: variable.name.text }, variable.name.span, {
          tag: 'unnecessary',
          fixes: node.variables.length === 1 ? [] : [{ title: `Remove ${variable.name.text}`, edits: [{ span: withBlanks(ctx.segment.text, variable.span), newText: '' }] }],
        });
      }
    });
  },
});

/** A span with the blanks behind it, and the line's end. */
function withBlanks(text: string, { start, end }: { readonly start: number; readonly end: number }): { readonly start: number; readonly end: number } {
  let to = end;
  while (to < text.length && /\s/.test(text.charAt(to))) to++;
  return { start, end: to };
}
