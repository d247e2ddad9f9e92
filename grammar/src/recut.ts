/**
 * Segments of a text that was edited: only what stands around the edit is cut again.
 *
 * Where a segment ends depends on its own text and on the beginning of the next one. Exceptions are segments that were
 * read to the text's end with something open (`Cut.open`): they depend on all that follows.
 */
import type { HeaderOptions } from './header.ts';
import { cutFrom, cutSegments, isFewReread, type Cut } from './segments.ts';
import type { Segment, SourceFile } from './tree.ts';

/** The first `kept` and the last `rest` segments of the earlier text stay; `cuts` are what stands between them now. */
export interface Recut {
  readonly kept: number;
  readonly cuts: readonly Cut[];
  readonly rest: number;
}

/** So far beyond a segment the beginning of the next one is looked at: no header is longer, see `header.ts`. */
const lookAhead = 1200;

/** @param open which of the earlier segments are open, by index, in order */
export function recut(text: string, { segments }: SourceFile, open: readonly number[], options: HeaderOptions): Recut {
  const length = segments.at(-1)?.end ?? 0;
  // Where very much is open, how a segment is read depends on all that were read before it.
  if (!isFewReread(costOf(segments, open, length), length)) return { kept: 0, cuts: cutSegments(text, options), rest: 0 };
  const same = commonLead(text, segments);
  const rest = commonTail(text, segments, same, length);
  let kept = same;
  const sameEnd = segments[same - 1]?.end ?? 0;
  while (kept > 0 && (segments[kept]?.end ?? Infinity) + lookAhead > sameEnd) kept--;
  kept = Math.min(kept, open[0] ?? kept);
  const shift = text.length - length;
  /** The first of the last segments that cutting may come upon. */
  let next = segments.length - rest;
  const startOf = (index: number): number => (segments[index]?.start ?? Infinity) + shift;
  const { cuts, end } = cutFrom(text, segments[kept]?.start ?? 0, (at) => {
    while (startOf(next) < at) next++;
    return startOf(next) === at;
  }, options);
  const found = end < text.length ? segments.length - next : 0;
  const reread = cuts.reduce((sum, it) => sum + (it.open ? text.length - it.start : 0), 0);
  return isFewReread(reread + costOf(segments, open, length), text.length) ? { kept, cuts, rest: found } : { kept: 0, cuts: cutSegments(text, options), rest: 0 };
}

/** Characters that were read once more because something was open. */
const costOf = (segments: readonly Segment[], open: readonly number[], length: number): number =>
  open.reduce((sum, it) => sum + length - (segments[it]?.start ?? 0), 0);

/** How many segments the text still begins with. */
function commonLead(text: string, segments: readonly Segment[]): number {
  let count = 0;
  for (const it of segments) {
    // Slices are compared many characters at a time, unlike `startsWith`.
    if (text.slice(it.start, it.start + it.text.length) !== it.text) break;
    count++;
  }
  return count;
}

/** How many of the segments behind the first `lead` the text still ends with. */
function commonTail(text: string, segments: readonly Segment[], lead: number, length: number): number {
  let count = 0;
  for (let i = segments.length - 1; i >= lead; i--) {
    const it = segments[i];
    const start = it === undefined ? -1 : it.start + text.length - length;
    if (it === undefined || start < (segments[lead - 1]?.end ?? 0) || text.slice(start, start + it.text.length) !== it.text) break;
    count++;
  }
  return count;
}
