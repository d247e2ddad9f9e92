/** Data files of the disk, read in pieces. */
import type { OpenSource } from '../engine.ts';
import { openFile } from './files.ts';

const chunkBytes = 1 << 20;

/**
 * @param folders folder uris that may be read, each ending with `/`
 * @param allowed single files that may be read besides
 */
export function diskSource(folders: readonly string[], allowed: ReadonlySet<string>): OpenSource {
  return async (uri, maxBytes) => {
    const file = await openFile(folders, uri, maxBytes, allowed);
    if ('fault' in file) return file;
    return {
      stamp: `${String(file.size)}@${String(file.modified)}`,
      async *chunks() {
        const chunk = new Uint8Array(Math.min(chunkBytes, file.size));
        for (let at = 0; at < file.size; ) {
          const bytes = await file.read(at, Math.min(chunkBytes, file.size - at), chunk);
          if (bytes.length === 0) return;
          at += bytes.length;
          yield bytes;
        }
      },
      size: file.size,
      read: (from, to, into) => file.readNow(from, Math.max(0, Math.min(to, file.size) - from), into),
      changed: () => file.changed(),
      close: () => file.close(),
    };
  };
}
