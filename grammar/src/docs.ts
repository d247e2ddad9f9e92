/** Doc comments: the `///` lines directly above a definition. */
import { isDocAt, isNewline, lineEnd } from './delimited.ts';
import type { DocComment, Span } from './tree.ts';

/**
 * The doc comment above `offset`, with the places of its lines. Other comments may stand between its lines and the
 * definition; a blank line detaches it. Undefined when code stands before `offset` on its line.
 *
 * `comments` are those of the segment, in order.
 */
export function docsAbove(text: string, offset: number, comments: readonly Span[]): DocComment | undefined {
  let below = lineStartBefore(text, offset);
  if (below === undefined) return undefined;
  const docs: Span[] = [];
  for (let index = lastBefore(comments, offset); index >= 0; index--) {
    const comment = comments[index];
    const start = comment === undefined ? undefined : lineStartBefore(text, comment.start);
    if (comment === undefined || start === undefined || !endsLineAbove(text, comment.end, below)) break;
    if (isDocAt(text, comment.start)) docs.push(comment);
    below = start;
  }
  const [bottom, top] = [docs[0], docs.at(-1)];
  if (top === undefined || bottom === undefined) return undefined;
  return { lines: docs.toReversed().map((it) => docLine(text, it.start)), span: { start: top.start, end: bottom.end } };
}

/** Where a doc comment's comment begins, given one of its lines. */
export function docStart(text: string, line: Span): number {
  return text.lastIndexOf('///', line.start);
}

function docLine(text: string, at: number): { text: string; span: Span } {
  const from = at + 3 + (text.charCodeAt(at + 3) === 32 ? 1 : 0);
  const span = { start: from, end: Math.max(from, lineEnd(text, at)) };
  return { text: text.slice(span.start, span.end), span };
}

/** Index of the last comment that begins before `offset`, or -1. */
function lastBefore(comments: readonly Span[], offset: number): number {
  let [low, high] = [0, comments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.start ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The start of the line of `offset`, or undefined when anything but blanks stands between. */
function lineStartBefore(text: string, offset: number): number | undefined {
  let at = offset;
  for (; at > 0; at--) {
    const code = text.charCodeAt(at - 1);
    if (isNewline(code)) return at;
    if (code !== 32 && code !== 9 && code !== 0xfeff && code !== 0xa0) return undefined;
  }
  return at;
}

/** Whether only blanks and one line break stand between the end of a comment and the line below. */
function endsLineAbove(text: string, end: number, below: number): boolean {
  return /^[ \t\u00a0]*(?:\r\n|\n|\r)$/.test(text.slice(end, Math.min(below, end + 1000)));
}
