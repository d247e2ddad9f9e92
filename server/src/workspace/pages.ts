/** Documents cut, parsed and read: regions, segments, and each segment as its models understand it. */
import { parseExpression, parseFile } from '../../../grammar/src/index.ts';
import type { Segment, SourceFile } from '../../../grammar/src/tree.ts';
import type { MeasureSymbol } from '../analysis/bound.ts';
import { lineIndex, type LineIndex } from '../base/spans.ts';
import { readDocument, type DocumentRegions, type Region } from '../documents/index.ts';
import { expectations } from '../expect/index.ts';
import { functionNamed } from '../functions/index.ts';
import { nameKey } from '../model/model.ts';
import type { DocumentKind } from './texts.ts';

/** A document with the trees of its regions; kept between edits. */
export interface ParsedDocument {
  readonly uri: string;
  readonly kind: DocumentKind;
  readonly languageId: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly regions: DocumentRegions;
  /** One a region. */
  readonly sources: readonly SourceFile[];
}

export interface ParseCount {
  /** Segments parsed so far, for tests that count the work. */
  parsed: number;
}

/** @param previous the document as it was: segments that did not change keep their trees */
export function parseDocument(
  uri: string, kind: DocumentKind, languageId: string, text: string, previous: ParsedDocument | undefined, count: ParseCount,
): ParsedDocument {
  const regions = readDocument(uri, languageId, text);
  const before = previousSources(previous);
  const sources = regions.regions.map((region, i) => {
    const same = before.byText.get(region.text);
    if (same !== undefined) return same;
    const old = before.inPlace[i];
    const source = parseRegion(region, old);
    const known = new Set(old?.segments.map((it) => it.item));
    count.parsed += source.segments.filter((it) => !known.has(it.item)).length;
    return source;
  });
  return { uri, kind, languageId, text, lines: lineIndex(text), regions, sources };
}

/** The trees before the edit: of a region with the same text, wherever it stood, and of the one in the same place. */
function previousSources(previous: ParsedDocument | undefined): {
  readonly byText: ReadonlyMap<string, SourceFile>;
  readonly inPlace: readonly SourceFile[];
} {
  const inPlace = previous?.sources ?? [];
  const byText = new Map<string, SourceFile>();
  previous?.regions.regions.forEach((region, i) => {
    const source = inPlace[i];
    if (source !== undefined) byText.set(region.text, source);
  });
  return { byText, inPlace };
}

function parseRegion(region: Region, previous: SourceFile | undefined): SourceFile {
  if (region.defines === undefined) {
    return parseFile(region.text, { isFunction: (name) => functionNamed(name) !== undefined, ...(previous === undefined ? {} : { previous }) });
  }
  // A scalar of a model file is one expression; no header is looked for.
  const { expression, problems, comments } = parseExpression(region.text);
  const whole = { start: 0, end: region.text.length };
  const segment: Segment = {
    ...whole, text: region.text, item: { kind: 'bare', span: whole, docs: undefined, expression }, problems, comments,
  };
  return { segments: [segment] };
}

/** The metrics that a document's segments define in a model, by segment. */
export function symbolOf(uri: string, model: string, segment: Segment): MeasureSymbol | undefined {
  const { item } = segment;
  if (item.kind !== 'measure') return undefined;
  return {
    kind: 'measure',
    name: item.name,
    model,
    uri,
    segment,
    docs: item.docs,
    body: item.body,
    homeTable: item.table?.text,
    format: item.docs === undefined ? undefined : expectations(item.docs).format,
  };
}

/** Symbols by `nameKey`; of two with one name the first. */
export function bySymbolName(symbols: Iterable<MeasureSymbol>): Map<string, MeasureSymbol> {
  const map = new Map<string, MeasureSymbol>();
  for (const it of symbols) if (!map.has(nameKey(it.name))) map.set(nameKey(it.name), it);
  return map;
}
