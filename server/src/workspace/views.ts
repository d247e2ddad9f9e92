/** A parsed document as its models understand it: the page's own metrics laid over the model's, segment by segment. */
import type { Segment } from '../../../grammar/src/tree.ts';
import type { MeasureSymbol } from '../analysis/bound.ts';
import type { Region } from '../documents/index.ts';
import { nameKey } from '../model/model.ts';
import { definedNames, joinedNames, type DefinedNames } from './definedNames.ts';
import type { Library, RegionModels } from './library.ts';
import type { Measures } from './measureSets.ts';
import type { ParsedDocument } from './pages.ts';
import { modelKey, type KeptBound, type Readings } from './readings.ts';
import type { ModelView, Reading, RegionView, SegmentView, WorkspaceDocument } from './types.ts';
import type { VisibleNames } from './visibleNames.ts';

export interface DocumentView {
  readonly document: WorkspaceDocument;
  /** Models of each region, in order. */
  readonly models: readonly RegionModels[];
  /** The regions of the document, in order, for a look that needs few of their segments. */
  readonly regions: readonly RegionParts[];
}

/** A region segment by segment: after an edit most of them are of no interest. */
export interface RegionParts {
  readonly region: Region;
  readonly parts: readonly Segment[];
  /** Each model of the region with what was bound in it, in order of the parts. */
  readonly models: readonly {
    readonly view: ModelView | undefined;
    readonly bounds: readonly KeptBound[];
    readonly symbols: readonly (MeasureSymbol | undefined)[];
  }[];
  /** Whether neither binding, rules nor tags have anything to say of a part; false as long as that is not known. */
  isSilent(index: number): boolean;
  segmentOf(part: Segment, index: number): SegmentView;
}

export function viewDocument(parsed: ParsedDocument, library: Library, readings: Readings): DocumentView {
  const models = parsed.regions.regions.map((region) => library.modelsOf(parsed.uri, region, parsed.regions));
  const measuresFor = overlays(parsed, library, models);
  const definedFor = definitionOverlays(parsed, library, models);
  const regions = parsed.regions.regions.map((region, i) => {
    const views: readonly (ModelView | undefined)[] = (models[i]?.views.length ?? 0) > 0 ? (models[i]?.views ?? []) : [undefined];
    const byModel = views.map((view) => {
      const [measures, defined] = [measuresFor(i, view), definedFor(i, view)];
      const isOfModel = view !== undefined && measures === view.measures && defined === library.definedIn(view);
      const model = view === undefined ? '' : modelKey(view);
      const place = isOfModel ? model : `${model}\u0000${parsed.uri}\u0000${region.tabId ?? ''}`;
      return { view, names: readings.namesAt(place, view?.model, measures, defined), symbols: library.symbolsOf(parsed, i, view?.name ?? '') };
    });
    return new RegionNow(region, parsed.sources[i]?.segments ?? [], byModel, readings);
  });
  return {
    document: {
      uri: parsed.uri,
      kind: parsed.kind,
      text: parsed.text,
      lines: parsed.lines,
      project: library.catalog.projectOf(parsed.uri),
      regions,
    },
    models,
    regions,
  };
}

interface OfModel {
  readonly view: ModelView | undefined;
  readonly names: VisibleNames;
  readonly symbols: readonly (MeasureSymbol | undefined)[];
}

/** Segments are bound at once; what an editor's features see of them is made when they ask. */
class RegionNow implements RegionView, RegionParts {
  readonly region: Region;
  readonly parts: readonly Segment[];
  readonly models: readonly (OfModel & { readonly bounds: readonly KeptBound[] })[];
  readonly #readings: Readings;
  readonly #made: SegmentView[] = [];
  #segments: readonly SegmentView[] | undefined;

  constructor(region: Region, parts: readonly Segment[], models: readonly OfModel[], readings: Readings) {
    this.region = region;
    this.parts = parts;
    this.models = models.map((it) => ({ ...it, bounds: parts.map((part) => readings.bound(region, part, it.names)) }));
    this.#readings = readings;
  }

  get segments(): readonly SegmentView[] {
    return (this.#segments ??= this.parts.map((it, i) => this.segmentOf(it, i)));
  }

  segmentOf(part: Segment, index: number): SegmentView {
    return (this.#made[index] ??= {
      segment: part,
      readings: this.models.flatMap(({ view, names, symbols, bounds }): readonly Reading[] => {
        const kept = bounds[index];
        return kept === undefined ? [] : [this.#readings.read(kept, this.region, part, view, names, symbols[index])];
      }),
    });
  }

  isSilent(index: number): boolean {
    const part = this.parts[index];
    if (part === undefined) return false;
    for (const { view, names, bounds } of this.models) {
      const kept = bounds[index];
      if (kept === undefined || !this.#readings.isSilent(kept, part, view, names)) return false;
    }
    return true;
  }
}

/**
 * What a region can see in a model: the metrics of its own tab, then of the page, then of the model. A `.dax` file
 * defines for its model, so there is nothing to lay over, unless it is but a guest there.
 */
function overlays(parsed: ParsedDocument, library: Library, models: readonly RegionModels[]): (region: number, view: ModelView | undefined) => Measures {
  const empty: Measures = new Map();
  const cache = new Map<string, Measures>();
  const { regions } = parsed.regions;
  return (region, view) => {
    const base = view?.measures ?? empty;
    if (definesForModel(parsed, library, view)) return base;
    const tab = regions[region]?.tabId;
    const key = `${view === undefined ? '' : `${view.project.folder}\u0000${view.name}`}\u0000${tab ?? ''}`;
    let measures = cache.get(key);
    if (measures === undefined) {
      const page: MeasureSymbol[] = [];
      const own: MeasureSymbol[] = [];
      regions.forEach((it, i) => {
        if (view === undefined ? (models[i]?.views.length ?? 0) > 0 : models[i]?.views.includes(view) !== true) return;
        (tab !== undefined && it.tabId === tab ? own : page).push(...library.metricsOf(parsed, i, view?.name ?? ''));
      });
      const overlay = new Map<string, MeasureSymbol>();
      for (const it of [...own, ...page]) if (!overlay.has(nameKey(it.name))) overlay.set(nameKey(it.name), it);
      measures = overlay.size === 0 ? base : new Map([...base, ...overlay]);
      cache.set(key, measures);
    }
    return measures;
  };
}

/** Whether there is nothing to lay over. Without a model a `.dax` file still sees its own names, so that its circles show. */
const definesForModel = (parsed: ParsedDocument, library: Library, view: ModelView | undefined): boolean =>
  parsed.kind === 'model' || (parsed.kind === 'dax' && view !== undefined && !library.isGuest(parsed.uri, view));

/** The functions, tables and columns that a region can see: those of its own tab, then of the page, then of the model. */
function definitionOverlays(parsed: ParsedDocument, library: Library, models: readonly RegionModels[]): (region: number, view: ModelView | undefined) => DefinedNames {
  const cache = new Map<string, DefinedNames>();
  const { regions } = parsed.regions;
  return (region, view) => {
    const base = library.definedIn(view);
    if (definesForModel(parsed, library, view)) return base;
    const tab = regions[region]?.tabId;
    const key = `${view === undefined ? '' : `${view.project.folder}\u0000${view.name}`}\u0000${tab ?? ''}`;
    let names = cache.get(key);
    if (names === undefined) {
      const seen = regions.flatMap((it, i) => {
        const isSeen = view === undefined ? (models[i]?.views.length ?? 0) === 0 : models[i]?.views.includes(view) === true;
        return isSeen ? [{ isOwn: tab !== undefined && it.tabId === tab, segments: parsed.sources[i]?.segments ?? [] }] : [];
      });
      const segments = [...seen.filter((it) => it.isOwn), ...seen.filter((it) => !it.isOwn)].flatMap((it) => it.segments);
      names = joinedNames(base, definedNames(parsed.uri, segments, view?.model));
      cache.set(key, names);
    }
    return names;
  };
}
