/** The tokens of a segment in a row, the comments between them, and what stood between any two. */
import { segmentTokens, type Token } from '../tokenize.ts';
import type { Segment } from '../tree.ts';

/**
 * Where a comment stands: behind code on its line, before code on its line, or on a line of its own. A comment that ends
 * with its line has code behind it on the next line only.
 */
type Place = 'behind' | 'before' | 'own';

export interface Piece {
  readonly token: Token;
  readonly isComment: boolean;
  readonly place: Place;
  /** Whether a line must end behind it. */
  readonly endsLine: boolean;
  /** Blank lines above. */
  readonly blanksAbove: number;
  /** Columns of its first line; infinite for one that goes on beyond it. */
  readonly width: number;
}

export interface Row {
  /** Tokens and comments in the order written. */
  readonly pieces: readonly Piece[];
  /** Indexes of the pieces that are no comments. */
  readonly code: readonly number[];
  /** For each token of code how many of the gaps before it, up to its own, have a comment that breaks the line. */
  readonly forced: readonly number[];
  /** The same of the columns that comments between code take. */
  readonly widths: readonly number[];
}

export function rowOf(segment: Segment): Row {
  const { text } = segment;
  const tokens = segmentTokens(segment);
  const pieces: Piece[] = [];
  const code: number[] = [];
  const forced: number[] = [];
  const widths: number[] = [];
  let [breaks, columns] = [0, 0];
  let gapBreaks = false;
  tokens.forEach((token, index) => {
    const isComment = token.kind === 'comment' || token.kind === 'doc';
    const before = text.slice(tokens[index - 1]?.span.end ?? 0, token.span.start);
    const linesAbove = lineBreaks(before);
    const below = tokens[index + 1];
    const isLine = isComment && !token.text.startsWith('/*');
    const lineEnds = isLine || below === undefined || lineBreaks(text.slice(token.span.end, below.span.start)) > 0;
    const leans = index === 0 || leansOn.has(tokens[index - 1]?.text ?? '');
    const place: Place = linesAbove === 0 && index > 0 && (lineEnds || !leans) ? 'behind' : lineEnds ? 'own' : 'before';
    const width = /[\r\n]/.test(token.text) ? Infinity : token.text.length;
    const endsLine = isComment && (isLine || (place === 'own' && below !== undefined));
    pieces.push({ token, isComment, place, endsLine, blanksAbove: Math.max(0, linesAbove - 1), width });
    if (isComment) {
      gapBreaks ||= endsLine || place === 'own';
      if (!isLine) columns += width + 1;
      return;
    }
    if (gapBreaks) breaks++;
    gapBreaks = false;
    code.push(index);
    forced.push(breaks);
    widths.push(columns);
  });
  return { pieces, code, forced, widths };
}

/** A comment between one of these and more code on the line speaks of what follows. */
const leansOn: ReadonlySet<string> = new Set(['(', '{', ',', '=', ':=', '+', '-', '*', '/', '&', '&&', '||', '<', '>', '<=', '>=', '<>', '==', '^']);

/** How many lines end in a stretch of white space. */
function lineBreaks(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 10 || (char === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}
