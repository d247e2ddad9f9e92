/**
 * A Parquet file → typed columns. Of the file only the footer and the columns that are asked for are read; a dictionary of
 * the file is read as one, so that each of its values is looked at once.
 *
 * Faults are data: nothing throws on what a file holds.
 */
import { nameKey } from '../../model/model.ts';
import { nested } from '../table/cells.ts';
import { shownCell, type ColumnReader } from '../table/columns.ts';
import { tableOf, whole, type Table } from '../table/tableUnderWay.ts';
import type { ByteSource, TableRequest, TableResult } from '../table/types.ts';
import { footerMost } from './bounds.ts';
import { decompressorOf } from './codecs.ts';
import { codingOf, type Coding } from './coding.ts';
import { ParquetFault } from './fault.ts';
import { footerLength, readFooter, tailBytes, type Chunk, type Footer, type Leaf } from './footer.ts';
import { typeOf } from './kinds.ts';
import { pagesOf, type Room } from './pages.ts';
import type { Raw } from './raw.ts';

export async function readParquet(source: ByteSource, request: TableRequest): Promise<TableResult> {
  const table = tableOf(request);
  try {
    await read(source, request, table);
  } catch (fault) {
    if (fault instanceof ParquetFault) table.malformed(fault.place, fault.message);
    // A size that no array has, or an offset outside of one.
    else if (fault instanceof RangeError) table.malformed('the file', 'it is damaged');
    else throw fault;
  }
  return table.result();
}

interface Wanted {
  readonly reader: ColumnReader;
  readonly leaf: Leaf;
  readonly coding: Coding;
}

async function read(source: ByteSource, request: TableRequest, table: Table): Promise<void> {
  if (source.size > request.maximumBytes) {
    table.fail({ rule: 'data-too-large', column: undefined, params: { path: request.path, size: `${whole(source.size)} bytes`, limit: `${whole(request.maximumBytes)} bytes` } });
    return;
  }
  const footer = await footerOf(source);
  if (!table.row(footer.rows)) return;
  const wanted = open(footer, request, table);
  table.missing();
  if (!reserve(footer, wanted, request, table)) return;
  table.expect(footer.rows);
  const room: Room = { page: new Uint8Array(0), chunk: new Uint8Array(0) };
  let rowsBefore = 0;
  for (const group of footer.groups) {
    for (const { leaf, reader, coding } of wanted) {
      const chunk = group.chunks[leaf.index];
      if (chunk === undefined) throw new ParquetFault('the values of a column are not in this file, or they are encrypted');
      if (chunk.values !== group.rows) throw new ParquetFault('a column has another number of rows than its row group');
      await readChunk(source, chunk, leaf, reader, coding, rowsBefore, room);
    }
    rowsBefore += group.rows;
  }
}

async function footerOf(source: ByteSource): Promise<Footer> {
  if (source.size < tailBytes + 4) throw new ParquetFault('it is no Parquet file, or it is cut off', 'the end of the file');
  const tail = await exactly(source, source.size - tailBytes, source.size);
  const length = footerLength(tail, source.size);
  if (length > footerMost) throw new ParquetFault('its description is too large', 'the end of the file');
  return readFooter(await exactly(source, source.size - tailBytes - length, source.size - tailBytes), source.size);
}

async function exactly(source: ByteSource, from: number, to: number, into?: Uint8Array): Promise<Uint8Array> {
  const bytes = await source.read(from, to, into);
  if (bytes.length !== to - from) throw new ParquetFault('it ends too early');
  return bytes;
}

/** Opens the columns that are asked for; one whose values are no single values of a known kind does not fit. */
function open(footer: Footer, request: TableRequest, table: Table): readonly Wanted[] {
  const wanted: Wanted[] = [];
  const declared = new Set(request.columns.map((it) => nameKey(it.name)));
  for (const { name, leaf } of footer.columns) {
    if (!declared.has(nameKey(name))) continue;
    if (table.has(name)) throw new ParquetFault(`the column ${shownCell(name)} stands twice`);
    const type = leaf === undefined ? undefined : typeOf(leaf.kind);
    const reader = table.open(name, 0, type);
    if (reader === undefined) continue;
    if (leaf === undefined || type === undefined) {
      reader.code(nested, () => 'all rows');
      blankRows(reader, footer.rows);
      continue;
    }
    wanted.push({ reader, leaf, coding: codingOf(leaf.kind, reader.type ?? type, reader) });
  }
  return wanted;
}

function blankRows(reader: ColumnReader, count: number): void {
  const codes = new Uint32Array(Math.min(count, 1 << 16));
  for (let left = count; left > 0; left -= codes.length) reader.append(codes, Math.min(left, codes.length));
}

/** Whether what the file says of itself fits into the memory that may be taken. */
function reserve(footer: Footer, wanted: readonly Wanted[], request: TableRequest, table: Table): boolean {
  const codes = footer.rows * wanted.length * Uint32Array.BYTES_PER_ELEMENT;
  const values = footer.groups.reduce((acc, group) => acc + wanted.reduce((sum, { leaf }) => sum + (group.chunks[leaf.index]?.uncompressed ?? 0), 0), 0);
  const most = request.maximumMemory ?? Number.POSITIVE_INFINITY;
  if (codes + values <= most) return true;
  return table.fail({
    rule: 'data-too-large', column: undefined, params: { path: request.path, size: `${whole(codes + values)} bytes of values`, limit: `${whole(most)} bytes` },
  });
}

async function readChunk(source: ByteSource, chunk: Chunk, leaf: Leaf, reader: ColumnReader, coding: Coding, rowsBefore: number, room: Room): Promise<void> {
  if (chunk.values === 0) return;
  const decompress = await decompressorOf(chunk.codec);
  if (room.chunk.length < chunk.compressed) room.chunk = new Uint8Array(Math.ceil(chunk.compressed * 1.25));
  const bytes = await exactly(source, chunk.start, chunk.start + chunk.compressed, room.chunk);
  const known: Known = { codes: undefined, left: 0 };
  let row = rowsBefore;
  for (const { rows, present, values } of pagesOf(bytes, chunk, leaf, decompress, room)) {
    const places = placesOf(rows, present);
    const place = (index: number): string => `row ${whole(row + (places?.[index] ?? index) + 1)}`;
    const codes = values.kind === 'plain' ? codesOfAll(values.raw, coding, place) : codesByDictionary(values.indices, values.dictionary, coding, known, place);
    reader.append(places === undefined ? codes : spread(codes, places, rows), rows);
    row += rows;
  }
}

/** Rows that have a value, in order; undefined where all have. */
function placesOf(rows: number, present: Uint32Array | undefined): Uint32Array | undefined {
  if (present === undefined) return undefined;
  const places = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (present[row] !== 0) places[count++] = row;
  return places.subarray(0, count);
}

/** Codes at their rows; rows without a value have the code of BLANK. */
function spread(codes: Uint32Array, places: Uint32Array, rows: number): Uint32Array {
  const all = new Uint32Array(rows);
  for (let i = 0; i < places.length; i++) all[places[i] as number] = codes[i] as number;
  return all;
}

/** @param place where value `index` stands */
function codesOfAll(raw: Raw, coding: Coding, place: (index: number) => string): Uint32Array {
  const codes = new Uint32Array(raw.count);
  const bad = coding.many?.(raw, codes) ?? -1;
  if (bad >= 0) throw new ParquetFault('the text is not UTF-8', place(bad));
  for (let i = codes.indexOf(0); i >= 0; i = codes.indexOf(0, i + 1)) codes[i] = coding.one(raw, i, () => place(i));
  return codes;
}

/** Codes of a dictionary's values, as far as rows have had them: only those are values of the column. */
interface Known {
  codes: Int32Array | undefined;
  /** Values that no row has had. */
  left: number;
}

function codesByDictionary(indices: Uint32Array, dictionary: Raw, coding: Coding, known: Known, place: (index: number) => string): Uint32Array {
  if (known.codes === undefined) {
    known.codes = new Int32Array(dictionary.count).fill(-1);
    known.left = dictionary.count;
  }
  const found = known.codes;
  const fresh: number[] = [];
  const firstPlaces: number[] = [];
  for (let i = 0; i < indices.length && fresh.length < known.left; i++) {
    const index = indices[i] as number;
    if (found[index] !== -1) continue;
    found[index] = 0;
    fresh.push(index);
    firstPlaces.push(i);
  }
  known.left -= fresh.length;
  if (fresh.length > 0 && coding.many !== undefined) {
    const made = new Uint32Array(fresh.length);
    const bad = coding.many(picked(dictionary, fresh), made);
    if (bad >= 0) throw new ParquetFault('the text is not UTF-8', place(firstPlaces[bad] ?? 0));
    fresh.forEach((index, i) => {
      found[index] = made[i] as number;
    });
  }
  const codes = new Uint32Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    let code = found[index] as number;
    // A value that does not fit is looked at each time, and counted.
    if (code === 0) found[index] = code = coding.one(dictionary, index, () => place(i));
    codes[i] = code;
  }
  return codes;
}

/** Some of the values. */
function picked(raw: Raw, indices: readonly number[]): Raw {
  const count = indices.length;
  if (raw.kind === 'bytes') return { ...raw, count, from: Int32Array.from(indices, (it) => raw.from[it] as number), to: Int32Array.from(indices, (it) => raw.to[it] as number) };
  const { large } = raw;
  const own = large === undefined ? undefined : new Map(indices.flatMap((it, i) => (large.has(it) ? [[i, large.get(it) as bigint] as const] : [])));
  return { kind: 'numbers', count, values: Float64Array.from(indices, (it) => raw.values[it] as number), large: own };
}
