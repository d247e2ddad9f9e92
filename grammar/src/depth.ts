/** A bound on the depth of trees, so that whoever walks one may recurse. */
import { children } from './walk.ts';
import type { Argument, Expression } from './tree.ts';
import type { Report } from './problems.ts';

/** Nodes inside one another, chains of operators included. */
export const maxDepth = 500;

/** The expression, or a `missing` node and a problem when its tree is deeper than `maxDepth`. */
export function boundDepth(expression: Expression, tokens: number, report: Report): Expression {
  // A tree is never deeper than its text has tokens.
  if (tokens <= maxDepth) return expression;
  let level: readonly Argument[] = [expression];
  for (let depth = 0; level.length > 0; depth++) {
    const [first] = level;
    if (depth > maxDepth && first !== undefined) {
      report('nested-too-deep', { start: first.span.start, end: first.span.start + 1 }, { limit: String(maxDepth) });
      return { kind: 'missing', span: { start: expression.span.start, end: expression.span.start } };
    }
    level = level.flatMap(children);
  }
  return expression;
}
