/** What all files together say in one model: for rules that no single segment can decide. */
import type { MeasureSymbol } from '../analysis/bound.ts';
import { spanToDocument } from '../base/offsetMap.ts';
import type { ModelWhole } from '../lint/index.ts';
import { nameKey, type Place } from '../model/model.ts';
import type { Library } from './library.ts';
import { mentionedNames } from './measureSets.ts';
import type { ModelView } from './types.ts';

const wholes = new WeakMap<Library, Map<ModelView, ModelWhole>>();

/** Made once a library; what it counts is kept with each definition's tree, so an edit costs the tree that changed. */
export function wholeOf(view: ModelView, library: Library): ModelWhole {
  let known = wholes.get(library);
  if (known === undefined) wholes.set(library, (known = new Map<ModelView, ModelWhole>()));
  let whole = known.get(view);
  if (whole === undefined) known.set(view, (whole = makeWhole(view, library)));
  return whole;
}

function makeWhole(view: ModelView, library: Library): ModelWhole {
  let mentions: ReadonlyMap<string, number> | undefined;
  const definitions = new Map<string, MeasureSymbol[]>();
  for (const it of library.definedMetrics(view)) {
    const key = nameKey(it.name);
    definitions.set(key, [...(definitions.get(key) ?? []), it]);
  }
  return {
    model: view.model,
    project: view.project,
    definitions,
    isMentioned(symbol) {
      mentions ??= countMentions(library);
      const key = nameKey(symbol.name);
      const own = (definitions.get(key) ?? []).filter((it) => mentionedNames(it.segment.item).includes(key)).length;
      return (mentions.get(key) ?? 0) > own;
    },
    placeOf: (symbol) => definitionPlace(symbol, library),
  };
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
