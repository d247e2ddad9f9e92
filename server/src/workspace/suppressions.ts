/** The suppressions of a document: comments of its DAX that switch rules off, and the lines that they count for. */
import { spanToDocument, toDocument } from '../base/offsetMap.ts';
import { positionAt, type LineIndex, type Span } from '../base/spans.ts';
import { mayDirect, readDirective, type Commented, type Directive, type DirectiveWord } from '../lint/index.ts';
import type { DocumentRegions } from '../documents/index.ts';
import type { RegionView, WorkspaceDocument } from './types.ts';

/** @param page what surrounds the DAX: of a Markdown page its comments and blocks */
export function suppressionsOf({ regions, lines, text }: WorkspaceDocument, page: DocumentRegions): readonly Commented[] {
  return [...regions.flatMap((it) => ofRegion(it, lines)), ...ofPage(page, text, lines)];
}

/** Directives of another word in the DAX of a document. */
export const directivesIn = ({ regions, lines }: WorkspaceDocument, word: DirectiveWord): readonly Commented[] =>
  regions.flatMap((it) => ofRegion(it, lines, word));

/** Comments of HTML; the next line stands for the table, the paragraph or the fence that begins there. */
function ofPage(page: DocumentRegions, text: string, lines: LineIndex): readonly Commented[] {
  return page.comments.flatMap((it): readonly Commented[] => {
    const directive = readDirective(text.slice(it.start, it.end), (offset) => it.start + offset);
    if (directive === undefined) return [];
    switch (directive.scope) {
      case 'file': return [{ directive, covers: undefined }];
      case 'line': return [{ directive, covers: lineOf(lines, directive.span.start) }];
      case 'next-line': {
        const line = lineOf(lines, nextText(text, it.end, page.comments));
        const fences = page.regions.map(({ info, span }) => ({ start: info.openSpan?.start ?? span.start, end: span.end }));
        const block = [...page.tables.map(({ span }) => span), ...page.texts.map(({ span }) => span), ...fences]
          .find(({ start }) => start >= line.start && start <= line.end);
        return [{ directive, covers: { start: directive.span.end, end: Math.max(line.end, block?.end ?? 0) } }];
      }
    }
  });
}

function ofRegion(view: RegionView, lines: LineIndex, word?: DirectiveWord): readonly Commented[] {
  const { region } = view;
  if (!mayDirect(region.text, word)) return [];
  const { segments } = view;
  // In offsets of the region: comments belong to the segment below them, which need not hold the next line.
  const comments: Span[] = segments.flatMap(({ segment }) => segment.comments.map((it) => moved(it, segment.start)));
  const directives = comments.flatMap((it): readonly { readonly directive: Directive; readonly end: number }[] => {
    const directive = readDirective(region.text.slice(it.start, it.end), (offset) => toDocument(region.map, it.start + offset), word);
    return directive === undefined ? [] : [{ directive, end: it.end }];
  });
  if (directives.length === 0) return [];
  const docs = segments.flatMap(({ segment }) => docLines(segment));
  const skipped = [...comments, ...docs].sort((a, b) => a.start - b.start);
  return directives.map(({ directive, end }): Commented => {
    switch (directive.scope) {
      case 'file': return { directive, covers: undefined };
      case 'line': return { directive, covers: lineOf(lines, directive.span.start) };
      case 'next-line': {
        const next = nextText(region.text, end, skipped);
        const line = lineOf(lines, spanToDocument(region.map, { start: next, end: next }).start);
        // Doc comments in between are covered too: an expectation has findings of its own.
        return { directive, covers: { start: directive.span.end, end: line.end } };
      }
    }
  });
}

const moved = (it: Span, by: number): Span => ({ start: it.start + by, end: it.end + by });

function docLines({ item, start }: RegionView['segments'][number]['segment']): readonly Span[] {
  const docs = 'docs' in item ? item.docs : undefined;
  return docs === undefined ? [] : [moved(docs.span, start)];
}

/** Where the text goes on after a comment: not in a blank line, nor in one of the stretches to skip, which are in order. */
function nextText(text: string, from: number, skipped: readonly Span[]): number {
  let at = from;
  for (const it of skipped) {
    if (it.end <= at) continue;
    if (text.slice(at, it.start).trim() !== '') break;
    at = it.end;
  }
  while (at < text.length && text.slice(at, at + 1).trim() === '') at++;
  return at;
}

function lineOf(lines: LineIndex, offset: number): Span {
  const { line } = positionAt(lines, offset);
  const start = lines.starts[line] ?? 0;
  return { start, end: (lines.starts[line + 1] ?? lines.length + 1) - 1 };
}
