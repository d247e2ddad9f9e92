/** Markdown of a cell or a paragraph → its items as plain text, each with the way back to its place. */
import type { OffsetMap, OffsetPiece } from '../../../base/offsetMap.ts';
import type { Span } from '../../../base/spans.ts';

export interface PlainText {
  readonly text: string;
  readonly map: OffsetMap;
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'], ['&gt;', '>'], ['&amp;', '&'], ['&quot;', '"'], ['&apos;', "'"], ['&#39;', "'"], ['&nbsp;', ' '],
  ['&ne;', '≠'], ['&le;', '≤'], ['&ge;', '≥'],
]);

/** Tags, comments and the targets of links that are longer are read as text. */
const maximumTag = 500;

/**
 * Reads lines of Markdown: of a link its text, of an image nothing, marks of emphasis and code left out.
 *
 * @param source the document
 * @param lines places in it; a line break counts as a blank
 * @returns one text for each part between two `<br>` (or tags of lists and paragraphs)
 */
export function plainItems(source: string, lines: readonly Span[]): readonly PlainText[] {
  const items: PlainText[] = [];
  let current = newBuilder();
  for (const line of lines) {
    const links = linksIn(source, line);
    let at = line.start;
    while (at < line.end) {
      const link = links.get(at);
      if (link !== undefined) {
        at = link;
        continue;
      }
      const plainEnd = ordinaryEnd(source, at, line.end);
      if (plainEnd > at) {
        add(current, source.slice(at, plainEnd), at);
        at = plainEnd;
        continue;
      }
      const step = stepAt(source, at, line.end);
      if (step.kind === 'break') {
        items.push(finish(current));
        current = newBuilder();
      } else if (step.kind === 'text') add(current, step.text, at + step.offset);
      at = step.next;
    }
    add(current, ' ', line.end);
  }
  items.push(finish(current));
  return items;
}

/** Where a character stands next that may be a mark. */
function ordinaryEnd(source: string, start: number, end: number): number {
  let at = start;
  while (at < end && !'\\`*<&[]!\t\u00a0'.includes(source.charAt(at))) at++;
  return at;
}

type Step =
  | { readonly kind: 'text'; readonly text: string; readonly offset: number; readonly next: number }
  | { readonly kind: 'skip' | 'break'; readonly next: number };

function stepAt(source: string, at: number, end: number): Step {
  const char = source.charAt(at);
  if (char === '\\' && at + 1 < end && /[!-/:-@[-`{-~]/.test(source.charAt(at + 1))) {
    return { kind: 'text', text: source.charAt(at + 1), offset: 1, next: at + 2 };
  }
  if (char === '`' || char === '*') return { kind: 'skip', next: at + 1 };
  if (char === '<') return tagAt(source, at, end) ?? { kind: 'text', text: char, offset: 0, next: at + 1 };
  if (char === '&') {
    const semicolon = source.slice(at, Math.min(end, at + 7)).indexOf(';');
    const text = semicolon < 0 ? undefined : entities.get(source.slice(at, at + semicolon + 1).toLowerCase());
    if (text !== undefined) return { kind: 'text', text, offset: 0, next: at + semicolon + 1 };
  }
  return { kind: 'text', text: char === '\t' || char === '\u00a0' ? ' ' : char, offset: 0, next: at + 1 };
}

/** A tag of HTML, a comment or a link in angle brackets. */
function tagAt(source: string, at: number, end: number): Step | undefined {
  const head = source.slice(at, Math.min(end, at + maximumTag));
  if (!/^<(?:\/?[A-Za-z]|!--)/.test(head)) return undefined;
  const comment = head.startsWith('<!--');
  const close = head.indexOf(comment ? '-->' : '>');
  if (close < 0) return undefined;
  const next = at + close + (comment ? 3 : 1);
  return { kind: /^<\/?(?:br|li|ul|ol|p|div)\b/i.test(head) ? 'break' : 'skip', next };
}

/** Where marks of links stand in a line, and where the text goes on behind each: one pass with a stack of open brackets. */
function linksIn(source: string, line: Span): ReadonlyMap<number, number> {
  const jumps = new Map<number, number>();
  const open: number[] = [];
  let noneBefore = line.start;
  for (let at = line.start; at < line.end; at++) {
    const char = source.charAt(at);
    if (char === '\\') at++;
    else if (char === '[') open.push(at);
    else if (char === ']') {
      const start = open.pop();
      if (start === undefined || source.charAt(at + 1) !== '(' || at + 1 >= line.end || at < noneBefore) continue;
      const close = targetEnd(source, at + 2, Math.min(line.end, at + 2 + maximumTag));
      if (close === undefined) {
        noneBefore = at + maximumTag;
        continue;
      }
      if (start > line.start && source.charAt(start - 1) === '!') jumps.set(start - 1, close);
      else {
        jumps.set(start, start + 1);
        jumps.set(at, close);
      }
      at = close - 1;
    }
  }
  return jumps;
}

/** Behind the bracket that closes a link's target, one pair of brackets inside it passed. */
function targetEnd(source: string, start: number, end: number): number | undefined {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const char = source.charAt(at);
    if (char === '(') depth++;
    else if (char === ')' && depth-- === 0) return at + 1;
  }
  return undefined;
}

interface Builder {
  readonly parts: string[];
  readonly pieces: { region: number; document: number; length: number }[];
  length: number;
}

const newBuilder = (): Builder => ({ parts: [], pieces: [], length: 0 });

function add(builder: Builder, text: string, document: number): void {
  const last = builder.pieces.at(-1);
  if (last !== undefined && last.document + last.length === document) last.length += text.length;
  else builder.pieces.push({ region: builder.length, document, length: text.length });
  builder.parts.push(text);
  builder.length += text.length;
}

const finish = ({ parts, pieces }: Builder): PlainText => ({ text: parts.join(''), map: pieces });

/** A part of a text, with its part of the map. */
export function slicePlain(it: PlainText, from: number, to: number): PlainText {
  const pieces: OffsetPiece[] = [];
  for (let i = firstBehind(it.map, from); i < it.map.length; i++) {
    const piece = it.map[i];
    if (piece === undefined || piece.region >= to) break;
    const start = Math.max(from, piece.region);
    const end = Math.min(to, piece.region + piece.length);
    if (start < end) pieces.push({ region: start - from, document: piece.document + start - piece.region, length: end - start });
  }
  return { text: it.text.slice(from, to), map: pieces };
}

/** Index of the first piece that ends behind an offset. */
function firstBehind(map: OffsetMap, offset: number): number {
  let low = 0;
  let high = map.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const piece = map[middle];
    if (piece !== undefined && piece.region + piece.length <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
