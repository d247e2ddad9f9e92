/** What comes from data: waited for a moment, told when it comes later, and asked for once for each state of a model. */
import type { ModelView } from '../../workspace/types.ts';

/** `current`: of the model as it is now; else what was known of it before, if anything. */
export interface Known<T> {
  readonly value: T | undefined;
  readonly current: boolean;
}

export interface Late {
  /** @returns what is there when patience ends; `told` is called where the current value came later. One that cannot be had is undefined. */
  value<T>(view: ModelView, key: string, work: () => Promise<T>, told: () => void): Promise<Known<T>>;
  /** Everything is asked for anew. */
  forget(): void;
  /** Work under way, or undefined. */
  computing(): Promise<unknown> | undefined;
}

export function createLate(patience: () => Promise<void>): Late {
  let kept = new WeakMap<ModelView, Map<string, Promise<unknown>>>();
  /** By uri of the model and key. */
  const last = new Map<string, unknown>();
  const running = new Set<Promise<unknown>>();

  const asked = <T>(view: ModelView, key: string, work: () => Promise<T>): Promise<T | undefined> => {
    let its = kept.get(view);
    if (its === undefined) kept.set(view, (its = new Map<string, Promise<unknown>>()));
    const known = its.get(key);
    if (known !== undefined) return known as Promise<T | undefined>;
    const made = work().catch(() => undefined);
    its.set(key, made);
    running.add(made);
    void made.then((value) => {
      running.delete(made);
      last.set(lastKey(view, key), value);
    });
    return made;
  };
  return {
    async value<T>(view: ModelView, key: string, work: () => Promise<T>, told: () => void): Promise<Known<T>> {
      const asking = asked(view, key, work);
      const first = await Promise.race([asking.then((value) => ({ value, current: true })), patience().then(() => undefined)]);
      if (first !== undefined) return first;
      void asking.then(told);
      return { value: last.get(lastKey(view, key)) as T | undefined, current: false };
    },
    forget: () => void (kept = new WeakMap()),
    computing: () => (running.size === 0 ? undefined : Promise.all(running)),
  };
}

const lastKey = ({ model }: ModelView, key: string): string => `${model.uri}\u0000${key}`;
