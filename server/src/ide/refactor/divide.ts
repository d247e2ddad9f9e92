/** "Use DIVIDE": `a / b` as DIVIDE(a, b), which gives BLANK where the operator gives infinity or an error. */
import type { Binary, Expression } from '../../../../grammar/src/tree.ts';
import { bare, hasComment, innermost, textOf, type Refactoring, type Site } from './site.ts';

export function divide(site: Site): readonly Refactoring[] {
  const node = innermost(site, isDivision);
  // A comment beside the operator would stand in the middle of the arguments.
  if (node === undefined || isNeverZero(node.right) || hasComment(site, { start: node.left.span.end, end: node.right.span.start })) return [];
  return [{
    id: 'divide', title: 'Use DIVIDE (a division by zero becomes BLANK)', kind: 'rewrite',
    edits: () => [{ span: node.span, newText: `DIVIDE(${argument(site, node.left)}, ${argument(site, node.right)})` }],
  }];
}

const isDivision = (it: Expression): it is Binary => it.kind === 'binary' && it.operator === '/';

function isNeverZero(expression: Expression): boolean {
  const it = bare(expression);
  return it.kind === 'number' && it.value !== 0;
}

const argument = (site: Site, it: Expression): string => textOf(site, hasComment(site, it.span) ? it : bare(it));
