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
        // The next piece is read while this one is looked at.
        let [chunk, other] = [0, 1].map(() => new Uint8Array(Math.min(chunkBytes, file.size))) as [Uint8Array, Uint8Array];
        const read = (at: number, into: Uint8Array): Promise<Uint8Array> => {
          const reading = file.read(at, Math.min(chunkBytes, file.size - at), into);
          // A failure is told when the piece is asked for, which may be later or never.
          reading.catch(() => undefined);
          return reading;
        };
        let coming = read(0, chunk);
        try {
          for (let at = 0; at < file.size; ) {
            const bytes = await coming;
            if (bytes.length === 0) return;
            at += bytes.length;
            [chunk, other] = [other, chunk];
            coming = at < file.size ? read(at, chunk) : Promise.resolve(bytes);
            yield bytes;
          }
        } finally {
          // The file is not closed under a piece that nobody wants any more.
          await coming.catch(() => undefined);
        }
      },
      size: file.size,
      read: (from, to, into) => file.readNow(from, Math.max(0, Math.min(to, file.size) - from), into),
      changed: () => file.changed(),
      close: () => file.close(),
    };
  };
}
