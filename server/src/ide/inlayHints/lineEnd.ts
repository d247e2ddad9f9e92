/** Where a hint of a definition stands. */
import type { Span } from '../../base/spans.ts';
import type { Segment } from '../../../../grammar/src/tree.ts';

/**
 * End of the last token on the line on which a name stands; comments are no tokens.
 *
 * @param from the end of what belongs to the name: its sign of definition
 * @param limit the end of what is defined
 */
export function headLineEnd({ text, comments }: Pick<Segment, 'text' | 'comments'>, name: Span, from: number, limit = text.length): number {
  const lineBreak = text.slice(name.start).search(/[\r\n]/);
  let end = Math.max(from, Math.min(limit, lineBreak < 0 ? text.length : name.start + lineBreak));
  // A comment that reaches the end of the line is left behind, and then the one before it.
  for (const comment of [...comments].reverse()) {
    if (comment.start < from || comment.start >= end) continue;
    if (comment.end >= end || text.slice(comment.end, end).trim() === '') end = comment.start;
  }
  return Math.max(from, name.start + text.slice(name.start, end).trimEnd().length);
}

/** A label `= 4` behind a line that ends with its sign of definition: the sign stands there already. */
export const behindSign = (text: string, end: number, label: string): string => (text[end - 1] === '=' ? label.replace(/^=(?: |$)/, '') : label);
