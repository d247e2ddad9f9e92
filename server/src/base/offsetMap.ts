/**
 * The map between a region's DAX text and the document it was cut from.
 *
 * A Markdown fence inside a list or a quote, or a folded YAML scalar, loses its indentation on the way to DAX; spans
 * found in the DAX must come back to the right place in the document. The map is a list of pieces that run parallel.
 */
import type { Span } from './spans.ts';

export interface OffsetPiece {
  /** Offset in the region's text. */
  readonly region: number;
  /** Offset in the document. */
  readonly document: number;
  readonly length: number;
}

/** Pieces in rising order of both offsets. */
export type OffsetMap = readonly OffsetPiece[];

export const identityMap = (documentStart: number, length: number): OffsetMap => [
  { region: 0, document: documentStart, length },
];

/** Document offset of a region offset; between pieces it is the end of the piece before. */
export function toDocument(map: OffsetMap, offset: number): number {
  const piece = map[lastAtOrBefore(map, offset, 'region')];
  if (piece === undefined) return map[0]?.document ?? 0;
  return piece.document + Math.min(Math.max(offset - piece.region, 0), piece.length);
}

/** A region span in the document: its end sticks to the piece in which its last character lies. */
export function spanToDocument(map: OffsetMap, it: Span): Span {
  const start = toDocument(map, it.start);
  const end = it.end > it.start ? toDocument(map, it.end - 1) + 1 : start;
  return { start, end: Math.max(start, end) };
}

/** Region offset of a document offset, or undefined where the document's text is no part of the region. */
export function toRegion(map: OffsetMap, offset: number): number | undefined {
  const at = lastAtOrBefore(map, offset, 'document');
  const piece = map[at];
  if (piece === undefined) return undefined;
  const inside = offset - piece.document;
  // A piece ends with its line break: what follows it is the next line's mark. Behind the last piece a cursor may stand.
  return inside < piece.length || (inside === piece.length && at === map.length - 1) ? piece.region + inside : undefined;
}

function lastAtOrBefore(map: OffsetMap, offset: number, side: 'region' | 'document'): number {
  let low = -1;
  let high = map.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const piece = map[middle];
    if (piece !== undefined && piece[side] <= offset) low = middle;
    else high = middle;
  }
  return low;
}
