/** Segments as models read them: bound once, and again only when what they depend on changed. */
import type { Item, Segment } from '../../../grammar/src/tree.ts';
import { bind, bindExpression } from '../analysis/index.ts';
import type { Bound, MeasureSymbol, Reference, Scope } from '../analysis/bound.ts';
import type { Region } from '../documents/index.ts';
import type { Model } from '../model/model.ts';
import type { DefinedNames } from './definedNames.ts';
import { currentTarget } from './targets.ts';
import { measureSet, mentionedNames, type Measures } from './measureSets.ts';
import type { ModelView, Reading } from './types.ts';

export interface Readings {
  /**
   * @param defined functions, tables and columns that the text around defines
   * @param own the metric that the segment defines, if it does
   */
  read(
    region: Region, segment: Segment, model: ModelView | undefined, measures: Measures, defined: DefinedNames, own: MeasureSymbol | undefined,
  ): Reading;
  /** Segments bound so far, for tests that count the work. */
  readonly boundCount: number;
}

interface Entry {
  readonly model: Model | undefined;
  readonly names: string;
  readonly stamps: string;
  readonly bound: Bound;
}

export function createReadings(): Readings {
  const cache = new WeakMap<Item, Map<string, Entry>>();
  let boundCount = 0;

  const boundOf = (region: Region, segment: Segment, view: ModelView | undefined, measures: Measures, defined: DefinedNames): Bound => {
    const set = measureSet(measures);
    const stamps = mentionedNames(segment.item).map((it) => set.stamp(it)).join(',');
    let entries = cache.get(segment.item);
    if (entries === undefined) cache.set(segment.item, (entries = new Map<string, Entry>()));
    const key = view === undefined ? '' : `${view.project.folder}\u0000${view.name}`;
    const known = entries.get(key);
    const names = `${set.names}\u0003${defined.key}`;
    if (known !== undefined && known.model === view?.model && known.names === names && known.stamps === stamps) {
      return current(known.bound, segment, measures, defined);
    }
    boundCount++;
    const { functions, tables, columns } = defined;
    const bound = bindSegment(region, segment, { model: view?.model, measures, functions, tables, columns });
    entries.set(key, { model: view?.model, names, stamps, bound });
    return bound;
  };

  return {
    read: (region, segment, model, measures, defined, own) => ({
      model, bound: boundOf(region, segment, model, measures, defined), symbol: own, measures,
    }),
    get boundCount() {
      return boundCount;
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
