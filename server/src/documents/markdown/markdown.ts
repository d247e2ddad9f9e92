/**
 * Markdown → fences of DAX with their headings and tabs.
 *
 * Reads of CommonMark exactly what decides where a fence is: containers, fences, headings, HTML blocks, tables and
 * thematic breaks. One pass over the lines. A tab opens with a heading that is a link to `#tab/id`, and lasts to the
 * next such heading, a thematic break or the end.
 */
import type { OffsetPiece } from '../../base/offsetMap.ts';
import { span, type Span } from '../../base/spans.ts';
import type { DocumentRegions, Heading, PageTable, PageText, Region, Tab, TableCell } from '../region.ts';
import { commentsIn } from './comments.ts';
import { isThematicBreak, openContainers, passContainers, type Container } from './containers.ts';
import { readFrontMatter } from './frontMatter.ts';
import { htmlBlock, type HtmlEnd } from './html.ts';
import { atxHeading, delimiterColumns, fenceInfo, fenceLanguage, openingFence, readHeading, tableCells } from './inline.ts';
import { charAt, cursorOn, indentAt, isBlankFrom, lineFrom, restOf, skipIndent, type Cursor, type Line } from './lines.ts';

/** Whether a page may hold DAX or the elements of a metric: one search over the text, bounded look-ahead at each place. */
export const mayHoldMetrics = (text: string): boolean => /(?:```|~~~)[ \t]{0,20}dax|dataverse entit/i.test(text);

/**
 * Reads a Markdown page.
 *
 * @param text the page, a byte order mark included if it has one
 * @returns fences whose language is `dax` (any case), and what surrounds them
 */
export function readMarkdown(text: string): DocumentRegions {
  const ctx: Ctx = {
    text, containers: [], block: { kind: 'none' }, path: [], tab: undefined,
    regions: [], headings: [], tabs: [], tables: [], texts: [], fences: [],
  };
  const first = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const frontMatter = readFrontMatter(text, first);
  let at = frontMatter?.span.end ?? first;
  while (at < text.length) {
    const line = lineFrom(text, at);
    readLine(ctx, line);
    at = line.next;
  }
  closeBlock(ctx, text.length, false);
  closeTab(ctx, text.length);
  const { regions, headings, tabs, tables, texts } = ctx;
  const comments = commentsIn(text, frontMatter?.span.end ?? first, ctx.fences);
  return { regions, frontMatter, headings, tabs, tables, texts, comments };
}

interface Ctx {
  readonly text: string;
  containers: readonly Container[];
  block: Block;
  path: readonly Heading[];
  tab: { readonly heading: Heading; readonly id: string; readonly outer: readonly Heading[] } | undefined;
  readonly regions: Region[];
  readonly headings: Heading[];
  readonly tabs: Tab[];
  readonly tables: PageTable[];
  readonly texts: PageText[];
  /** Of any language, their marks included. */
  readonly fences: Span[];
}

/** The leaf block that is open at the end of a line. */
type Block =
  | { readonly kind: 'none' }
  | { readonly kind: 'paragraph'; readonly start: number; end: number; readonly lines: Span[] }
  | { readonly kind: 'html'; readonly end: HtmlEnd }
  | { readonly kind: 'fence'; readonly start: number; readonly mark: string; readonly length: number; readonly indent: number; readonly dax: DaxFence | undefined }
  | { readonly kind: 'table'; readonly start: number; end: number; readonly header: readonly TableCell[]; readonly rows: (readonly TableCell[])[] };

interface DaxFence {
  readonly info: Region['info'];
  readonly parts: string[];
  readonly pieces: { region: number; document: number; length: number }[];
  length: number;
  readonly start: number;
}

function readLine(ctx: Ctx, line: Line): void {
  const cursor = cursorOn(ctx.text, line);
  const matched = passContainers(cursor, ctx.containers);
  const inside = matched === ctx.containers.length;
  if (inside && (ctx.block.kind === 'fence' ? fenceLine(ctx, ctx.block, cursor, line) : htmlLine(ctx, cursor))) return;

  const inParagraph = ctx.block.kind === 'paragraph';
  const blank = isBlankFrom(cursor);
  if (inside && inParagraph && setextLine(ctx, cursor, line)) return;
  const opened = blank ? [] : openContainers(cursor, matched, inParagraph && inside);
  const lazy = !inside && inParagraph && opened.length === 0 && !blank && !startsBlock(cursor);
  if (lazy) {
    continueParagraph(ctx, cursor, line);
    return;
  }
  if (!inside || opened.length > 0) {
    closeBlock(ctx, line.start, false);
    ctx.containers = [...ctx.containers.slice(0, matched), ...opened];
  }
  leafLine(ctx, cursor, line);
}

/** A line of an open fence; false when the fence's container ended before it. */
function fenceLine(ctx: Ctx, fence: Extract<Block, { kind: 'fence' }>, cursor: Cursor, line: Line): boolean {
  const indent = indentAt(cursor);
  if (indent < 4) {
    const probe = { ...cursor };
    skipIndent(probe, indent);
    const length = runOf(probe, fence.mark);
    if (length >= fence.length) {
      probe.at += length;
      if (isBlankFrom(probe)) {
        closeBlock(ctx, line.start, true);
        return true;
      }
    }
  }
  if (fence.dax !== undefined) {
    skipIndent(cursor, fence.indent);
    const piece = ctx.text.slice(cursor.at, line.next);
    const last = fence.dax.pieces.at(-1);
    if (last !== undefined && last.document + last.length === cursor.at) last.length += piece.length;
    else fence.dax.pieces.push({ region: fence.dax.length, document: cursor.at, length: piece.length });
    fence.dax.parts.push(piece);
    fence.dax.length += piece.length;
  }
  return true;
}

/** A line inside an HTML block, or one that is none of it: then false. */
function htmlLine(ctx: Ctx, cursor: Cursor): boolean {
  if (ctx.block.kind !== 'html') return false;
  const { end } = ctx.block;
  if (end.kind === 'blank' && isBlankFrom(cursor)) ctx.block = { kind: 'none' };
  else if (end.kind === 'text' && end.pattern.test(restOf(cursor))) ctx.block = { kind: 'none' };
  return true;
}

/** `===` or `---` under a paragraph makes it a heading. */
function setextLine(ctx: Ctx, cursor: Cursor, line: Line): boolean {
  const indent = indentAt(cursor);
  if (ctx.block.kind !== 'paragraph' || indent > 3) return false;
  const probe = { ...cursor };
  skipIndent(probe, indent);
  const mark = charAt(probe);
  if (mark !== '=' && mark !== '-') return false;
  probe.at += runOf(probe, mark);
  if (!isBlankFrom(probe)) return false;
  const { start, end } = ctx.block;
  ctx.block = { kind: 'none' };
  addHeading(ctx, mark === '=' ? 1 : 2, start, end, line.start);
  return true;
}

/** Whether a line that continues no container begins a block of its own, and so is no lazy continuation. */
function startsBlock(cursor: Cursor): boolean {
  const indent = indentAt(cursor);
  if (indent > 3) return false;
  const probe = { ...cursor };
  skipIndent(probe, indent);
  const rest = restOf(probe);
  return isThematicBreak(probe) || atxHeading(rest, 0) !== undefined || openingFence(rest) !== undefined || htmlBlock(rest, true) !== undefined;
}

function leafLine(ctx: Ctx, cursor: Cursor, line: Line): void {
  const indent = indentAt(cursor);
  if (isBlankFrom(cursor)) {
    closeBlock(ctx, line.start, false);
    return;
  }
  if (indent > 3) {
    // Indented text continues a paragraph or a table; else it is code, in which nothing is read.
    if (ctx.block.kind === 'paragraph') continueParagraph(ctx, cursor, line);
    return;
  }
  skipIndent(cursor, indent);
  const rest = restOf(cursor);
  const fence = openingFence(rest);
  if (fence !== undefined) {
    closeBlock(ctx, line.start, false);
    const info = rest.slice(fence.length);
    const dax = fenceLanguage(info) === 'dax'
      ? { info: fenceInfo(info, cursor.at + fence.length, span(cursor.at, line.end)), parts: [], pieces: [], length: 0, start: line.next }
      : undefined;
    ctx.block = { kind: 'fence', start: line.start, mark: fence.mark, length: fence.length, indent, dax };
    return;
  }
  const heading = atxHeading(rest, cursor.at);
  if (heading !== undefined) {
    closeBlock(ctx, line.start, false);
    addHeading(ctx, heading.level, heading.span.start, heading.span.end, line.start);
    return;
  }
  if (isThematicBreak(cursor)) {
    closeBlock(ctx, line.start, false);
    closeTab(ctx, line.start);
    return;
  }
  const html = htmlBlock(rest, ctx.block.kind === 'paragraph');
  if (html !== undefined) {
    closeBlock(ctx, line.start, false);
    if (!html.closed) ctx.block = { kind: 'html', end: html.end };
    return;
  }
  if (ctx.block.kind === 'table') tableRow(ctx.block, cursor, line);
  else if (!opensTable(ctx, rest, line)) continueParagraph(ctx, cursor, line);
}

function continueParagraph(ctx: Ctx, cursor: Cursor, line: Line): void {
  skipIndent(cursor, indentAt(cursor));
  const part = span(cursor.at, line.end);
  if (ctx.block.kind === 'paragraph') {
    ctx.block.end = line.end;
    ctx.block.lines.push(part);
  } else {
    closeBlock(ctx, line.start, false);
    ctx.block = { kind: 'paragraph', start: cursor.at, end: line.end, lines: [part] };
  }
}

/** A delimiter row under a line with as many cells makes a table of the two; lines above stay a paragraph. */
function opensTable(ctx: Ctx, rest: string, line: Line): boolean {
  if (ctx.block.kind !== 'paragraph') return false;
  const columns = delimiterColumns(rest);
  const { lines } = ctx.block;
  const last = lines.at(-1);
  if (columns === undefined || last === undefined) return false;
  const header = tableCells(ctx.text.slice(last.start, last.end), last.start);
  if (header.length !== columns) return false;
  addText(ctx, lines.slice(0, -1));
  ctx.block = { kind: 'table', start: last.start, end: line.end, header, rows: [] };
  return true;
}

function tableRow(table: Extract<Block, { kind: 'table' }>, cursor: Cursor, line: Line): void {
  table.end = line.end;
  table.rows.push(tableCells(restOf(cursor), cursor.at).slice(0, table.header.length));
}

function addText(ctx: Ctx, lines: readonly Span[]): void {
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return;
  ctx.texts.push({
    span: span(first.start, last.end), lines, inList: ctx.containers.some((it) => it.kind === 'item'),
    headingPath: ctx.path, tabId: ctx.tab?.id,
  });
}

/** Ends the open leaf block before an offset and keeps what it holds. */
function closeBlock(ctx: Ctx, at: number, closed: boolean): void {
  const { block } = ctx;
  ctx.block = { kind: 'none' };
  const place = { headingPath: ctx.path, tabId: ctx.tab?.id };
  if (block.kind === 'table') ctx.tables.push({ span: span(block.start, block.end), header: block.header, rows: block.rows, ...place });
  if (block.kind === 'paragraph') addText(ctx, block.lines);
  if (block.kind !== 'fence') return;
  ctx.fences.push(span(block.start, at));
  if (block.dax === undefined) return;
  const { info, parts, pieces, start } = block.dax;
  const map: readonly OffsetPiece[] = pieces.length > 0 ? pieces : [{ region: 0, document: Math.min(start, at), length: 0 }];
  const from = map[0]?.document ?? at;
  const last = map.at(-1);
  const to = last === undefined ? from : last.document + last.length;
  ctx.regions.push({ kind: 'fence', text: parts.join(''), map, span: span(from, to), info, ...place, closed, defines: undefined });
}

function addHeading(ctx: Ctx, level: number, start: number, end: number, lineStart: number): void {
  const { text, tabId } = readHeading(ctx.text.slice(start, end));
  const heading: Heading = { level, text, tabId, span: span(start, end) };
  ctx.headings.push(heading);
  if (tabId !== undefined) {
    // The next tab of a group stands where the first one stood.
    closeTab(ctx, lineStart);
    // Tabs are often written with a single #, wherever they stand: that one closes no heading.
    const outer = level === 1 ? ctx.path : ctx.path.filter((it) => it.level < level);
    ctx.tab = { heading, id: tabId, outer };
    ctx.path = [...outer, heading];
    return;
  }
  // Headings inside a tab are part of it, whatever their level.
  const fixed = ctx.tab === undefined ? 0 : ctx.tab.outer.length + 1;
  ctx.path = [...ctx.path.slice(0, fixed), ...ctx.path.slice(fixed).filter((it) => it.level < level), heading];
}

function closeTab(ctx: Ctx, at: number): void {
  if (ctx.tab === undefined) return;
  const { heading, id, outer } = ctx.tab;
  ctx.tabs.push({ id, heading, span: span(heading.span.start, at) });
  ctx.path = outer;
  ctx.tab = undefined;
}

function runOf(cursor: Cursor, mark: string): number {
  let length = 0;
  while (cursor.at + length < cursor.end && cursor.text[cursor.at + length] === mark) length++;
  return length;
}
