/** Compressions that other software undoes, kept within the size that is expected. */
import { decompressBrotli, decompressGzip, decompressLz4, decompressLz4Raw, decompressZstd } from 'hyparquet-compressors';
import { BrotliOutput } from 'hyparquet-compressors/src/brotli.streams.js';
import type { Decompress } from './codecs.ts';
import { ParquetFault } from './fault.ts';

/** A page that is larger compressed than this beyond its size was made to keep whoever reads it busy. */
const mostBytes = (size: number): number => size * 1.25 + 4096;

function within(decompress: Decompress): Decompress {
  return (bytes, size) => {
    if (bytes.length > mostBytes(size)) throw new ParquetFault('a page is larger compressed than it is');
    let made: Uint8Array;
    try {
      made = decompress(bytes, size);
    } catch (error) {
      if (error instanceof ParquetFault) throw error;
      throw new ParquetFault('a page is damaged: its compression does not end well');
    }
    if (made.length !== size) throw new ParquetFault('a page has another size than its head says');
    return made;
  };
}

// The decoder makes room for whatever a file promises, some megabytes for a few bytes of it, again and again: it gets the room
// that it was given first, and no more.
const given = new WeakMap<object, Uint8Array>();
Object.defineProperty(BrotliOutput.prototype, 'buffer', {
  // The decoder may be shared by several of us in one process.
  configurable: true,
  get(this: object): Uint8Array | undefined {
    return given.get(this);
  },
  set(this: object, bytes: Uint8Array) {
    if (given.has(this)) throw new ParquetFault('a page has another size than its head says');
    given.set(this, bytes);
  },
});

/** By the number of the codec. */
export const rareCodecs: Readonly<Partial<Record<number, Decompress>>> = {
  2: within(decompressGzip),
  4: within((bytes, size) => decompressBrotli(bytes, size)),
  5: within(decompressLz4),
  6: within((bytes, size) => decompressZstd(bytes, new Uint8Array(size))),
  7: within(decompressLz4Raw),
};
