/** What the parts of the language service share. */
import type { Workspace } from '../../workspace/types.ts';
import type { Preview } from '../preview/preview.ts';
import type { Settings } from '../settings.ts';

export interface ServiceContext {
  /** The workspace as it is now; it is another one after the editor's folders changed. */
  readonly workspace: () => Workspace;
  /** What applies to a document; the defaults where the editor does not tell. */
  readonly settings: (uri: string) => Promise<Settings>;
  /** Filters that values shown while writing obey. */
  readonly preview: Preview;
  /** Resolves when an answer should no longer wait for values. */
  readonly patience: () => Promise<void>;
  /** Remembers work under way until it ends. */
  readonly tracked: <T>(work: Promise<T>) => Promise<T>;
}

/** A part that keeps what it computed. */
export interface Keeping<Service> {
  readonly service: Service;
  /** Data, files or the preview are others than before: what was computed is computed anew. */
  invalidate(): void;
  /** Work under way. */
  computing(): readonly Promise<unknown>[];
}
