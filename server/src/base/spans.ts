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

export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) starts.push(i + 1);
    else if (code === 13) {
      if (text.charCodeAt(i + 1) === 10) i++;
      starts.push(i + 1);
    }
  }
  return { starts, length: text.length };
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
