/** Places in text: half-open ranges of UTF-16 offsets, and the lines and columns that people and editors count. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** 0-based line and 0-based UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export const span = (start: number, end: number): Span => ({ start, end });

export const shift = (it: Span, by: number): Span => ({ start: it.start + by, end: it.end + by });

/** Whether `offset` lies in the span, its end included (a cursor behind the last letter still touches the word). */
export const touches = (it: Span, offset: number): boolean => it.start <= offset && offset <= it.end;

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** Offsets where lines start; `\n`, `\r\n` and a lone `\r` end a line, as in the Language Server Protocol. */
export interface LineIndex {
  readonly starts: readonly number[];
  readonly length: number;
}

/** The offset of the line break at or after `at`, or `limit`. */
export function lineEnd(text: string, at: number, limit = text.length): number {
  for (let i = at; i < limit; i++) if (text[i] === '\n' || text[i] === '\r') return i;
  return limit;
}

export function lineIndex(text: string): LineIndex {
  const starts = [0];
  pushLines(text, 0, text.length + 1, starts);
  return { starts, length: text.length };
}

/** Adds where lines start behind `from` and before `end`. */
function pushLines(text: string, from: number, end: number, starts: number[]): void {
  if (!text.includes('\r', from)) {
    for (let at = text.indexOf('\n', from); at >= 0 && at + 1 < end; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return;
  }
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== 10 && code !== 13) continue;
    if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
    if (i + 1 >= end) return;
    starts.push(i + 1);
  }
}

/** The line index of a text that was edited: only lines around the edit are looked at again. */
export function lineIndexAfter(text: string, before: string, lines: LineIndex): LineIndex {
  const { start, oldEnd } = changeBetween(before, text);
  const shift = text.length - before.length;
  // A line break may be two characters: a line is known if its first character is, and the two before it.
  const kept = Math.max(1, linesBefore(lines, start));
  const resume = linesBefore(lines, oldEnd + 2);
  const end = resume < lines.starts.length ? (lines.starts[resume] ?? 0) + shift : text.length + 1;
  const edited: number[] = [];
  pushLines(text, lines.starts[kept - 1] ?? 0, end, edited);
  const behind = lines.starts.slice(resume);
  const starts = lines.starts.slice(0, kept).concat(edited, shift === 0 ? behind : behind.map((it) => it + shift));
  return { starts, length: text.length };
}

/** Where two texts part: before `start` and behind `oldEnd` and `newEnd` they are the same. */
export function changeBetween(before: string, after: string): { readonly start: number; readonly oldEnd: number; readonly newEnd: number } {
  const most = Math.min(before.length, after.length);
  // Slices are compared many characters at a time, unlike `startsWith`.
  const piece = 4096;
  let start = 0;
  while (start + piece <= most && after.slice(start, start + piece) === before.slice(start, start + piece)) start += piece;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  const rest = most - start;
  const tailOf = (it: string): string => it.slice(it.length - tail - piece, it.length - tail);
  while (tail + piece <= rest && tailOf(after) === tailOf(before)) tail += piece;
  while (tail < rest && before.charCodeAt(before.length - tail - 1) === after.charCodeAt(after.length - tail - 1)) tail++;
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

/** How many lines start before an offset. */
function linesBefore({ starts }: LineIndex, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function positionAt(index: LineIndex, offset: number): Position {
  const at = Math.max(0, Math.min(offset, index.length));
  let low = 0;
  let high = index.starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((index.starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return { line: low, column: at - (index.starts[low] ?? 0) };
}

export function offsetAt(index: LineIndex, position: Position): number {
  if (position.line < 0) return 0;
  const start = index.starts[position.line];
  if (start === undefined) return index.length;
  const next = index.starts[position.line + 1] ?? index.length;
  return Math.max(start, Math.min(start + position.column, next));
}
