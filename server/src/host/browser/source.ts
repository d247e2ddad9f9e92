/** Data files that come whole, as editors hand them over. */
import type { FileFault } from '../../workspace/host.ts';
import type { OpenSource } from '../engine.ts';

/** Bytes that are given away at once. */
const pieceBytes = 4 << 20;

export type ReadBytes = (uri: string, maxBytes: number) => Promise<Uint8Array | FileFault>;

export function wholeSource(read: ReadBytes): OpenSource {
  return async (uri, maxBytes) => {
    const bytes = await read(uri, maxBytes);
    if (!(bytes instanceof Uint8Array)) return bytes;
    return {
      async *chunks() {
        // Between two pieces others are heard: a file may take seconds.
        for (let at = 0; at < bytes.length; at += pieceBytes) {
          if (at > 0) await new Promise((resolve) => void setTimeout(resolve));
          yield bytes.subarray(at, at + pieceBytes);
        }
      },
      size: bytes.length,
      read: (from, to) => bytes.subarray(from, to),
      changed: () => false,
      close: () => Promise.resolve(),
    };
  };
}
