/** Segments as models read them: bound once, and again only when what they depend on changed. */
import type { Item, Segment } from '../../../grammar/src/tree.ts';
import { bind, bindExpression, type Lookups } from '../analysis/index.ts';
import type { Bound, MeasureSymbol, Reference, Scope } from '../analysis/bound.ts';
import type { Region } from '../documents/index.ts';
import type { Finding } from '../findings/finding.ts';
import { lintSegment } from '../lint/index.ts';
import { segmentContext } from './lintContext.ts';
import { measureSet } from './measureSets.ts';
import { tagFindings } from './tagFindings.ts';
import { currentTarget } from './targets.ts';
import type { ModelView, Reading } from './types.ts';
import { createVisibleNames, isCurrent, type VisibleNames } from './visibleNames.ts';

export interface Readings {
  /** The names that can be seen from a place, such as the files of a model or a tab of a page. */
  readonly namesAt: ReturnType<typeof createVisibleNames>;
  /** Binds the segment, where it is not bound as it would be now. */
  bound(region: Region, segment: Segment, names: VisibleNames): KeptBound;
  /** @param own the metric that the segment defines, if it does */
  read(
    kept: KeptBound, region: Region, segment: Segment, model: ModelView | undefined, names: VisibleNames, own: MeasureSymbol | undefined,
  ): Reading;
  /** Whether neither binding, rules nor tags have anything to say; false as long as that is not known. */
  isSilent(kept: KeptBound, segment: Segment, model: ModelView | undefined, names: VisibleNames): boolean;
  /** Segments bound, and looked at by the rules, so far; for tests that count the work. */
  readonly boundCount: number;
  readonly lintedCount: number;
}

/** A segment as it was bound, as long as it would be bound the same way. */
export interface KeptBound {
  readonly bound: Bound;
}

interface Entry extends KeptBound {
  /** Also of what the rules looked up: they are asked when the binding is, and kept as long. */
  readonly lookups: Lookups;
  readonly history: VisibleNames['history'];
  /** Something it names was not found. */
  readonly unresolved: boolean;
  /** All names and the texts of what it reads, where it looked at all metrics one by one. */
  readonly strict: string | undefined;
  /** When it was last known to be good. */
  version: number;
  /** Made when first asked for. */
  lint: readonly Finding[] | undefined;
  tags: { readonly clock: string; readonly version: number; readonly findings: readonly Finding[] } | undefined;
}

export function createReadings(): Readings {
  const cache = new WeakMap<Item, Map<string, Entry>>();
  const namesAt = createVisibleNames();
  let boundCount = 0;
  let lintedCount = 0;

  const entryOf = (region: Region, segment: Segment, names: VisibleNames): Entry => {
    const { item } = segment;
    let entries = cache.get(item);
    if (entries === undefined) cache.set(item, (entries = new Map<string, Entry>()));
    const known = entries.get(names.place);
    if (known !== undefined && known.history === names.history && isCurrent(item, known, names)
      && (known.version === names.version || strictKey(item, known.lookups, names) === known.strict)) {
      known.version = names.version;
      return known;
    }
    boundCount++;
    const { result: bound, lookups } = names.watched.watch(() => bindSegment(region, segment, names.scope));
    const entry: Entry = {
      lookups, history: names.history, version: names.version, bound,
      unresolved: bound.references.some((it) => it.target.kind === 'unresolved'),
      strict: strictKey(item, lookups, names),
      lint: undefined, tags: undefined,
    };
    entries.set(names.place, entry);
    return entry;
  };
  const lintOf = (entry: Entry, reading: Reading, names: VisibleNames, region: Region): readonly Finding[] => {
    if (entry.lint !== undefined) return entry.lint;
    const ctx = segmentContext({ ...reading, measures: names.watched }, region);
    if (ctx !== undefined) lintedCount++;
    return (entry.lint = ctx === undefined ? [] : names.watched.watch(() => lintSegment(ctx), entry.lookups).result);
  };
  const tagsOf = (entry: Entry, reading: Reading, names: VisibleNames): readonly Finding[] => {
    const { item } = reading.bound.segment;
    if (item.kind !== 'measure' || item.docs === undefined) return [];
    const { docs } = item;
    const clock = clockOf(reading.model);
    const known = knownTags(entry, clock, names);
    if (known !== undefined) return known;
    const { result } = names.watched.watch(() => tagFindings(docs, names.scope, clock, () => [reading.bound]), entry.lookups);
    entry.tags = { clock, version: names.version, findings: result };
    return result;
  };

  return {
    namesAt,
    bound: entryOf,
    read: (kept, region, segment, model, names, own) => {
      const entry = kept as Entry;
      const reading: Reading = {
        model, symbol: own, measures: names.measures, defined: names.defined, bound: new CurrentBound(entry.bound, segment, names),
        lint: () => lintOf(entry, reading, names, region),
        tags: () => tagsOf(entry, reading, names),
      };
      return reading;
    },
    isSilent: (kept, { item }, model, names) => {
      const entry = kept as Entry;
      if (entry.bound.findings.length > 0 || entry.lint?.length !== 0) return false;
      return item.kind !== 'measure' || item.docs === undefined || knownTags(entry, clockOf(model), names)?.length === 0;
    },
    get boundCount() {
      return boundCount;
    },
    get lintedCount() {
      return lintedCount;
    },
  };
}

export const modelKey = ({ project, name }: ModelView): string => `${project.folder}\u0000${name}`;

const clockOf = (model: ModelView | undefined): string => model?.project.clock ?? 'data';

/** What a tag mentions besides metrics is not among what the segment mentions. */
const knownTags = ({ tags }: Entry, clock: string, { history }: VisibleNames): readonly Finding[] | undefined =>
  (tags?.clock === clock && tags.version >= history.marked ? tags.findings : undefined);

/** undefined for what depends on the names alone that it looked up. */
function strictKey(item: Item, lookups: Lookups, { measures, defined }: VisibleNames): string | undefined {
  if (!lookups.all) return undefined;
  const set = measureSet(measures, defined);
  return `${set.names}\u0002${set.stampOf(item)}`;
}

/** A scalar of a model file is an expression: of a whole table, or of a column with the table's row at hand. */
function bindSegment({ defines }: Region, segment: Segment, scope: Scope): Bound {
  if (defines === undefined || segment.item.kind !== 'bare') return bind(segment, scope);
  const rowTable = defines.kind === 'calculated-column' || defines.kind === 'role-filter' ? defines.table : defines.kind === 'session-rule' ? defines.log : undefined;
  return bindExpression(segment.item.expression, segment.text, scope, rowTable, segment.problems);
}

/**
 * A kept `Bound` for a segment that may have moved, with what it points to in other texts as it is now. Where its
 * references lead is looked up when it is asked for: most that is done after an edit never asks. A class, since one is
 * made for every segment after every edit, and an accessor of an object by itself takes long to make.
 */
class CurrentBound implements Bound {
  readonly codes: Bound['codes'];
  readonly relationships: Bound['relationships'];
  readonly findings: Bound['findings'];
  readonly dependencies: Bound['dependencies'];
  readonly typeOf: Bound['typeOf'];
  readonly columnOf: Bound['columnOf'];
  readonly segment: Segment;
  readonly #kept: Bound;
  readonly #names: VisibleNames;
  #references: readonly Reference[] | undefined;

  constructor(kept: Bound, segment: Segment, names: VisibleNames) {
    this.codes = kept.codes;
    this.relationships = kept.relationships;
    this.findings = kept.findings;
    this.dependencies = kept.dependencies;
    this.typeOf = kept.typeOf;
    this.columnOf = kept.columnOf;
    this.segment = segment;
    this.#kept = kept;
    this.#names = names;
  }

  get references(): readonly Reference[] {
    return (this.#references ??= currentReferences(this.#kept, this.segment, this.#names));
  }
}

function currentReferences(kept: Bound, segment: Segment, { measures, defined }: VisibleNames): readonly Reference[] {
  let isSame = true;
  const references = kept.references.map((it): Reference => {
    const target = currentTarget(it.target, kept.segment, segment, measures, defined);
    if (target === it.target) return it;
    isSame = false;
    return { ...it, target };
  });
  return isSame ? kept.references : references;
}
