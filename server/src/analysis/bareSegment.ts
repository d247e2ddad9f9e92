/** An expression that stands alone, as a segment. */
import type { Expression, Segment } from '../../../grammar/src/tree.ts';

export const bareSegment = (expression: Expression, text: string): Segment => ({
  start: 0,
  end: text.length,
  text,
  item: { kind: 'bare', docs: undefined, expression, span: expression.span },
  problems: [],
  comments: [],
});
