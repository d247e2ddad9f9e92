/** What all files together say in one model: for rules that no single segment can decide. */
import type { MeasureSymbol } from '../analysis/bound.ts';
import { spanToDocument } from '../base/offsetMap.ts';
import type { ModelWhole, PlacedBound } from '../lint/index.ts';
import { nameKey, type Place } from '../model/model.ts';
import type { Library } from './library.ts';
import { mentionedNames } from './measureSets.ts';
import type { ParsedDocument } from './pages.ts';
import { namesInModel } from './requestKeys.ts';
import type { ModelView } from './types.ts';
import type { DocumentView } from './views.ts';

/** What else than the library a rule may look at. */
export interface Around {
  viewOf(parsed: ParsedDocument, library: Library): DocumentView;
  /** Markdown pages of the workspace; the same array as long as none of them changed. */
  readonly pages: readonly ParsedDocument[];
}

interface Kept {
  readonly pages: Around['pages'];
  readonly whole: ModelWhole;
}

const kept = new WeakMap<Library, Map<ModelView, Kept>>();

/** Made once a library; what it counts is kept with each definition's tree, so an edit costs the tree that changed. */
export function wholeOf(view: ModelView, library: Library, around: Around): ModelWhole {
  let known = kept.get(library);
  if (known === undefined) kept.set(library, (known = new Map<ModelView, Kept>()));
  const entry = known.get(view);
  if (entry?.pages === around.pages) return entry.whole;
  const whole = makeWhole(view, library, around);
  known.set(view, { pages: around.pages, whole });
  return whole;
}

function makeWhole(view: ModelView, library: Library, around: Around): ModelWhole {
  let mentions: ReadonlyMap<string, number> | undefined;
  let bounds: readonly PlacedBound[] | undefined;
  const metrics = library.definedMetrics(view);
  let byKey: ReadonlyMap<string, readonly MeasureSymbol[]> | undefined;
  const definitions = (): ReadonlyMap<string, readonly MeasureSymbol[]> => (byKey ??= byName(metrics));
  return {
    model: view.model,
    project: view.project,
    metrics,
    get definitions() {
      return definitions();
    },
    isMentioned(symbol) {
      const key = nameKey(symbol.name);
      if (namesOnPages(around.pages).has(key) || namesInModel(view.model).has(key)) return true;
      mentions ??= countMentions(library);
      const own = (definitions().get(key) ?? []).filter((it) => mentionedNames(it.segment.item).includes(key)).length;
      return (mentions.get(key) ?? 0) > own;
    },
    bounds: () => (bounds ??= boundsOf(view, library, around)),
    placeOf: (symbol) => definitionPlace(symbol, library),
  };
}

function byName(metrics: readonly MeasureSymbol[]): ReadonlyMap<string, readonly MeasureSymbol[]> {
  const definitions = new Map<string, MeasureSymbol[]>();
  for (const it of metrics) {
    const key = nameKey(it.name);
    const same = definitions.get(key);
    if (same === undefined) definitions.set(key, [it]);
    else same.push(it);
  }
  return definitions;
}

function boundsOf(view: ModelView, library: Library, around: Around): readonly PlacedBound[] {
  return [...library.parsed.values()].flatMap((parsed) =>
    around.viewOf(parsed, library).document.regions.flatMap(({ region, segments }) =>
      segments.flatMap(({ segment, readings }) => {
        const bound = readings.find((it) => it.model === view)?.bound;
        const toFile: PlacedBound['toFile'] = (it) => spanToDocument(region.map, { start: segment.start + it.start, end: segment.start + it.end });
        return bound === undefined ? [] : [{ bound, uri: parsed.uri, toFile }];
      })));
}

const pageNames = new WeakMap<Around['pages'], ReadonlySet<string>>();

/** Names that pages define or mention, by `nameKey`. */
function namesOnPages(pages: Around['pages']): ReadonlySet<string> {
  let names = pageNames.get(pages);
  if (names === undefined) {
    const items = pages.flatMap((it) => it.sources).flatMap((it) => it.segments).map((it) => it.item);
    names = new Set(items.flatMap((it) => [...mentionedNames(it), ...(it.kind === 'measure' ? [nameKey(it.name)] : [])]));
    pageNames.set(pages, names);
  }
  return names;
}

/** In how many segments each name in brackets stands, by `nameKey`. */
function countMentions(library: Library): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { sources } of library.parsed.values()) {
    for (const { item } of sources.flatMap((it) => it.segments)) {
      for (const name of mentionedNames(item)) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

/** Where the name of a definition stands. */
export function definitionPlace(symbol: MeasureSymbol, library: Library): Place {
  const parsed = library.parsed.get(symbol.uri);
  const index = parsed?.sources.findIndex((it) => it.segments.includes(symbol.segment)) ?? -1;
  const region = parsed?.regions.regions[index];
  const { item } = symbol.segment;
  const span = item.kind === 'measure' ? item.nameSpan : { start: 0, end: 0 };
  const moved = { start: symbol.segment.start + span.start, end: symbol.segment.start + span.end };
  return { uri: symbol.uri, span: region === undefined ? moved : spanToDocument(region.map, moved) };
}
