/** What takes time: waited for a moment, told when it comes later; meanwhile what was there before, so that nothing jumps. */

/** What is known of a place when patience ends. */
export interface Known<V> {
  /** The newest that is there; undefined where nothing is, or nothing can be had. */
  readonly value: V | undefined;
  /** Whether it is what was asked for, and not what was there before. */
  readonly current: boolean;
}

export interface Waiting {
  /** Resolves when nothing more is to be waited for. */
  readonly patience: () => Promise<void>;
  /** Is told where the current value came later. */
  readonly onLate: () => void;
}

export interface Kept<V> {
  /**
   * The value of a place, computed once for each of its states.
   *
   * @param state what the value depends on: objects that are others when it may be another, settings
   */
  of(place: string, state: readonly unknown[], compute: () => Promise<V>, wait: Waiting): Promise<Known<V>>;
  /** What no state tells, such as data, changed: every value is computed anew when it is next asked for. */
  invalidate(): void;
  forget(place: string): void;
  /** Work under way. */
  computing(): readonly Promise<unknown>[];
}

interface Entry<V> {
  /** undefined after `invalidate`. */
  state: readonly unknown[] | undefined;
  known: Known<V>;
  /** Never rejects. */
  readonly computing: Promise<void>;
}

export function createKept<V>(): Kept<V> {
  const kept = new Map<string, Entry<V>>();

  const begin = (place: string, state: readonly unknown[], compute: () => Promise<V>): Entry<V> => {
    const computing = compute().then(
      (value) => { entry.known = { value, current: true }; },
      () => { entry.known = { value: undefined, current: true }; },
    );
    const entry: Entry<V> = { state, known: { value: kept.get(place)?.known.value, current: false }, computing };
    kept.set(place, entry);
    return entry;
  };
  return {
    async of(place, state, compute, { patience, onLate }) {
      const before = kept.get(place);
      const entry = before !== undefined && isSame(before.state, state) ? before : begin(place, state, compute);
      if (!entry.known.current) await Promise.race([entry.computing, patience()]);
      if (!entry.known.current) void entry.computing.then(onLate);
      return entry.known;
    },
    invalidate() {
      for (const it of kept.values()) it.state = undefined;
    },
    forget: (place) => void kept.delete(place),
    computing: () => [...kept.values()].flatMap((it) => (it.known.current ? [] : [it.computing])),
  };
}

const isSame = (before: readonly unknown[] | undefined, now: readonly unknown[]): boolean =>
  before?.length === now.length && before.every((it, i) => it === now[i]);
