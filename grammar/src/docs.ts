/** Doc comments: the `///` lines directly above a definition. */
import { isNewline, lineEnd } from './delimited.ts';
import { isDocAt } from './segments.ts';
import type { DocComment, Span } from './tree.ts';

/**
 * The doc comment above `offset`, with the places of its lines. Other comments may stand between its lines and the
 * definition; a blank line detaches it. Undefined when code stands before `offset` on its line.
 */
export function docsAbove(text: string, offset: number, comments: readonly Span[]): DocComment | undefined {
  const lines: { text: string; span: Span }[] = [];
  let lineStart = startOfLine(text, offset);
  if (text.slice(lineStart, offset).trim() !== '') return undefined;
  // Comments in reverse, so that each line above is met by the comment that begins on it.
  let index = comments.length - 1;
  while (lineStart > 0) {
    const above = startOfLine(text, previousEnd(text, lineStart));
    while (index >= 0 && (comments[index]?.start ?? 0) >= lineStart) index--;
    const comment = comments[index];
    if (comment === undefined || comment.end < previousEnd(text, lineStart) - trailingBlanks(text, above, lineStart)) break;
    const first = startOfLine(text, comment.start);
    if (text.slice(first, comment.start).trim() !== '') break;
    if (isDocAt(text, comment.start)) lines.push(docLine(text, comment.start));
    lineStart = first;
  }
  lines.reverse();
  const [top, bottom] = [lines[0], lines.at(-1)];
  if (top === undefined || bottom === undefined) return undefined;
  const start = text.lastIndexOf('///', top.span.start);
  return { lines, span: { start, end: lineEnd(text, bottom.span.start) } };
}

/** Whether a comment is a line of a doc comment. */
export function isDocLine(docs: DocComment | undefined, comment: Span): boolean {
  return docs?.lines.some((it) => it.span.start > comment.start && it.span.end <= comment.end) ?? false;
}

function docLine(text: string, at: number): { text: string; span: Span } {
  const from = at + 3 + (text.charCodeAt(at + 3) === 32 ? 1 : 0);
  const span = { start: from, end: Math.max(from, lineEnd(text, at)) };
  return { text: text.slice(span.start, span.end), span };
}

function startOfLine(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isNewline(text.charCodeAt(at - 1))) at--;
  return at;
}

/** The offset of the line break before a line. */
function previousEnd(text: string, lineStart: number): number {
  const at = lineStart - 1;
  return text.charCodeAt(at) === 10 && text.charCodeAt(at - 1) === 13 ? at - 1 : at;
}

function trailingBlanks(text: string, from: number, to: number): number {
  const line = text.slice(from, to);
  const visible = line.trimEnd().length;
  return line.replace(/[\r\n]+$/, '').length - visible;
}
