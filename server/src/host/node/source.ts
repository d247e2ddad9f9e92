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
      async *chunks() {
        for (let at = 0; at < file.size; ) {
          const bytes = await file.read(at, Math.min(chunkBytes, file.size - at));
          if (bytes.length === 0) return;
          at += bytes.length;
          yield bytes;
        }
      },
      size: file.size,
      async read(from, to) {
        const bytes = new Uint8Array(Math.max(0, Math.min(to, file.size) - from));
        for (let at = 0; at < bytes.length; ) {
          const piece = await file.read(from + at, Math.min(chunkBytes, bytes.length - at));
          if (piece.length === 0) return bytes.subarray(0, at);
          bytes.set(piece, at);
          at += piece.length;
        }
        return bytes;
      },
      changed: () => file.changed(),
      close: () => file.close(),
    };
  };
}
