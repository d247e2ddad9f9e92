/**
 * Which metrics a piece of analysis asked for: what its result depends on, and nothing else.
 *
 * A set of metrics is given to analysis as one that notes what is looked up in it. Work within work is noted for itself:
 * the type of a metric that another one reads depends on what that metric reads, and the reader on the type alone.
 */
import { nameKey } from '../model/model.ts';
import type { MeasureSymbol } from './bound.ts';

type Measures = ReadonlyMap<string, MeasureSymbol>;

export interface Lookups {
  /** Keys that were asked for, found or not. */
  readonly names: Set<string>;
  /** Keys of misspelt names that a near one was looked for. */
  readonly searched: Set<string>;
  /** All metrics were looked at, one by one. */
  all: boolean;
}

export interface WatchedMeasures extends Measures {
  /** The same metrics, unwatched. */
  readonly plain: Measures;
  /** Does some work, and tells what it looked up. */
  watch<T>(work: () => T, lookups?: Lookups): { readonly result: T; readonly lookups: Lookups };
  /** What the work under way has looked up so far. */
  readonly current: Lookups | undefined;
}

export function watched(plain: Measures): WatchedMeasures {
  let current: Lookups | undefined;
  const all = (): Measures => {
    if (current !== undefined) current.all = true;
    return plain;
  };
  return {
    plain,
    watch(work, lookups = noLookups()) {
      const outer = current;
      current = lookups;
      try {
        return { result: work(), lookups };
      } finally {
        current = outer;
      }
    },
    get current() { return current; },
    get(key) {
      current?.names.add(key);
      return plain.get(key);
    },
    has(key) {
      current?.names.add(key);
      return plain.has(key);
    },
    get size() { return all().size; },
    keys: () => all().keys(),
    values: () => all().values(),
    entries: () => all().entries(),
    [Symbol.iterator]: () => all()[Symbol.iterator](),
    forEach: (act, self) => all().forEach(act, self),
  };
}

export const noLookups = (): Lookups => ({ names: new Set(), searched: new Set(), all: false });

export const asWatched = (measures: Measures): WatchedMeasures | undefined => ('watch' in measures ? (measures as WatchedMeasures) : undefined);

/** The metrics for a look that is no dependency of its own. */
export const unwatched = (measures: Measures): Measures => asWatched(measures)?.plain ?? measures;

/** Notes that a near name was looked for among all metrics, and gives them. */
export function searchedFor(measures: Measures, name: string): Measures {
  const it = asWatched(measures);
  it?.current?.searched.add(nameKey(name));
  return it?.plain ?? measures;
}
