/** The rules over definitions and pages: what they are given to look at. */
import { spanToDocument } from '../base/offsetMap.ts';
import type { Span } from '../base/spans.ts';
import type { Region } from '../documents/index.ts';
import type { Finding } from '../findings/finding.ts';
import { lintDefinition, lintPage, type ModelWhole, type PageContext, type PageReading, type PageSegment } from '../lint/index.ts';
import type { Library } from './library.ts';
import { segmentContext } from './lintContext.ts';
import type { ParsedDocument } from './pages.ts';
import type { ModelView, Reading, RegionView, SegmentView } from './types.ts';
import type { DocumentView } from './views.ts';
import { wholeOf, type Around } from './wholes.ts';

/** Findings of a definition that the whole model tells, relative to its segment. */
export function definitionFindings(region: Region, reading: Reading, library: Library, around: Around): readonly Finding[] {
  const { symbol, model } = reading;
  const ctx = segmentContext(reading, region);
  if (symbol === undefined || model === undefined || ctx === undefined) return [];
  return lintDefinition({ ...ctx, symbol, whole: wholeOf(model, library, around) });
}

/** Findings of a page's rules, in document offsets. */
export function pageFindings(view: DocumentView, parsed: ParsedDocument, library: Library, around: Around): readonly Finding[] {
  const ctx = pageContext(view, parsed, library, around);
  return ctx === undefined ? [] : lintPage(ctx);
}

/** A page as the rules see it; undefined for any other document. */
export function pageContext(view: DocumentView, parsed: ParsedDocument, library: Library, around: Around): PageContext | undefined {
  const { document } = view;
  if (document.kind !== 'markdown') return undefined;
  const whole = (it: ModelView): ModelWhole => wholeOf(it, library, around);
  const wholes = (at: Region): readonly ModelWhole[] => library.modelsOf(document.uri, at, parsed.regions).views.map(whole);
  return {
    uri: document.uri,
    text: document.text,
    project: document.project,
    page: parsed.regions,
    fences: document.regions.map((it) => ({ region: it.region, segments: it.segments.map((segment) => pageSegment(it, segment, whole)) })),
    modelsAt: ({ headingPath, tabId }) => wholes({
      kind: 'fence', text: '', map: [], span: { start: 0, end: 0 }, info: {}, headingPath, tabId, closed: true, defines: undefined,
    }),
  };
}

function pageSegment({ region }: RegionView, { segment, readings }: SegmentView, whole: (it: ModelView) => ModelWhole): PageSegment {
  return {
    segment,
    readings: readings.flatMap((it): readonly PageReading[] => {
      const ctx = segmentContext(it, region);
      return ctx === undefined || it.model === undefined ? [] : [{ ...ctx, symbol: it.symbol, whole: whole(it.model) }];
    }),
    toPage: (span: Span) => spanToDocument(region.map, { start: segment.start + span.start, end: segment.start + span.end }),
  };
}
