/** The layout of a text: the edits that bring its definitions and queries into shape. */
import { parseFile } from '../file.ts';
import { printItem } from '../printItem.ts';
import type { Segment, Span } from '../tree.ts';
import { docsOver } from './doc.ts';
import { cursorOver } from './cursor.ts';
import { itemDoc } from './item.ts';
import type { LayoutOptions } from './options.ts';
import { place } from './place.ts';
import { rowOf, type Piece, type Row } from './row.ts';

export type { LayoutOptions } from './options.ts';

export interface LayoutEdit {
  readonly span: Span;
  readonly newText: string;
}

/** Segments that may be left as they are before the whole text is. */
const mostLeft = 4;
/** Blank lines kept between definitions. */
const mostBlankLines = 2;

/**
 * Lays out the definitions, queries and expressions of a text. Only white space changes, and the capitals of functions
 * and keywords where the options say so. A segment with a problem, prose, and whatever would be read another way when
 * laid out stay as they are.
 *
 * Takes time in proportion to the text.
 *
 * @param touched the segments that it touches are laid out; all where it is undefined
 * @returns edits in order of place, one for each stretch of white space or word that changes
 */
export function layoutEdits(text: string, options: LayoutOptions, touched?: Span): readonly LayoutEdit[] {
  const { segments } = parseFile(text, options);
  const lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const laid = segments.map((it, i) => {
    const isTouched = touched === undefined || (it.start <= touched.end && touched.start <= it.start + it.text.trimEnd().length);
    if (!isTouched) return [];
    return segmentEdits(it, { isLast: i + 1 === segments.length, isBound: endsWithBound(segments[i - 1], options), lineEnd }, options);
  });
  for (let left = 0; left <= mostLeft; left++) {
    const edits = joinTouching(laid.flat());
    if (edits.length === 0) return [];
    const parted = firstParted(segments, parseFile(applied(text, edits), options).segments);
    if (parted === undefined) return edits;
    laid[parted] = [];
    // What follows may have been taken for a part of what stands before.
    if (parted > 0) laid[parted - 1] = [];
  }
  return [];
}

/** Edits in order of place, those that touch as one: of two that begin in one place nobody could tell which comes first. */
export function joinTouching(edits: readonly LayoutEdit[]): readonly LayoutEdit[] {
  const joined: LayoutEdit[] = [];
  for (const it of edits) {
    const last = joined.at(-1);
    if (last === undefined || last.span.end !== it.span.start) joined.push(it);
    else joined[joined.length - 1] = { span: { start: last.span.start, end: it.span.end }, newText: last.newText + it.newText };
  }
  return joined;
}

/** The text with the edits made. */
export function applied(text: string, edits: readonly LayoutEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { span, newText } of edits) {
    parts.push(text.slice(at, span.start), newText);
    at = span.end;
  }
  return parts.join('') + text.slice(at);
}

/** The first segment that is another one in the new text. */
function firstParted(before: readonly Segment[], after: readonly Segment[]): number | undefined {
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const [a, b] = [before[i], after[i]];
    const same = a !== undefined && b !== undefined && a.item.kind === b.item.kind && a.problems.length === b.problems.length
      && a.comments.length === b.comments.length && printItem(a.item).toLowerCase() === printItem(b.item).toLowerCase();
    if (!same) return Math.min(i, before.length - 1);
  }
  return undefined;
}

/** What is around a segment. */
interface Around {
  readonly isLast: boolean;
  /** A comment above speaks of its first line. */
  readonly isBound: boolean;
  readonly lineEnd: string;
}

/** Whether a segment ends with a comment that speaks of the line below. */
function endsWithBound(segment: Segment | undefined, { boundLine }: LayoutOptions): boolean {
  const last = segment?.comments.at(-1);
  if (segment === undefined || last === undefined || segment.text.slice(last.end).trim() !== '') return false;
  return boundLine(segment.text.slice(last.start, last.end)) === 'next-line';
}

function segmentEdits(segment: Segment, { isLast, isBound, lineEnd }: Around, options: LayoutOptions): readonly LayoutEdit[] {
  if (segment.problems.length > 0 || segment.item.kind === 'prose') return [];
  const row = rowOf(segment);
  const docs = docsOver(row);
  const cursor = cursorOver(row, docs);
  const doc = itemDoc({ docs, cursor, options }, segment.item);
  if (!cursor.agrees()) return [];
  const spaces = place(doc, row, options);
  const { pieces } = row;
  const all = [...spaces, ...trailing(row, spaces.length, segment, options)];
  if (!keepsBoundLines(row, all, segment, isBound, options)) return [];
  const edits: LayoutEdit[] = [];
  let at = 0;
  const edit = (start: number, end: number, newText: string): void => {
    const old = segment.text.slice(start, end);
    if (old.replace(/\r\n?/g, '\n') !== newText) edits.push({ span: { start: segment.start + start, end: segment.start + end }, newText: newText.replaceAll('\n', lineEnd) });
  };
  pieces.forEach(({ token }, i) => {
    edit(at, token.span.start, all[i] ?? '');
    const spelled = options.upperCase ? spelling(token, options) : token.text;
    if (spelled !== token.text) edits.push({ span: { start: segment.start + token.span.start, end: segment.start + token.span.end }, newText: spelled });
    at = token.span.end;
  });
  const tail = lineBreaks(segment.text.slice(at));
  edit(at, segment.text.length, '\n'.repeat(Math.min(tail, isLast ? 1 : 1 + mostBlankLines)));
  return edits;
}

/** White space before the comments behind the last token. */
function trailing({ pieces }: Row, from: number, segment: Segment, { indent }: LayoutOptions): readonly string[] {
  return pieces.slice(from).map((it) => {
    if (it.place === 'behind') return ' ';
    const { start } = it.token.span;
    const atMargin = start === 0 || /[\r\n]/.test(segment.text.charAt(start - 1));
    return '\n'.repeat(1 + Math.min(it.blanksAbove, 1)) + (atMargin || segment.item.kind === 'bare' ? '' : indent);
  });
}

function spelling({ kind, text }: Piece['token'], options: LayoutOptions): string {
  switch (kind) {
    case 'function': return options.functionSpelling(text) ?? text;
    case 'keyword':
    case 'boolean': return text.toUpperCase();
    default: return text.toUpperCase() === 'IN' && kind === 'operator' ? 'IN' : text;
  }
}

/** Whether a comment that speaks of a line speaks of the same code when the lines are laid out. */
function keepsBoundLines({ pieces, code }: Row, spaces: readonly string[], { text }: Segment, isBound: boolean, { boundLine }: LayoutOptions): boolean {
  const bound = pieces.flatMap((it, i): readonly number[] => {
    switch (it.isComment ? boundLine(it.token.text) : undefined) {
      case 'line': return [i];
      case 'next-line': return code.filter((index) => index > i).slice(0, 1);
      case undefined: return [];
    }
  });
  if (isBound) bound.push(...code.slice(0, 1));
  if (bound.length === 0) return true;
  const before = linesOf(pieces, pieces.map(({ token }, i) => text.slice(pieces[i - 1]?.token.span.end ?? 0, token.span.start)));
  const after = linesOf(pieces, spaces);
  return bound.every((it) => {
    const [old, now] = [aroundOf(before, it), aroundOf(after, it)];
    return old.start === now.start && old.end === now.end;
  });
}

/** On which line each piece begins. */
function linesOf(pieces: readonly Piece[], spaces: readonly string[]): readonly number[] {
  let line = 0;
  return pieces.map(({ token }, i) => {
    line += lineBreaks(spaces[i] ?? '');
    const own = line;
    line += lineBreaks(token.text);
    return own;
  });
}

const lineBreaks = (text: string): number => text.split(/\r\n|\n|\r/).length - 1;

/** The pieces on the line of one of them. */
function aroundOf(lines: readonly number[], index: number): Span {
  let [start, end] = [index, index + 1];
  while (start > 0 && lines[start - 1] === lines[index]) start--;
  while (end < lines.length && lines[end] === lines[index]) end++;
  return { start, end };
}
