/** The few inline things that are read: the text of a heading, its tab, the cells of a table row, the words of an info string. */
import { span, type Span } from '../../base/spans.ts';
import type { FenceInfo, TableCell } from '../region.ts';

/** Longer headings are cut: they are no names that a project maps. */
const maximumHeading = 1000;

/** A heading's text without marks (of a link its text), and the tab that it opens. */
export function readHeading(raw: string): { readonly text: string; readonly tabId: string | undefined } {
  const source = raw.slice(0, maximumHeading).trim();
  const tab = /^\[[^\]]*\]\(#tab\/([A-Za-z0-9-]+(?:\+[A-Za-z0-9-]+)*)(?:\/[A-Za-z0-9-]*)?\)$/.exec(source);
  const text = source
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/\\([!-/:-@[-`{-~])|[*`]+/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return { text, tabId: tab?.[1] };
}

/** The text of an ATX heading between its marks, or undefined when the line is none. `line` begins at the first `#`. */
export function atxHeading(line: string, start: number): { readonly level: number; readonly span: Span } | undefined {
  let level = 0;
  while (line.charCodeAt(level) === 35) level++;
  if (level === 0 || level > 6) return undefined;
  if (level < line.length && line[level] !== ' ' && line[level] !== '\t') return undefined;
  let from = level;
  while (isBlank(line.charCodeAt(from))) from++;
  let to = trimmedEnd(line, from, line.length);
  let marks = to;
  while (marks > from && line.charCodeAt(marks - 1) === 35) marks--;
  if (marks === from || isBlank(line.charCodeAt(marks - 1))) to = trimmedEnd(line, from, marks);
  return { level, span: span(start + from, start + to) };
}

/** Cells of a table row: parts between pipes that no backslash escapes, a leading and a trailing pipe left out. */
export function tableCells(line: string, start: number): readonly TableCell[] {
  const cells: TableCell[] = [];
  let from = 0;
  while (isBlank(line.charCodeAt(from))) from++;
  const end = trimmedEnd(line, from, line.length);
  if (line.charCodeAt(from) === 124) from++;
  for (let at = from; at <= end; at++) {
    const code = line.charCodeAt(at);
    if (code === 92 && at < end) at++;
    else if (at === end || code === 124) {
      if (at === end && from === end && cells.length > 0) break;
      let cellStart = from;
      while (cellStart < at && isBlank(line.charCodeAt(cellStart))) cellStart++;
      const cellEnd = trimmedEnd(line, cellStart, at);
      cells.push({ text: line.slice(cellStart, cellEnd), span: span(start + cellStart, start + cellEnd) });
      from = at + 1;
    }
  }
  return cells;
}

/** Number of columns of a table's delimiter row, or undefined when the line is none. */
export function delimiterColumns(line: string): number | undefined {
  if (!/^[ \t|:-]+$/.test(line) || !/[|:]/.test(line)) return undefined;
  const cells = tableCells(line, 0);
  return cells.every((it) => /^:?-+:?$/.test(it.text)) ? cells.length : undefined;
}

/** The mark that opens a fence, given the line from its first mark on. */
export function openingFence(line: string): { readonly mark: string; readonly length: number } | undefined {
  const mark = line[0];
  if (mark !== '`' && mark !== '~') return undefined;
  let length = 0;
  while (line[length] === mark) length++;
  if (length < 3 || (mark === '`' && line.includes('`', length))) return undefined;
  return { mark, length };
}

/** The language word of an info string, lower case. */
export const fenceLanguage = (info: string): string => /^[^\s{,:]*/.exec(info.trimStart())?.[0].toLowerCase() ?? '';

/** Reads `model=name` or `model="a name"` from an info string that starts at a document offset. */
export function fenceInfo(info: string, start: number, openSpan: Span): FenceInfo {
  const match = /(?:^|[\s{,])model[ \t]{0,9}=[ \t]{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'{},]+))/i.exec(info.slice(0, maximumHeading));
  const model = match?.[1] ?? match?.[2] ?? match?.[3];
  if (match === null || model === undefined || model === '') return { openSpan };
  const quoted = match[3] === undefined ? 1 : 0;
  const end = start + match.index + match[0].length - quoted;
  return { openSpan, model, modelSpan: span(end - model.length, end) };
}

const isBlank = (code: number): boolean => code === 32 || code === 9;

function trimmedEnd(line: string, from: number, to: number): number {
  let end = to;
  while (end > from && isBlank(line.charCodeAt(end - 1))) end--;
  return end;
}
