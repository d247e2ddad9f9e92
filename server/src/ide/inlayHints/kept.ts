/** Values of documents, kept while they are being computed anew, so that nothing in the text jumps. */
import type { WorkspaceDocument } from '../../workspace/types.ts';

export interface KeptValues<V> {
  /**
   * The values of a document as it is now. When patience ends before they are there, `onLate` is called once they are.
   *
   * @param variant what else the values depend on, such as settings
   */
  of(document: WorkspaceDocument, variant: string, compute: () => Promise<ReadonlyMap<string, V>>, wait: Waiting): Promise<Known<V>>;
  /** Data or other files changed: values are computed anew when they are next asked for. */
  invalidate(): void;
  forget(uri: string): void;
  /** Work under way, or undefined. */
  computing(): Promise<unknown> | undefined;
}

export interface Waiting {
  readonly patience: () => Promise<void>;
  readonly onLate: () => void;
}

export interface Known<V> {
  /** undefined while they are being computed. */
  readonly values: ReadonlyMap<string, V> | undefined;
  /** The values shown last, for as long as newer ones are not there. */
  readonly last: ReadonlyMap<string, V>;
}

interface Kept<V> extends Known<V> {
  /** The analysed text that the values are computed for. */
  readonly document: WorkspaceDocument;
  readonly variant: string;
  readonly generation: number;
  readonly computing: Promise<ReadonlyMap<string, V>>;
  values: ReadonlyMap<string, V> | undefined;
}

export function createKeptValues<V>(): KeptValues<V> {
  const kept = new Map<string, Kept<V>>();
  let generation = 0;
  return {
    async of(document, variant, compute, { patience, onLate }) {
      let it = kept.get(document.uri);
      if (it?.document !== document || it.variant !== variant || it.generation !== generation) {
        const now: Kept<V> = { document, variant, generation, values: undefined, last: it?.values ?? it?.last ?? new Map<string, V>(), computing: compute() };
        now.computing.then((values) => { now.values = values; }, () => { now.values = new Map<string, V>(); });
        kept.set(document.uri, now);
        it = now;
      }
      if (it.values === undefined) await Promise.race([it.computing.catch(() => undefined), patience()]);
      if (it.values === undefined) it.computing.then(onLate, () => undefined);
      return it;
    },
    invalidate: () => void generation++,
    forget: (uri) => void kept.delete(uri),
    computing() {
      const open = [...kept.values()].filter((it) => it.values === undefined);
      return open.length === 0 ? undefined : Promise.allSettled(open.map((it) => it.computing));
    },
  };
}
