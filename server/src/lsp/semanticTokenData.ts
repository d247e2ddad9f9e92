// Semantic tokens as the protocol wants them: five numbers a token, each place relative to the token before it.
import { overlaps, lineIndex, positionAt, shift, type LineIndex, type Position, type Span } from '../base/spans.ts';
import { spanToDocument } from '../base/offsetMap.ts';
import { tokensOf, type SemanticToken } from '../ide/semanticTokens.ts';
import { tokenModifiers, tokenTypes } from '../ide/tokenLegend.ts';
import type { RegionView, SegmentView, WorkspaceDocument } from '../workspace/types.ts';

/**
 * The tokens of a document, or of the part of it that `range` touches.
 *
 * The numbers of a segment are kept as long as its tokens are, wherever the segment moves: an edit costs one segment's
 * tokens and the copying of the rest.
 */
export function tokenData(document: WorkspaceDocument, whole: boolean, range?: Span): number[] {
  const data: number[] = [];
  let last: Position = { line: 0, column: 0 };
  for (const region of document.regions) {
    const inOnePiece = region.region.map.length === 1 ? region.region.map[0] : undefined;
    for (const view of region.segments) {
      const { segment } = view;
      const span = spanToDocument(region.region.map, segment);
      if (range !== undefined && !overlaps(span, range)) continue;
      const tokens = tokensOf(view, whole);
      if (inOnePiece === undefined) last = append(data, placed(region, view, tokens, document.lines), { line: 0, column: 0 }, last);
      else last = append(data, inSegment(view, tokens), positionAt(document.lines, inOnePiece.document + segment.start), last);
    }
  }
  return data;
}

/** Tokens whose first place counts from a start of its own. */
interface Block {
  readonly data: readonly number[];
  /** Of the last token, from the block's start. */
  readonly last: Position;
}

/** @returns the place of the last token written so far */
function append(data: number[], { data: block, last: end }: Block, start: Position, last: Position): Position {
  if (block.length === 0) return last;
  const [line = 0, column = 0] = block;
  const first = { line: start.line + line, column: line === 0 ? start.column + column : column };
  data.push(first.line - last.line, first.line === last.line ? first.column - last.column : first.column);
  for (let i = 2; i < block.length; i++) data.push(block[i] ?? 0);
  return { line: start.line + end.line, column: end.line === 0 ? start.column + end.column : end.column };
}

const blocks = new WeakMap<readonly SemanticToken[], Block>();

/** The tokens of a segment that stands in its document as it is, counted from the segment's start. */
function inSegment({ segment }: SegmentView, tokens: readonly SemanticToken[]): Block {
  const kept = blocks.get(tokens);
  if (kept !== undefined) return kept;
  const lines = lineIndex(segment.text);
  const block = encode(tokens, segment.text, (span) => ({ span, lines }));
  blocks.set(tokens, block);
  return block;
}

/** The tokens of a segment whose lines have marks of the page between them, counted from the document's start. */
function placed(region: RegionView, { segment }: SegmentView, tokens: readonly SemanticToken[], lines: LineIndex): Block {
  return encode(tokens, segment.text, (span) => ({ span: spanToDocument(region.region.map, shift(span, segment.start)), lines }));
}

function encode(
  tokens: readonly SemanticToken[], text: string, place: (span: Span) => { readonly span: Span; readonly lines: LineIndex },
): Block {
  const data: number[] = [];
  let last: Position = { line: 0, column: 0 };
  for (const token of tokens) {
    for (const piece of linesOf(text, token.span)) {
      const { span, lines } = place(piece);
      const at = positionAt(lines, span.start);
      data.push(
        at.line - last.line, at.line === last.line ? at.column - last.column : at.column, span.end - span.start,
        tokenTypes.indexOf(token.type), bitsOf(token),
      );
      last = at;
    }
  }
  return { data, last };
}

const bitsOf = (token: SemanticToken): number => token.modifiers.reduce((bits, it) => bits | (1 << tokenModifiers.indexOf(it)), 0);

/** A token of several lines as one of each line: not every editor takes others. */
function linesOf(text: string, span: Span): readonly Span[] {
  const pieces: Span[] = [];
  let start = span.start;
  for (let at = start; at <= span.end; at++) {
    const code = at === span.end ? 10 : text.charCodeAt(at);
    if (code !== 10 && code !== 13) continue;
    if (at > start) pieces.push({ start, end: at });
    start = at + 1;
  }
  return pieces;
}
