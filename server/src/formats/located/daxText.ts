/**
 * The text of a YAML or JSON scalar with the way back to the file, piece by piece.
 *
 * A literal block, plain text and quoted text on one line map exactly. Of folded and continued text each line maps
 * exactly and the break between two lines maps to the end of the line before. An escape maps to its last character.
 */
import type { OffsetMap, OffsetPiece } from '../../base/offsetMap.ts';
import type { DaxText } from '../../model/model.ts';
import type { LocatedScalar } from './node.ts';

/**
 * Makes DAX text of a scalar.
 *
 * @param file the text of the whole file the scalar stands in
 * @param uri the file
 * @returns undefined when the scalar is neither text, a number, nor TRUE or FALSE
 */
export function daxTextOf(node: LocatedScalar, file: string, uri: string): DaxText | undefined {
  if (node.value === null) return undefined;
  const source = file.slice(node.span.start, node.span.end);
  // `dax: 1` and `dax: TRUE` are DAX as well; what counts is what is written.
  const text = typeof node.value === 'string' ? node.value : source.trim();
  return { text, uri, map: mapOf(node, source, text) };
}

function mapOf(node: LocatedScalar, source: string, text: string): OffsetMap {
  const pieces = new Pieces(node.span.start);
  if (node.style === 'literal' || node.style === 'folded') blockPieces(source, text, pieces);
  else flowPieces(source, text, node.style, pieces);
  return pieces.done();
}

/** Collects pieces, joining those that run on. */
class Pieces {
  private readonly list: { region: number; document: number; length: number }[] = [];
  private readonly base: number;

  constructor(base: number) {
    this.base = base;
  }

  add(region: number, source: number, length: number): void {
    const last = this.list.at(-1);
    const document = this.base + source;
    if (last !== undefined && last.region + last.length === region && last.document + last.length === document) last.length += length;
    else this.list.push({ region, document, length });
  }

  done(): readonly OffsetPiece[] {
    return this.list.length > 0 ? this.list : [{ region: 0, document: this.base, length: 0 }];
  }
}

interface Line {
  readonly start: number;
  /** Before the line break. */
  readonly end: number;
}

function linesOf(source: string, from: number): readonly Line[] {
  const lines: Line[] = [];
  for (let start = from; start <= source.length; ) {
    let end = start;
    while (end < source.length && source.charCodeAt(end) !== 10 && source.charCodeAt(end) !== 13) end++;
    lines.push({ start, end });
    start = end + (source.startsWith('\r\n', end) ? 2 : 1);
  }
  return lines;
}

const blanksAt = (text: string, from: number, to: number): number => {
  let count = 0;
  while (from + count < to && text.charCodeAt(from + count) === 32) count++;
  return count;
};

function blockPieces(source: string, text: string, pieces: Pieces): void {
  const [, ...lines] = linesOf(source, 0);
  const first = lines.find((it) => blanksAt(source, it.start, it.end) < it.end - it.start);
  if (first === undefined) return;
  // The indentation is what the first line with text lost.
  let head = 0;
  while (text.charCodeAt(head) === 10) head++;
  const indent = blanksAt(source, first.start, first.end) - blanksAt(text, head, text.length);
  let at = 0;
  for (const line of lines) {
    const start = Math.min(line.start + indent, line.end);
    const length = line.end - start;
    if (length === 0) continue;
    // Between two lines of a block stand only breaks, or the one blank that folding left.
    while (at < text.length && !source.startsWith(text.slice(at, at + Math.min(length, 8)), start)) at++;
    if (at + length > text.length) return;
    const withBreak = text.charCodeAt(at + length) === 10 && source.charCodeAt(line.end) === 10 ? 1 : 0;
    pieces.add(at, start, length + withBreak);
    at += length + withBreak;
  }
}

function flowPieces(source: string, text: string, style: LocatedScalar['style'], pieces: Pieces): void {
  const quoted = style === 'single' || style === 'double';
  let from = quoted ? 1 : 0;
  const to = quoted ? source.length - 1 : source.length;
  let at = 0;
  while (from < to && at < text.length) {
    const code = source.charCodeAt(from);
    if (isBlank(code)) {
      // A run of blanks with a break in it folds; without one it stands as written.
      let end = from;
      let folds = false;
      for (; end < to && isBlank(source.charCodeAt(end)); end++) folds ||= isBreak(source.charCodeAt(end));
      if (folds) {
        while (at < text.length && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 10)) at++;
      } else {
        pieces.add(at, from, end - from);
        at += end - from;
      }
      from = end;
    } else if (style === 'single' && code === 39) {
      pieces.add(at++, from + 1, 1);
      from += 2;
    } else if (style === 'double' && code === 92) {
      const length = escapeLength(source, from);
      if (isBreak(source.charCodeAt(from + 1))) from += length;
      else {
        const written = source.charAt(from + 1) === 'U' && text.charCodeAt(at) >= 0xd800 && text.charCodeAt(at) < 0xdc00 ? 2 : 1;
        pieces.add(at, from + length - written, written);
        at += written;
        from += length;
      }
    } else {
      pieces.add(at++, from++, 1);
    }
  }
}

const isBreak = (code: number): boolean => code === 10 || code === 13;
const isBlank = (code: number): boolean => code === 32 || code === 9 || isBreak(code);

/** How many characters an escape takes in the file, an escaped line break and the indentation after it included. */
function escapeLength(source: string, at: number): number {
  const kind = source.charAt(at + 1);
  if (kind === 'x') return 4;
  if (kind === 'u') return 6;
  if (kind === 'U') return 10;
  if (!isBreak(source.charCodeAt(at + 1))) return 2;
  let end = at + 1;
  while (end < source.length && isBlank(source.charCodeAt(end))) end++;
  return end - at;
}
