/** From an offset of a document to the DAX that stands there, and back. */
import { spanToDocument, toDocument as offsetToDocument, toRegion } from '../base/offsetMap.ts';
import { shift, touches, type Span } from '../base/spans.ts';
import type { MeasureSymbol } from '../analysis/bound.ts';
import type { Reading, RegionView, SegmentView, Spot, ToDocument, Workspace, WorkspaceDocument } from '../workspace/types.ts';

/** The region at an offset, with the offset in the region's text; undefined outside every region. */
export function regionAt(document: WorkspaceDocument, offset: number): { readonly region: RegionView; readonly offset: number } | undefined {
  const region = document.regions[lastStarting(document.regions, (it) => it.region.map[0]?.document ?? 0, offset)];
  const inside = region === undefined ? undefined : toRegion(region.region.map, offset);
  if (region === undefined || inside === undefined) return undefined;
  // Quote marks and indentation of a page's line lie behind the line break before them, and are no DAX.
  return offsetToDocument(region.region.map, inside) === offset ? { region, offset: inside } : undefined;
}

/**
 * The segment that an offset touches; a cursor between two segments belongs to the one that starts there.
 *
 * @returns undefined outside every region and in the blank space between segments
 */
export function spotAt(document: WorkspaceDocument, offset: number): Spot | undefined {
  const spot = openSpotAt(document, offset);
  return spot !== undefined && touches(spot.segment.segment, spot.segment.segment.start + spot.offset) ? spot : undefined;
}

/**
 * As `spotAt`, but the blank space after a segment still belongs to it, as it does for someone who goes on typing.
 * The offset may then lie behind the segment's text.
 */
export function openSpotAt(document: WorkspaceDocument, offset: number): Spot | undefined {
  const at = regionAt(document, offset);
  if (at === undefined) return undefined;
  const segment = at.region.segments[lastStarting(at.region.segments, (it) => it.segment.start, at.offset)];
  return segment === undefined ? undefined : { document, region: at.region, segment, offset: at.offset - segment.segment.start };
}

/** A segment-relative span in the document. */
export const toDocument: ToDocument = (region, segment, span) => spanToDocument(region.region.map, shift(span, segment.start));

/** The reading of a spot that a feature shows when it can show one only: the first with a model, else the first. */
export function mainReading(segment: SegmentView): Reading | undefined {
  return segment.readings.find((it) => it.model !== undefined) ?? segment.readings[0];
}

/** Where text stands: a file and a span in it. */
export interface Location {
  readonly uri: string;
  readonly span: Span;
}

export interface DefinedAt {
  readonly document: WorkspaceDocument;
  readonly region: RegionView;
  readonly segment: SegmentView;
  readonly reading: Reading;
}

/** The place and the reading in which a metric is defined; undefined when its file has changed since. */
export async function definitionOf(workspace: Workspace, symbol: MeasureSymbol): Promise<DefinedAt | undefined> {
  const document = await workspace.document(symbol.uri);
  return document === undefined ? undefined : definitionsIn(document).get(symbol);
}

const definitions = new WeakMap<WorkspaceDocument, ReadonlyMap<MeasureSymbol, DefinedAt>>();

/** Every metric that a document defines. */
function definitionsIn(document: WorkspaceDocument): ReadonlyMap<MeasureSymbol, DefinedAt> {
  const known = definitions.get(document);
  if (known !== undefined) return known;
  const found = new Map<MeasureSymbol, DefinedAt>();
  for (const region of document.regions) {
    for (const segment of region.segments) {
      for (const reading of segment.readings) {
        if (reading.symbol !== undefined) found.set(reading.symbol, { document, region, segment, reading });
      }
    }
  }
  definitions.set(document, found);
  return found;
}

/** Index of the last item that starts at or before an offset, or -1. */
function lastStarting<T>(items: readonly T[], start: (item: T) => number, offset: number): number {
  let low = -1;
  let high = items.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && start(item) <= offset) low = middle;
    else high = middle;
  }
  return low;
}
