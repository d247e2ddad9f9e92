/** Segments as models read them: bound once, and again only when what they depend on changed. */
import type { Item, Segment } from '../../../grammar/src/tree.ts';
import { bind, bindExpression } from '../analysis/index.ts';
import type { Bound, MeasureSymbol, Reference, Scope } from '../analysis/bound.ts';
import type { Region } from '../documents/index.ts';
import type { Finding } from '../findings/finding.ts';
import { lintSegment } from '../lint/index.ts';
import type { Model } from '../model/model.ts';
import type { DefinedNames } from './definedNames.ts';
import { segmentContext } from './lintContext.ts';
import { currentTarget } from './targets.ts';
import { measureSet, type Measures } from './measureSets.ts';
import type { ModelView, Reading } from './types.ts';

export interface Readings {
  /**
   * @param defined functions, tables and columns that the text around defines
   * @param own the metric that the segment defines, if it does
   */
  read(
    region: Region, segment: Segment, model: ModelView | undefined, measures: Measures, defined: DefinedNames, own: MeasureSymbol | undefined,
  ): Reading;
  /** Segments bound, and looked at by the rules, so far; for tests that count the work. */
  readonly boundCount: number;
  readonly lintedCount: number;
}

interface Entry {
  readonly model: Model | undefined;
  readonly names: string;
  readonly stamps: string;
  readonly bound: Bound;
  /** Made when first asked for. */
  lint: readonly Finding[] | undefined;
}

export function createReadings(): Readings {
  const cache = new WeakMap<Item, Map<string, Entry>>();
  let boundCount = 0;
  let lintedCount = 0;

  const entryOf = (region: Region, segment: Segment, view: ModelView | undefined, measures: Measures, defined: DefinedNames): Entry => {
    const set = measureSet(measures, defined);
    const stamps = set.stampOf(segment.item);
    let entries = cache.get(segment.item);
    if (entries === undefined) cache.set(segment.item, (entries = new Map<string, Entry>()));
    const key = view === undefined ? '' : `${view.project.folder}\u0000${view.name}`;
    const known = entries.get(key);
    const { names } = set;
    if (known !== undefined && known.model === view?.model && known.names === names && known.stamps === stamps) {
      return known;
    }
    boundCount++;
    const { functions, tables, columns } = defined;
    const bound = bindSegment(region, segment, { model: view?.model, measures, functions, tables, columns });
    const entry: Entry = { model: view?.model, names, stamps, bound, lint: undefined };
    entries.set(key, entry);
    return entry;
  };
  const lintOf = (entry: Entry, reading: Pick<Reading, 'bound' | 'model' | 'measures'>, region: Region): readonly Finding[] => {
    if (entry.lint !== undefined) return entry.lint;
    const ctx = segmentContext(reading, region);
    if (ctx !== undefined) lintedCount++;
    return (entry.lint = ctx === undefined ? [] : lintSegment(ctx));
  };

  return {
    read: (region, segment, model, measures, defined, own) => {
      const entry = entryOf(region, segment, model, measures, defined);
      const bound = current(entry.bound, segment, measures, defined);
      return { model, bound, symbol: own, measures, defined, lint: () => lintOf(entry, { bound, model, measures }, region) };
    },
    get boundCount() {
      return boundCount;
    },
    get lintedCount() {
      return lintedCount;
    },
  };
}

/** A scalar of a model file is an expression: of a whole table, or of a column with the table's row at hand. */
function bindSegment({ defines }: Region, segment: Segment, scope: Scope): Bound {
  if (defines === undefined || segment.item.kind !== 'bare') return bind(segment, scope);
  const rowTable = defines.kind === 'calculated-column' ? defines.table : undefined;
  return bindExpression(segment.item.expression, segment.text, scope, rowTable, segment.problems);
}

/** A kept `Bound` for a segment that moved, with what it points to in other texts as it is now. */
function current(bound: Bound, segment: Segment, measures: Measures, defined: DefinedNames): Bound {
  const targets = bound.references.map((it) => currentTarget(it.target, bound.segment, segment, measures, defined));
  if (bound.segment === segment && targets.every((it, i) => it === bound.references[i]?.target)) return bound;
  const references = bound.references.map((it, i): Reference => ({ ...it, target: targets[i] ?? it.target }));
  return { ...bound, segment, references };
}
