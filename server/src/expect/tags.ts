/** Finds the tags in the lines of a doc comment. */
import type { DocComment } from '../../../grammar/src/tree.ts';
import type { OffsetMap, OffsetPiece } from '../base/offsetMap.ts';
import type { Span } from '../base/spans.ts';
import type { DaxPart } from './records.ts';

/** `@name` with what follows it, deeper-indented lines included. */
export interface RawTag {
  readonly name: string;
  /** `@name`. */
  readonly nameSpan: Span;
  readonly span: Span;
  /** What follows the name; lines are joined by a line break. */
  readonly body: Body;
}

/** Text put together from lines, with the way back to the segment. */
export interface Body {
  readonly text: string;
  readonly map: OffsetMap;
}

/** Tags in order, and the lines between them. */
export function tagsOf(docs: DocComment): { readonly tags: readonly RawTag[]; readonly description: string } {
  const tags: RawTag[] = [];
  const prose: string[] = [];
  const lines = docs.lines;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (line === undefined) break;
    const head = /^(\s*)@([A-Za-z][\w-]*)/.exec(line.text);
    if (head === null) {
      prose.push(line.text.trimEnd());
      continue;
    }
    const indent = head[1]?.length ?? 0;
    const parts: { text: string; at: number }[] = [{ text: line.text.slice(head[0].length), at: line.span.start + head[0].length }];
    for (let next = lines[i + 1]; next !== undefined && indentOf(next.text) > indent; next = lines[i + 1]) {
      parts.push({ text: next.text, at: next.span.start });
      i++;
    }
    const start = line.span.start + indent;
    const last = parts[parts.length - 1];
    const lastText = last?.text.trimEnd() ?? '';
    const nameSpan = { start, end: line.span.start + head[0].length };
    tags.push({
      name: head[2] ?? '',
      nameSpan,
      span: { start, end: Math.max(nameSpan.end, (last?.at ?? 0) + lastText.length) },
      body: joined(parts),
    });
  }
  return { tags, description: prose.join('\n').replace(/^\s*\n/, '').trimEnd() };
}

/** A stretch of a body as DAX of its own, blanks at both ends left out. */
export function partOf(body: Body, from: number, to: number): DaxPart {
  const { start, end } = trimmedRange(body.text, from, to);
  const map = slice(body.map, start, end);
  return { text: body.text.slice(start, end), map, span: spanIn(body, start, end) };
}

/** Where a stretch of a body stands in the segment; an empty one stands behind the character before it. */
export function spanIn(body: Body, from: number, to: number): Span {
  const { start, end } = trimmedRange(body.text, from, to);
  if (end > start) return { start: placeOf(body.map, start), end: placeOf(body.map, end - 1) + 1 };
  const at = start > 0 ? placeOf(body.map, start - 1) + 1 : (body.map[0]?.document ?? 0);
  return { start: at, end: at };
}

function placeOf(map: OffsetMap, offset: number): number {
  const piece = map.findLast((it) => it.region <= offset);
  return piece === undefined ? 0 : piece.document + Math.min(offset - piece.region, piece.length);
}

function trimmedRange(text: string, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  while (start < end && /\s/.test(text.charAt(start))) start++;
  return { start, end };
}

function slice(map: OffsetMap, start: number, end: number): OffsetMap {
  const pieces: OffsetPiece[] = [];
  for (const it of map) {
    const from = Math.max(it.region, start);
    const to = Math.min(it.region + it.length, end);
    if (to > from || (to === from && start === end)) pieces.push({ region: from - start, document: it.document + from - it.region, length: to - from });
  }
  return pieces;
}

function joined(parts: readonly { readonly text: string; readonly at: number }[]): Body {
  const map: OffsetPiece[] = [];
  let text = '';
  for (const it of parts) {
    if (map.length > 0) text += '\n';
    map.push({ region: text.length, document: it.at, length: it.text.length });
    text += it.text;
  }
  return { text, map };
}

/** Blanks at the start of a line; a blank line is indented by nothing. */
function indentOf(text: string): number {
  const indent = text.length - text.trimStart().length;
  return indent === text.length ? 0 : indent;
}
