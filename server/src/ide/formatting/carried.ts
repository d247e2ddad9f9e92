/** Edits of a region of DAX in its document. */
import type { LayoutEdit } from '../../../../grammar/src/index.ts';
import { toDocument } from '../../base/offsetMap.ts';
import type { Region } from '../../documents/index.ts';

/** An edit of a region in its document: each new line begins with the marks that the lines of its fence begin with. */
export function carried(text: string, { kind, map, text: dax }: Region, { span, newText }: LayoutEdit): LayoutEdit {
  const own = { start: toDocument(map, span.start), end: toDocument(map, span.end) };
  if (kind === 'dax-file' || !/[\r\n]/.test(newText)) return { span: own, newText };
  const marks = marksAt(text, map, dax, span.start);
  return { span: own, newText: newText.replace(/\r\n|\n|\r/g, (lineEnd) => lineEnd + marks) };
}

/** What stands before the DAX on the line of an offset; blank lines may have lost a part of it. */
function marksAt(text: string, map: Region['map'], dax: string, offset: number): string {
  let at = offset;
  for (;;) {
    const start = Math.max(dax.lastIndexOf('\n', at - 1), dax.lastIndexOf('\r', at - 1)) + 1;
    const isBlank = /^[ \t]*(?:[\r\n]|$)/.test(dax.slice(start, start + 1000));
    if (!isBlank || start === 0) {
      const document = toDocument(map, start);
      return text.slice(Math.max(text.lastIndexOf('\n', document - 1), text.lastIndexOf('\r', document - 1)) + 1, document);
    }
    at = start - 1;
  }
}
