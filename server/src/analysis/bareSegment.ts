/** An expression that stands alone, as a segment. */
import type { Expression, Problem, Segment } from '../../../grammar/src/tree.ts';

/** @param problems what the parser found in the text */
export const bareSegment = (expression: Expression, text: string, problems: readonly Problem[] = []): Segment => ({
  start: 0,
  end: text.length,
  text,
  item: { kind: 'bare', docs: undefined, expression, span: expression.span },
  problems,
  comments: [],
});
