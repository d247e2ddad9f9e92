/** Lines and indentation of a text, as new lines in it are to have them. */
import { tokenizeExpression } from '../../../../grammar/src/index.ts';
import type { VarBlock } from '../../../../grammar/src/tree.ts';

export const lineEndOf = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';

const lineStart = (text: string, offset: number): number => Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;

/** Whether nothing but blanks stands before an offset on its line. */
export const startsLine = (text: string, offset: number): boolean => {
  const start = lineStart(text, offset);
  return start > 0 && text.slice(start, offset).trim() === '';
};

/** The white space that the line of an offset begins with. */
export const indentationAt = (text: string, offset: number): string => /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';

/** One level of indentation: a tab where the text has one, else four blanks. */
export const levelOf = (text: string): string => (/^\t/m.test(text) ? '\t' : '    ');

/** Where the RETURN of a block stands. */
export function returnOf(text: string, { variables, body }: VarBlock): number {
  const from = variables.at(-1)?.span.end ?? body.span.start;
  const word = tokenizeExpression(text.slice(from, body.span.start)).find((it) => it.kind === 'keyword');
  return from + (word?.span.start ?? 0);
}
