/** Data files that come whole, as editors hand them over. */
import type { FileFault } from '../../workspace/host.ts';
import type { OpenSource } from '../engine.ts';

export type ReadBytes = (uri: string, maxBytes: number) => Promise<Uint8Array | FileFault>;

export function wholeSource(read: ReadBytes): OpenSource {
  return async (uri, maxBytes) => {
    const bytes = await read(uri, maxBytes);
    if (!(bytes instanceof Uint8Array)) return bytes;
    return {
      async *chunks() {
        yield await Promise.resolve(bytes);
      },
      size: bytes.length,
      read: (from, to) => Promise.resolve(bytes.subarray(from, to)),
      changed: () => Promise.resolve(false),
      close: () => Promise.resolve(),
    };
  };
}
