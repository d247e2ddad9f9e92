/** A cursor over one line of Markdown that counts columns, because a tab reaches to the next multiple of four. */

export interface Cursor {
  readonly text: string;
  /** Where the line ends, before its break. */
  readonly end: number;
  at: number;
  column: number;
}

export interface Line {
  readonly start: number;
  /** Before the line break. */
  readonly end: number;
  /** Where the next line starts. */
  readonly next: number;
}

/** The line that starts at an offset; `\n`, `\r\n` and a lone `\r` end it. */
export function lineFrom(text: string, start: number): Line {
  let end = start;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 10) return { start, end, next: end + 1 };
    if (code === 13) return { start, end, next: text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1 };
  }
  return { start, end, next: end };
}

export const cursorOn = (text: string, line: Line): Cursor => ({ text, end: line.end, at: line.start, column: 0 });

/** Columns of blank space at the cursor; no more are counted than `enough`. */
export function indentAt(cursor: Cursor, enough = Infinity): number {
  let column = cursor.column;
  for (let at = cursor.at; at < cursor.end && column - cursor.column < enough; at++) {
    const code = cursor.text.charCodeAt(at);
    if (code === 32) column++;
    else if (code === 9) column += 4 - (column % 4);
    else break;
  }
  return column - cursor.column;
}

/** Passes blank space, at most `columns` of it; a tab that reaches further is passed whole. */
export function skipIndent(cursor: Cursor, columns: number): void {
  const to = cursor.column + columns;
  while (cursor.at < cursor.end && cursor.column < to) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code === 32) cursor.column++;
    else if (code === 9) cursor.column += 4 - (cursor.column % 4);
    else return;
    cursor.at++;
  }
}

export const charAt = (cursor: Cursor): string => (cursor.at < cursor.end ? cursor.text.charAt(cursor.at) : '');

export const restOf = (cursor: Cursor): string => cursor.text.slice(cursor.at, cursor.end);

export function isBlankFrom(cursor: Cursor): boolean {
  for (let at = cursor.at; at < cursor.end; at++) {
    const code = cursor.text.charCodeAt(at);
    if (code !== 32 && code !== 9) return false;
  }
  return true;
}
