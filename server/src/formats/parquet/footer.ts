/** The footer of a Parquet file: its columns, and where their values stand. */
import { ParquetFault } from './fault.ts';
import { kindOf, type Kind } from './kinds.ts';
import { numberIn, readStruct, structIn, structsIn, textIn, type ThriftStruct } from './thrift.ts';

export interface ParquetColumn {
  readonly name: string;
  /** Undefined: a structure, a list or a map. */
  readonly leaf: Leaf | undefined;
}

/** A column whose cells are single values. */
export interface Leaf {
  /** Its place among the columns of a row group. */
  readonly index: number;
  readonly kind: Kind;
  readonly physical: Physical;
  /** Bytes of a value of fixed length. */
  readonly width: number;
  readonly optional: boolean;
}

export const physicals = ['BOOLEAN', 'INT32', 'INT64', 'INT96', 'FLOAT', 'DOUBLE', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'] as const;
export type Physical = (typeof physicals)[number];

/** The values of one column in one row group. */
export interface Chunk {
  readonly codec: number;
  readonly values: number;
  readonly start: number;
  readonly compressed: number;
  readonly uncompressed: number;
}

export interface RowGroup {
  readonly rows: number;
  /** By the place of a leaf; undefined where its values are not in this file. */
  readonly chunks: readonly (Chunk | undefined)[];
}

export interface Footer {
  readonly rows: number;
  readonly columns: readonly ParquetColumn[];
  readonly groups: readonly RowGroup[];
}

/** The end of a file: a length of four bytes and four letters. */
export const tailBytes = 8;

/** Bytes of the footer, from the last eight bytes of the file. */
export function footerLength(tail: Uint8Array, fileSize: number): number {
  const letters = String.fromCharCode(...tail.subarray(4, 8));
  if (letters === 'PARE') throw new ParquetFault('it is encrypted');
  if (tail.length < tailBytes || letters !== 'PAR1') throw new ParquetFault('it is no Parquet file, or it is cut off', 'the end of the file');
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
  if (length + tailBytes + 4 > fileSize) throw new ParquetFault('its description is longer than the file', 'the end of the file');
  return length;
}

/** @param fileSize nothing may stand behind it */
export function readFooter(bytes: Uint8Array, fileSize: number): Footer {
  const { value: file } = readStruct(bytes, 0);
  const { columns, leaves } = columnsOf(structsIn(file, 2));
  const rows = sizeIn(file, 3);
  const groups = structsIn(file, 4).map((it): RowGroup => {
    const chunks = structsIn(it, 1);
    if (chunks.length !== leaves) throw new ParquetFault('a row group has another number of columns than the file');
    return { rows: sizeIn(it, 3), chunks: chunks.map((chunk) => chunkOf(chunk, fileSize)) };
  });
  if (groups.reduce((acc, it) => acc + it.rows, 0) !== rows) throw new ParquetFault('its row groups have another number of rows than the file');
  return { rows, columns, groups };
}

function sizeIn(struct: ThriftStruct | undefined, id: number): number {
  const size = numberIn(struct, id, undefined);
  if (size === undefined || !Number.isSafeInteger(size) || size < 0) throw new ParquetFault('its description lacks a size');
  return size;
}

/** The schema is a tree, written from its root in order of depth; columns are what hangs on the root. */
function columnsOf(elements: readonly ThriftStruct[]): { readonly columns: readonly ParquetColumn[]; readonly leaves: number } {
  const [root] = elements;
  if (root === undefined) throw new ParquetFault('it has no columns');
  const columns: ParquetColumn[] = [];
  let leaves = 0;
  for (let at = 1; at < elements.length; ) {
    const element = elements[at] as ThriftStruct;
    const name = textIn(element, 4) ?? '';
    const children = numberIn(element, 5, 0);
    const repetition = numberIn(element, 3, 0);
    if (children === 0) {
      columns.push({ name, leaf: repetition === 2 ? undefined : leafOf(element, leaves, repetition === 1) });
      leaves++;
      at++;
      continue;
    }
    columns.push({ name, leaf: undefined });
    // Whatever hangs on it is passed over.
    for (let open = 1; open > 0; ) {
      const it = elements[at++];
      if (it === undefined || open > elements.length) throw new ParquetFault('its list of columns is damaged');
      const own = numberIn(it, 5, 0);
      open += own - 1;
      if (own === 0) leaves++;
    }
  }
  if (columns.length !== numberIn(root, 5, 0)) throw new ParquetFault('its list of columns is damaged');
  return { columns, leaves };
}

function leafOf(element: ThriftStruct, index: number, optional: boolean): Leaf {
  const physical = physicals[numberIn(element, 1, -1)];
  if (physical === undefined) throw new ParquetFault('a column has no type');
  const width = numberIn(element, 2, 0);
  if (physical === 'FIXED_LEN_BYTE_ARRAY' && (width < 1 || width > 1 << 20)) throw new ParquetFault('a column has values of no length');
  return { index, optional, physical, width, kind: kindOf(element, physical, width) };
}

function chunkOf(chunk: ThriftStruct, fileSize: number): Chunk | undefined {
  const data = structIn(chunk, 3);
  if (data === undefined || chunk.has(1) || chunk.has(8)) return undefined;
  const first = sizeIn(data, 9);
  const dictionary = numberIn(data, 11, 0);
  const start = dictionary > 0 && dictionary < first ? dictionary : first;
  const compressed = sizeIn(data, 7);
  if (start + compressed > fileSize) throw new ParquetFault('a column lies behind the end of the file');
  return { codec: numberIn(data, 4, -1), values: sizeIn(data, 5), start, compressed, uncompressed: sizeIn(data, 6) };
}

