/** The metrics of every model: what the `.dax` files of the workspace define, and which file belongs to which model. */
import type { Expression } from '../../../grammar/src/tree.ts';
import { isInside } from '../base/uri.ts';
import { modelFor, type DocumentRegions, type ModelHint, type Region } from '../documents/index.ts';
import { nameKey, type ProjectFile } from '../model/model.ts';
import type { MeasureSymbol } from '../analysis/bound.ts';
import type { Catalog } from './catalog.ts';
import { declaredNames, definedNames, joinedNames, noDefinedNames, sameDefinitions, type DefinedNames } from './definedNames.ts';
import { precededDefinitions, type DefiningSegments, type FirstDefinition } from './duplicates.ts';
import { bySymbolName, definedSymbols, symbolOf, type ParsedDocument } from './pages.ts';
import type { ModelView } from './types.ts';

export interface Library {
  readonly catalog: Catalog;
  readonly views: readonly ModelView[];
  /** The files it was made from. */
  readonly parsed: ReadonlyMap<string, ParsedDocument>;
  /** Every definition of a name after the first one, with the first. */
  readonly duplicates: ReadonlyMap<MeasureSymbol, MeasureSymbol>;
  /** The metrics that the model's own files define, names that stand twice included. */
  definedMetrics(view: ModelView): readonly MeasureSymbol[];
  /** Whether a file only joins the model for this session: named on the command line, outside the model's folder or excluded. */
  isGuest(uri: string, model: ModelView): boolean;
  /** Where else the model defines first what this body defines again; metrics that stand alone are `duplicates`. */
  precededBy(view: ModelView, body: Expression): FirstDefinition | undefined;
  /** Functions, tables and columns that the model's `.dax` files define. */
  definedIn(view: ModelView | undefined): DefinedNames;
  /** Models of a region, and names that lead to no model. */
  modelsOf(uri: string, region: Region, page: DocumentRegions): RegionModels;
  /** Symbols of a parsed document's segments for one model, in order; stable while the document is. */
  symbolsOf(parsed: ParsedDocument, region: number, model: string): readonly (MeasureSymbol | undefined)[];
  /** All metrics that a region defines for one model, those in a DEFINE without EVALUATE included. */
  metricsOf(parsed: ParsedDocument, region: number, model: string): readonly MeasureSymbol[];
}

export interface RegionModels {
  readonly views: readonly ModelView[];
  /** Hints that name no model of the workspace folder. */
  readonly lost: readonly ModelHint[];
  /** Names that would have been known. */
  readonly known: readonly string[];
}

/**
 * @param documents the `.dax` files, parsed
 * @param guests further `.dax` files, whose metrics are seen where the model has none of that name
 * @param defaultModel of the command line's `-m`
 * @param previous its maps are kept where nothing in them changed, so that what was bound with them stays good
 */
export function makeLibrary(
  catalog: Catalog, documents: readonly ParsedDocument[], guests: readonly ParsedDocument[], defaultModel: string | undefined,
  previous: Library | undefined,
): Library {
  const symbols: SymbolCache = (previous === undefined ? undefined : symbolCaches.get(previous)) ?? new WeakMap<ParsedDocument, Map<string, RegionSymbols>>();
  const regionSymbols = (parsed: ParsedDocument, region: number, model: string): RegionSymbols => {
    let cache = symbols.get(parsed);
    if (cache === undefined) symbols.set(parsed, (cache = new Map<string, RegionSymbols>()));
    const key = `${String(region)}\u0000${model}`;
    let its = cache.get(key);
    if (its === undefined) {
      const segments = parsed.sources[region]?.segments ?? [];
      const bySegment = segments.map((it) => symbolOf(parsed.uri, model, it));
      its = { bySegment, all: segments.flatMap((it, i) => bySegment[i] ?? definedSymbols(parsed.uri, model, it)) };
      cache.set(key, its);
    }
    return its;
  };
  const metricsOf: Library['metricsOf'] = (parsed, region, model) => regionSymbols(parsed, region, model).all;

  const modelNames = (uri: string, region: Region, page: DocumentRegions, project: ProjectFile): readonly ModelHint[] =>
    modelFor(region, page, project, {
      folder: catalog.nearestModels(uri).map((it) => it.model.name),
      workspace: catalog.modelsFor(uri).map((it) => it.model.name),
      commandLine: defaultModel,
    });

  // A name means the model of the same project first: two projects of one folder may both have a `historical`.
  const catalogModel = (uri: string, name: string): Catalog['models'][number] | undefined => {
    const key = name.toLowerCase();
    const near = [...catalog.nearestModels(uri), ...ofProject(catalog, uri), ...catalog.modelsFor(uri)];
    return near.find((it) => it.model.name.toLowerCase() === key);
  };

  const own = new Map<Catalog['models'][number], MeasureSymbol[]>();
  const joined = new Map<Catalog['models'][number], MeasureSymbol[]>();
  const defined = new Map(catalog.models.flatMap((it) => {
    const names = declaredNames(it.model);
    return names === noDefinedNames ? [] : [[it, names] as const];
  }));
  const defining = new Map<Catalog['models'][number], DefiningSegments[]>();
  const guestUris = new Map<Catalog['models'][number], Set<string>>();
  const asked = new Set(guests);
  for (const parsed of [...documents, ...guests]) {
    parsed.regions.regions.forEach((region, i) => {
      for (const hint of modelNames(parsed.uri, region, parsed.regions, catalog.projectOf(parsed.uri))) {
        const target = catalogModel(parsed.uri, hint.name);
        if (target === undefined) continue;
        const isGuest = asked.has(parsed) || !isInside(target.folder, parsed.uri);
        if (isGuest) guestUris.set(target, (guestUris.get(target) ?? new Set()).add(parsed.uri));
        if (!isGuest) {
          const segments = parsed.sources[i]?.segments ?? [];
          const names = definedNames(parsed.uri, segments, target.model);
          // Of two definitions the first counts.
          defined.set(target, joinedNames(names, defined.get(target) ?? noDefinedNames));
          const all = defining.get(target);
          if (all === undefined) defining.set(target, [{ uri: parsed.uri, segments }]);
          else all.push({ uri: parsed.uri, segments });
        }
        const lists = isGuest ? joined : own;
        const list = lists.get(target) ?? [];
        for (const it of metricsOf(parsed, i, target.model.name)) list.push(it);
        lists.set(target, list);
      }
    });
  }

  const duplicates = new Map<MeasureSymbol, MeasureSymbol>();
  const viewOf = new Map<Catalog['models'][number], ModelView>();
  for (const it of catalog.models) {
    const list = own.get(it) ?? [];
    const measures = bySymbolName(list);
    if (measures.size < list.length) {
      for (const symbol of list) {
        const first = measures.get(nameKey(symbol.name));
        if (first !== undefined && first !== symbol) duplicates.set(symbol, first);
      }
    }
    for (const symbol of joined.get(it) ?? []) {
      const key = nameKey(symbol.name);
      if (!measures.has(key)) measures.set(key, symbol);
    }
    const before = previous?.views.find((view) => view.model === it.model && view.project === it.project);
    const names = defined.get(it) ?? noDefinedNames;
    viewOf.set(
      it,
      before !== undefined && sameMeasures(before.measures, measures) && sameDefinitions(before.defined, names)
        ? before
        : { name: it.model.name, model: it.model, project: it.project, measures, defined: names },
    );
  }

  const preceded = new Map<Catalog['models'][number], ReadonlyMap<Expression, FirstDefinition>>();
  const library: Library = {
    catalog,
    views: [...viewOf.values()],
    precededBy: (view, body) => {
      const model = catalog.models.find((it) => viewOf.get(it) === view);
      if (model === undefined) return undefined;
      let its = preceded.get(model);
      if (its === undefined) preceded.set(model, (its = precededDefinitions(defining.get(model) ?? [])));
      return its.get(body);
    },
    definedIn: (view) => view?.defined ?? noDefinedNames,
    parsed: new Map([...documents, ...guests].map((it) => [it.uri, it])),
    duplicates,
    definedMetrics: (view) => {
      const model = catalog.models.find((it) => viewOf.get(it) === view);
      return (model === undefined ? undefined : own.get(model)) ?? [];
    },
    symbolsOf: (parsed, region, model) => regionSymbols(parsed, region, model).bySegment,
    metricsOf,
    isGuest: (uri, view) => {
      const model = catalog.models.find((it) => viewOf.get(it) === view);
      return model !== undefined && guestUris.get(model)?.has(uri) === true;
    },
    modelsOf(uri, region, page) {
      const known = catalog.modelsFor(uri).map((it) => it.model.name);
      if (region.kind === 'yaml') {
        const self = catalog.models.find((it) => it.model.uri === uri);
        const view = self === undefined ? undefined : viewOf.get(self);
        return { views: view === undefined ? [] : [view], lost: [], known };
      }
      const hints = modelNames(uri, region, page, catalog.projectOf(uri));
      const views: ModelView[] = [];
      const lost: ModelHint[] = [];
      for (const hint of hints) {
        const target = catalogModel(uri, hint.name);
        const view = target === undefined ? undefined : viewOf.get(target);
        if (view === undefined) lost.push(hint);
        else if (!views.includes(view)) views.push(view);
      }
      return { views, lost, known };
    },
  };
  symbolCaches.set(library, symbols);
  return library;
}

interface RegionSymbols {
  readonly bySegment: readonly (MeasureSymbol | undefined)[];
  readonly all: readonly MeasureSymbol[];
}

type SymbolCache = WeakMap<ParsedDocument, Map<string, RegionSymbols>>;

const symbolCaches = new WeakMap<Library, SymbolCache>();

const ofProject = (catalog: Catalog, uri: string): Catalog['models'] => {
  const project = catalog.projectOf(uri);
  return catalog.modelsFor(uri).filter((it) => it.project.folder === project.folder);
};

function sameMeasures(a: ReadonlyMap<string, MeasureSymbol>, b: ReadonlyMap<string, MeasureSymbol>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, it] of b) if (a.get(key) !== it) return false;
  return true;
}
