/** Documents cut, parsed and read: regions, segments, and each segment as its models understand it. */
import { parseExpression, parseFile } from '../../../grammar/src/index.ts';
import type { Segment, SourceFile } from '../../../grammar/src/tree.ts';
import type { MeasureSymbol } from '../analysis/bound.ts';
import { definitionOf } from '../analysis/index.ts';
import { lineIndex, lineIndexAfter, type LineIndex } from '../base/spans.ts';
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
    const same = before(region, i);
    if (same !== undefined) return same;
    const old = previous?.sources[i];
    const source = parseRegion(region, old);
    count.parsed += newSegments(source.segments, old?.segments ?? []);
    return source;
  });
  const lines = previous === undefined ? lineIndex(text) : lineIndexAfter(text, previous.text, previous.lines);
  return { uri, kind, languageId, text, lines, regions, sources };
}

/** The trees before the edit of a region with the same text: of the one in the same place, or wherever it stood. */
function previousSources(previous: ParsedDocument | undefined): (region: Region, index: number) => SourceFile | undefined {
  if (previous === undefined) return () => undefined;
  const { regions } = previous.regions;
  let byText: Map<string, SourceFile> | undefined;
  return (region, index) => {
    if (regions[index]?.text === region.text) return previous.sources[index];
    // A `.dax` file is one region with a long text; looking it up among itself tells nothing.
    if (regions.length < 2) return undefined;
    byText ??= new Map(regions.flatMap((it, i): readonly (readonly [string, SourceFile])[] => {
      const source = previous.sources[i];
      return source === undefined ? [] : [[it.text, source]];
    }));
    return byText.get(region.text);
  };
}

/** How many segments have trees that are not among those of before; an edit leaves most of both ends as they were. */
function newSegments(now: readonly Segment[], before: readonly Segment[]): number {
  let first = 0;
  while (first < now.length && now[first]?.item === before[first]?.item) first++;
  const shift = before.length - now.length;
  let last = now.length;
  while (last > first && last + shift > first && now[last - 1]?.item === before[last + shift - 1]?.item) last--;
  const known = new Set(before.slice(first, last + shift).map((it) => it.item));
  return now.slice(first, last).filter((it) => !known.has(it.item)).length;
}

const isFunction = (name: string): boolean => functionNamed(name) !== undefined;

function parseRegion(region: Region, previous: SourceFile | undefined): SourceFile {
  if (region.defines === undefined) {
    return parseFile(region.text, { isFunction, ...(previous === undefined ? {} : { previous }) });
  }
  if (region.defines.kind === 'function') return definitionOf(region.text);
  // A scalar of a model file is one expression; no header is looked for.
  const { expression, problems, comments } = parseExpression(region.text);
  const whole = { start: 0, end: region.text.length };
  const segment: Segment = {
    ...whole, text: region.text, item: { kind: 'bare', span: whole, docs: undefined, expression }, problems, comments,
  };
  return { segments: [segment] };
}

/** The metric that a segment defines in a model; the same object as long as the segment is. */
export function symbolOf(uri: string, model: string, segment: Segment): MeasureSymbol | undefined {
  const { item } = segment;
  if (item.kind !== 'measure') return undefined;
  let its = symbols.get(segment);
  if (its === undefined) symbols.set(segment, (its = []));
  let symbol = its.find((it) => it.model === model && it.uri === uri);
  if (symbol === undefined) {
    symbol = {
      kind: 'measure', name: item.name, model, uri, segment, docs: item.docs, body: item.body, homeTable: item.table?.text,
      format: item.docs === undefined ? undefined : expectations(item.docs).format,
    };
    its.push(symbol);
  }
  return symbol;
}

const symbols = new WeakMap<Segment, MeasureSymbol[]>();
/** The metrics that a DEFINE without EVALUATE defines: they are metrics of the model, like those that stand alone. */
export function definedSymbols(uri: string, model: string, segment: Segment): readonly MeasureSymbol[] {
  const { item } = segment;
  if (item.kind !== 'query' || item.evaluates.length > 0) return [];
  return item.definitions.flatMap((it): readonly MeasureSymbol[] => (it.kind !== 'measure' ? [] : [{
    kind: 'measure', name: it.name, model, uri, segment, docs: it.docs, body: it.body, homeTable: it.table?.text,
    format: it.docs === undefined ? undefined : expectations(it.docs).format,
  }]));
}

/** Symbols by `nameKey`; of two with one name the first. */
export function bySymbolName(symbols: Iterable<MeasureSymbol>): Map<string, MeasureSymbol> {
  const map = new Map<string, MeasureSymbol>();
  for (const it of symbols) {
    const key = nameKey(it.name);
    if (!map.has(key)) map.set(key, it);
  }
  return map;
}
