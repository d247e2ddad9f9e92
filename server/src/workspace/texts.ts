/** Texts by uri: what an editor holds open beats the file on disk. */
import type { FileFault, FileHost } from './host.ts';

export interface TextEntry {
  readonly text: string;
  readonly languageId: string;
}

export interface Texts {
  /** The text, from the editor or the disk; a disk text is read once until the file changes. */
  get(uri: string): Promise<TextEntry | FileFault>;
  set(uri: string, languageId: string, text: string): void;
  /** @returns whether the uri was open */
  close(uri: string): boolean;
  /** Forgets what was read from disk. */
  changed(uris: readonly string[]): void;
  /** The text on disk of each file that an editor holds open with another one. */
  unsaved(): Promise<ReadonlyMap<string, string>>;
  /** Uris that an editor holds open. */
  openUris(): readonly string[];
}

/** @param maxBytes files above are not read as text */
export function createTexts(files: FileHost, maxBytes: number): Texts {
  const open = new Map<string, TextEntry>();
  const disk = new Map<string, Promise<TextEntry | FileFault>>();
  const read = async (uri: string): Promise<TextEntry | FileFault> => {
    const text = await files.readText(uri, maxBytes);
    return typeof text === 'string' ? { text, languageId: languageOf(uri) } : text;
  };
  const onDisk = (uri: string): Promise<TextEntry | FileFault> => {
    let entry = disk.get(uri);
    if (entry === undefined) disk.set(uri, (entry = read(uri)));
    return entry;
  };
  return {
    get(uri) {
      const held = open.get(uri);
      return held === undefined ? onDisk(uri) : Promise.resolve(held);
    },
    async unsaved() {
      const found = new Map<string, string>();
      for (const [uri, { text }] of [...open]) {
        const saved = await onDisk(uri);
        if (!('fault' in saved) && saved.text !== text) found.set(uri, saved.text);
      }
      return found;
    },
    set: (uri, languageId, text) => void open.set(uri, { text, languageId }),
    close: (uri) => open.delete(uri),
    changed(uris) {
      for (const uri of uris) disk.delete(uri);
    },
    openUris: () => [...open.keys()],
  };
}

/** The language that editors give a file of this name. */
export function languageOf(uri: string): string {
  const name = uri.toLowerCase();
  if (name.endsWith('.dax')) return 'dax';
  if (name.endsWith('.md') || name.endsWith('.markdown')) return 'markdown';
  if (name.endsWith('.yaml') || name.endsWith('.yml')) return 'yaml';
  if (name.endsWith('.json')) return 'json';
  return 'plaintext';
}

export type DocumentKind = 'dax' | 'markdown' | 'model' | 'project';

/** Whether a file of this name can hold DAX or a model. */
export const isOurs = (uri: string): boolean => kindOf(uri, languageOf(uri)) !== undefined;

/** What a file is to us, by its name and language; undefined: none of ours. */
export function kindOf(uri: string, languageId: string): DocumentKind | undefined {
  const name = uri.slice(uri.lastIndexOf('/') + 1).toLowerCase();
  if (name === 'dax-metrics.json') return 'project';
  if (/\.daxmodel\.(?:ya?ml|json)$/.test(name)) return 'model';
  if (languageId === 'dax') return 'dax';
  if (languageId === 'markdown') return 'markdown';
  return undefined;
}
