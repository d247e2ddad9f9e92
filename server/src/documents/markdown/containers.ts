/** Block quotes and list items: the containers a line of Markdown stands in. */
import { charAt, indentAt, isBlankFrom, skipIndent, type Cursor } from './lines.ts';

export type Container = { readonly kind: 'quote' } | { readonly kind: 'item'; readonly indent: number };

/** Deeper containers are read as text: pages do not nest so deep, and every line walks the open ones. */
const maximumContainers = 64;

/** Passes the marks of the open containers as far as the line continues them; says how many it continues. */
export function passContainers(cursor: Cursor, open: readonly Container[]): number {
  let matched = 0;
  for (const container of open) {
    const indent = indentAt(cursor, container.kind === 'quote' ? 4 : container.indent);
    if (container.kind === 'quote') {
      if (indent > 3) return matched;
      const { at, column } = cursor;
      skipIndent(cursor, indent);
      if (charAt(cursor) !== '>') {
        cursor.at = at;
        cursor.column = column;
        return matched;
      }
      passQuoteMark(cursor);
    } else if (indent >= container.indent) skipIndent(cursor, container.indent);
    else if (!isBlankFrom(cursor)) return matched;
    matched++;
  }
  return matched;
}

/** Passes the marks of containers that begin on this line and returns them. */
export function openContainers(cursor: Cursor, depth: number, inParagraph: boolean): readonly Container[] {
  const opened: Container[] = [];
  while (depth + opened.length < maximumContainers) {
    const indent = indentAt(cursor, 4);
    if (indent > 3) break;
    const { at, column } = cursor;
    skipIndent(cursor, indent);
    if (charAt(cursor) === '>') {
      passQuoteMark(cursor);
      opened.push({ kind: 'quote' });
      continue;
    }
    const item = isThematicBreak(cursor) ? undefined : listItem(cursor, indent, inParagraph && opened.length === 0);
    if (item === undefined) {
      cursor.at = at;
      cursor.column = column;
      break;
    }
    opened.push(item);
  }
  return opened;
}

/** Three or more of `-`, `*` or `_`, with nothing but blanks between them. */
export function isThematicBreak(cursor: Cursor): boolean {
  const mark = charAt(cursor);
  if (mark !== '-' && mark !== '*' && mark !== '_') return false;
  let count = 0;
  for (let at = cursor.at; at < cursor.end; at++) {
    const char = cursor.text.charAt(at);
    if (char === mark) count++;
    else if (char !== ' ' && char !== '\t') return false;
  }
  return count >= 3;
}

function passQuoteMark(cursor: Cursor): void {
  cursor.at++;
  cursor.column++;
  if (indentAt(cursor) > 0) skipIndent(cursor, 1);
}

function listItem(cursor: Cursor, indent: number, interrupts: boolean): Container | undefined {
  let width = 0;
  const first = charAt(cursor);
  let startsAtOne = true;
  if (first === '-' || first === '+' || first === '*') width = 1;
  else {
    while (width < 9 && isDigit(cursor.text.charCodeAt(cursor.at + width)) && cursor.at + width < cursor.end) width++;
    const mark = cursor.text.charAt(cursor.at + width);
    if (width === 0 || cursor.at + width >= cursor.end || (mark !== '.' && mark !== ')')) return undefined;
    startsAtOne = Number(cursor.text.slice(cursor.at, cursor.at + width)) === 1;
    width++;
  }
  const after = cursor.text.charAt(cursor.at + width);
  const atEnd = cursor.at + width >= cursor.end;
  if (!atEnd && after !== ' ' && after !== '\t') return undefined;
  const probe: Cursor = { ...cursor, at: cursor.at + width, column: cursor.column + width };
  const empty = isBlankFrom(probe);
  if (interrupts && (empty || !startsAtOne)) return undefined;
  const space = indentAt(probe);
  // An item that begins with an indented code block, or with nothing, is indented by one blank.
  const taken = empty || space > 4 ? 1 : space;
  skipIndent(probe, taken);
  cursor.at = probe.at;
  cursor.column = probe.column;
  return { kind: 'item', indent: indent + width + taken };
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
