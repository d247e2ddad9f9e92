/** The pages of one column in one row group: heads, levels, dictionary, values. */
import { pagesMost } from './bounds.ts';
import type { Decompress } from './codecs.ts';
import { readDifferences, readTextsByLength, readTextsByPrefix } from './delta.ts';
import { ParquetFault } from './fault.ts';
import type { Chunk, Leaf } from './footer.ts';
import { readHybrid } from './hybrid.ts';
import { readPlain, readRuns, readSplit, viewOf, type Raw } from './raw.ts';
import { snappySlack } from './snappy.ts';
import { numberIn, readStruct, structIn, type ThriftStruct } from './thrift.ts';

/** Memory that serves one page after the other, and one column after the other. */
export interface Room {
  page: Uint8Array;
  chunk: Uint8Array;
}

/** Values of some rows, one after the other; good until the next page is asked for. */
export interface Page {
  readonly rows: number;
  /** 1 for a row that has a value; undefined where all do. */
  readonly present: Uint32Array | undefined;
  /** The values of the rows that have one; or where they are in the dictionary. */
  readonly values: { readonly kind: 'plain'; readonly raw: Raw } | { readonly kind: 'coded'; readonly indices: Uint32Array; readonly dictionary: Raw };
}

/**
 * Reads the pages of a column one by one.
 *
 * @param bytes the chunk as it stands in the file
 */
export function* pagesOf(bytes: Uint8Array, chunk: Chunk, leaf: Leaf, decompress: Decompress, room: Room): Generator<Page> {
  let at = 0;
  let rows = 0;
  let uncompressed = 0;
  let dictionary: Raw | undefined;
  while (rows < chunk.values) {
    if (at >= bytes.length) throw new ParquetFault('a column has fewer rows than the file says');
    const { value: head, end } = readStruct(bytes, at);
    const kind = numberIn(head, 1, -1);
    const size = numberIn(head, 2, -1);
    const packed = numberIn(head, 3, -1);
    if (size < 0 || packed < 0 || packed > bytes.length - end) throw new ParquetFault('a page is cut off');
    uncompressed += size;
    // The file says how large its pages are together, which was checked before; heads of pages count there too.
    if (uncompressed > chunk.uncompressed || size > pagesMost) throw new ParquetFault('a page is larger than its column');
    const body = bytes.subarray(end, end + packed);
    at = end + packed;
    if (kind === 2) {
      const own = structIn(head, 7);
      const count = numberIn(own, 1, -1);
      if (count < 0 || dictionary !== undefined) throw new ParquetFault('a dictionary is damaged');
      dictionary = readPlain(leaf, unpacked(body, size, decompress), 0, count);
    } else if (kind === 0 || kind === 3) {
      const page = kind === 0 ? firstKind(head, body, size, leaf, inRoom(decompress, room), dictionary, chunk.values - rows) : secondKind(head, body, size, leaf, inRoom(decompress, room), dictionary, chunk.values - rows);
      rows += page.rows;
      yield page;
    } else if (kind !== 1) throw new ParquetFault('a page is of no known kind');
  }
}

/** A page that is no dictionary is gone when the next one comes. */
const inRoom = (decompress: Decompress, room: Room): Decompress => (bytes, size) => {
  if (room.page.length < size + snappySlack && size <= mostRoom) room.page = new Uint8Array(Math.max(1 << 20, size * 2));
  return decompress(bytes, size, room.page);
};

/** Larger pages have memory of their own. */
const mostRoom = 16 * 1024 * 1024;

function unpacked(body: Uint8Array, size: number, decompress: Decompress): Uint8Array {
  // Some writers compress nothing where there is nothing, though the head says that all is compressed.
  if (size === 0 && body.length === 0) return body;
  const made = decompress(body, size);
  if (made.length !== size) throw new ParquetFault('a page has another size than its head says');
  return made;
}

function rowsOf(own: ThriftStruct | undefined, id: number, left: number): number {
  const rows = numberIn(own, id, -1);
  if (rows < 0 || rows > left) throw new ParquetFault('a page has more rows than its column');
  return rows;
}

/** Levels and values are compressed together. */
function firstKind(head: ThriftStruct, body: Uint8Array, size: number, leaf: Leaf, decompress: Decompress, dictionary: Raw | undefined, left: number): Page {
  const own = structIn(head, 5);
  const rows = rowsOf(own, 1, left);
  const bytes = unpacked(body, size, decompress);
  let at = 0;
  let present: Uint32Array | undefined;
  if (leaf.optional) {
    if (numberIn(own, 3, -1) !== 3) throw new ParquetFault('its missing values are told in a way that is not read');
    if (bytes.length < 4) throw new ParquetFault('a page is cut off');
    const length = viewOf(bytes).getUint32(0, true);
    if (length > bytes.length - 4) throw new ParquetFault('a page is cut off');
    present = readHybrid(bytes, 4, 4 + length, 1, rows);
    at = 4 + length;
  }
  return pageOf(leaf, rows, present, numberIn(own, 2, -1), bytes, at, dictionary);
}

/** Levels stand before the values, never compressed. */
function secondKind(head: ThriftStruct, body: Uint8Array, size: number, leaf: Leaf, decompress: Decompress, dictionary: Raw | undefined, left: number): Page {
  const own = structIn(head, 8);
  const rows = rowsOf(own, 1, left);
  const levels = numberIn(own, 5, -1);
  const repeated = numberIn(own, 6, -1);
  if (levels < 0 || repeated !== 0 || levels > body.length || levels > size) throw new ParquetFault('a page is cut off');
  const present = leaf.optional ? readHybrid(body, 0, levels, 1, rows) : undefined;
  const packed = body.subarray(levels);
  const bytes = own?.get(7) === false ? packed : unpacked(packed, size - levels, decompress);
  return pageOf(leaf, rows, present, numberIn(own, 4, -1), bytes, 0, dictionary);
}

function pageOf(leaf: Leaf, rows: number, levels: Uint32Array | undefined, encoding: number, bytes: Uint8Array, at: number, dictionary: Raw | undefined): Page {
  let count = rows;
  if (levels !== undefined) {
    count = 0;
    for (let i = 0; i < rows; i++) count += levels[i] as number;
  }
  const present = count === rows ? undefined : levels;
  if (encoding === 2 || encoding === 8) {
    if (dictionary === undefined) throw new ParquetFault('a page needs a dictionary that is not there');
    const width = count === 0 ? 0 : bytes[at];
    if (width === undefined) throw new ParquetFault('a page is cut off');
    const indices = readHybrid(bytes, at + 1, bytes.length, width, count);
    for (let i = 0; i < count; i++) if ((indices[i] as number) >= dictionary.count) throw new ParquetFault('a value is not in the dictionary');
    return { rows, present, values: { kind: 'coded', indices, dictionary } };
  }
  return { rows, present, values: { kind: 'plain', raw: rawOf(leaf, encoding, bytes, at, count) } };
}

function rawOf(leaf: Leaf, encoding: number, bytes: Uint8Array, at: number, count: number): Raw {
  switch (encoding) {
    case 0: return readPlain(leaf, bytes, at, count);
    case 3:
      if (leaf.physical !== 'BOOLEAN') throw new ParquetFault('a page is packed in a way that does not fit its values');
      return readRuns(bytes, at, count);
    case 5: return count === 0 ? readPlain(leaf, bytes, bytes.length, 0) : readDifferences(leaf, bytes, at, count);
    case 6: return count === 0 ? readPlain(leaf, bytes, bytes.length, 0) : readTextsByLength(leaf, bytes, at, count);
    case 7: return count === 0 ? readPlain(leaf, bytes, bytes.length, 0) : readTextsByPrefix(leaf, bytes, at, count);
    case 9: return readSplit(leaf, bytes, at, count);
    default: throw new ParquetFault('a page is packed in a way that is not read');
  }
}
