/** The ways in which pages of Parquet files are compressed. A page never becomes larger than its head says. */
import { ParquetFault } from './fault.ts';
import { readSnappy } from './snappy.ts';

/** Undoes a compression. @param size bytes of the result @param room memory that the result may be put into, if it is large enough */
export type Decompress = (bytes: Uint8Array, size: number, room?: Uint8Array) => Uint8Array;

const names = ['none', 'Snappy', 'Gzip', 'LZO', 'Brotli', 'LZ4', 'Zstandard', 'LZ4'] as const;

/** By the number of a codec. The rarer ones are loaded when a file asks for one. */
export async function decompressorOf(codec: number): Promise<Decompress> {
  if (codec === 0) return (bytes) => bytes;
  if (codec === 1) return readSnappy;
  const name = names[codec];
  if (name === undefined || name === 'LZO') throw new ParquetFault(`it is compressed in a way that is not read${name === undefined ? '' : `: ${name}`}`);
  const rare = await import('./rareCodecs.ts');
  const decompress = rare.rareCodecs[codec];
  if (decompress === undefined) throw new ParquetFault(`it is compressed in a way that is not read: ${name}`);
  return decompress;
}
