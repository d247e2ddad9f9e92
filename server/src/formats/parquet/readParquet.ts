/**
 * A Parquet file → typed columns. Of the file only the footer is read at first, and a column when somebody asks for it; a
 * dictionary of the file is read as one, so that each of its values is looked at once.
 *
 * Faults are data: nothing throws on what a file holds.
 */
import { nameKey, type DataType } from '../../model/model.ts';
import { nested } from '../table/cells.ts';
import { shownCell, type ColumnReader } from '../table/columns.ts';
import { tableOf, whole, type Table } from '../table/tableUnderWay.ts';
import { arraySink, type ByteSource, type TableFault, type TableRequest, type TableResult } from '../table/types.ts';
import { footerMost } from './bounds.ts';
import { decompressorOf, type Decompress } from './codecs.ts';
import { codingOf, type Coding } from './coding.ts';
import { ParquetFault } from './fault.ts';
import { footerLength, readFooter, tailBytes, type Chunk, type Footer, type Leaf } from './footer.ts';
import { typeOf } from './kinds.ts';
import { codesByDictionary, codesOfAll, placesOf, spread, type Known } from './pageCodes.ts';
import { pagesOf, type Room } from './pages.ts';

/** A file whose description is read. */
export interface ParquetFile extends Pick<TableResult, 'sourceNames' | 'rowCount' | 'faults' | 'usable'> {
  /** The declared columns that it has, in the order in which they are declared, all of it where none is; none when it is not usable. */
  readonly columns: readonly ParquetColumn[];
}

export interface ParquetColumn {
  /** As declared. */
  readonly name: string;
  /** As declared, else as the file says. */
  readonly type: DataType | 'blank';
  /** Whether the file's own type is this one, so that each value fits. */
  readonly fits: boolean;
  /** Reads the values, as a table of this column alone, as often as it is asked to. Memory is reserved for all columns that were read. */
  read(): TableResult;
}

/**
 * Reads the description of a file. It stays good for as long as `source` can be read.
 *
 * @returns a file that is not usable, with the reason, where it is damaged or larger than it may be
 */
export async function openParquet(source: ByteSource, request: TableRequest): Promise<ParquetFile> {
  const table = tableOf({ ...request, sinkFor: () => arraySink() });
  const opened: { readonly footer: Footer; readonly parts: Parts } | undefined = await guarded(table, async () => {
    if (source.size > request.maximumBytes) {
      table.fail({ rule: 'data-too-large', column: undefined, params: { path: request.path, size: `${whole(source.size)} bytes`, limit: `${whole(request.maximumBytes)} bytes` } });
      return undefined;
    }
    const footer = footerOf(source);
    if (!table.row(footer.rows)) return undefined;
    const parts = { source, leaves: leavesOf(footer, request, table), decompress: new Map<number, Decompress>(), taken: new Map<number, number>() };
    table.missing();
    for (const { leaf } of parts.leaves.values()) if (leaf !== undefined) await checkChunks(footer, leaf, parts.decompress);
    return { footer, parts };
  });
  const { sourceNames, rowCount, faults, usable, columns } = table.result();
  if (opened === undefined || !usable) return { sourceNames, rowCount: 0, faults, usable: false, columns: [] };
  const { footer, parts } = opened;
  return {
    sourceNames, rowCount, faults, usable,
    columns: columns.map(({ name, type }): ParquetColumn => {
      const leaf = parts.leaves.get(nameKey(name));
      return { name, type, fits: leaf?.type === type, read: () => readColumn(parts, footer, request, name) };
    }),
  };
}

/** Reads a file whole. */
export async function readParquet(source: ByteSource, request: TableRequest): Promise<TableResult> {
  const { columns: known, ...file } = await openParquet(source, request);
  const faults: TableFault[] = [...file.faults];
  const columns: TableResult['columns'][number][] = [];
  for (const it of known) {
    const result = it.read();
    faults.push(...result.faults);
    if (!result.usable) return { ...file, columns: [], rowCount: 0, faults, usable: false };
    columns.push(...result.columns);
  }
  return { ...file, columns, faults };
}

interface FileColumn {
  /** As the file spells it. */
  readonly name: string;
  /** Undefined where its values are no single values. */
  readonly leaf: Leaf | undefined;
  readonly type: DataType | undefined;
}

/** What the columns of a file are read from. */
interface Parts {
  readonly source: ByteSource;
  /** The declared ones, by `nameKey`. */
  readonly leaves: ReadonlyMap<string, FileColumn>;
  readonly decompress: ReadonlyMap<number, Decompress>;
  /** Bytes that the columns read so far take, by the place of their leaves: one that is read again takes the place of itself. */
  readonly taken: Map<number, number>;
}

async function guarded<T>(table: Table, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (fault) {
    note(table, fault);
    return undefined;
  }
}

function note(table: Table, fault: unknown): void {
  if (fault instanceof ParquetFault) table.malformed(fault.place, fault.message);
  // A size that no array has, or an offset outside of one.
  else if (fault instanceof RangeError) table.malformed('the file', 'it is damaged');
  else throw fault;
}

function footerOf(source: ByteSource): Footer {
  if (source.size < tailBytes + 4) throw new ParquetFault('it is no Parquet file, or it is cut off', 'the end of the file');
  const tail = exactly(source, source.size - tailBytes, source.size);
  const length = footerLength(tail, source.size);
  if (length > footerMost) throw new ParquetFault('its description is too large', 'the end of the file');
  return readFooter(exactly(source, source.size - tailBytes - length, source.size - tailBytes), source.size);
}

function exactly(source: ByteSource, from: number, to: number, into?: Uint8Array): Uint8Array {
  const bytes = source.read(from, to, into);
  if (bytes.length !== to - from) throw new ParquetFault('it ends too early');
  return bytes;
}

/** Where a table names no column at all, it has those of the file that hold single values. */
const isOfAll = ({ columns, others }: TableRequest): boolean => others && columns.length === 0;

/** The columns that are asked for. */
function leavesOf(footer: Footer, request: TableRequest, table: Table): ReadonlyMap<string, FileColumn> {
  const declared = new Set(request.columns.map((it) => nameKey(it.name)));
  const found = new Map<string, FileColumn>();
  for (const { name, leaf } of footer.columns) {
    const type = leaf === undefined ? undefined : typeOf(leaf.kind);
    if (!declared.has(nameKey(name)) && !(isOfAll(request) && type !== undefined)) continue;
    if (table.has(name)) throw new ParquetFault(`the column ${shownCell(name)} stands twice`);
    table.open(name, 0, type);
    found.set(nameKey(name), { name, leaf: type === undefined ? undefined : leaf, type });
  }
  return found;
}

/** That the file has all values of a column, in ways that can be read. */
async function checkChunks(footer: Footer, leaf: Leaf, decompress: Map<number, Decompress>): Promise<void> {
  for (const group of footer.groups) {
    const chunk = group.chunks[leaf.index];
    if (chunk === undefined) throw new ParquetFault('the values of a column are not in this file, or they are encrypted');
    if (chunk.values !== group.rows) throw new ParquetFault('a column has another number of rows than its row group');
    if (chunk.values > 0 && !decompress.has(chunk.codec)) decompress.set(chunk.codec, await decompressorOf(chunk.codec));
  }
}

function readColumn(parts: Parts, footer: Footer, request: TableRequest, name: string): TableResult {
  const own = parts.leaves.get(nameKey(name));
  const table = tableOf({ ...request, columns: request.columns.filter((it) => nameKey(it.name) === nameKey(name)), others: isOfAll(request) });
  try {
    table.row(footer.rows);
    const reader = own === undefined ? undefined : table.open(own.name, 0, own.type);
    if (own === undefined || reader === undefined) return table.result();
    if (own.leaf === undefined || own.type === undefined) {
      reader.code(nested, () => 'all rows');
      blankRows(reader, footer.rows);
      return table.result();
    }
    if (!reserve(parts, footer, own.leaf, request, table)) return table.result();
    table.expect(footer.rows);
    const coding = codingOf(own.leaf.kind, reader.type ?? own.type, reader);
    const room: Room = { page: new Uint8Array(0), chunk: new Uint8Array(0) };
    let rowsBefore = 0;
    for (const group of footer.groups) {
      const chunk = group.chunks[own.leaf.index];
      if (chunk !== undefined) readChunk(parts, room, chunk, own.leaf, reader, coding, rowsBefore);
      rowsBefore += group.rows;
    }
  } catch (fault) {
    note(table, fault);
  }
  return table.result();
}

function blankRows(reader: ColumnReader, count: number): void {
  const codes = new Uint32Array(Math.min(count, 1 << 16));
  for (let left = count; left > 0; left -= codes.length) reader.append(codes, Math.min(left, codes.length));
}

/** Whether what the file says of itself fits into the memory that may be taken. */
function reserve(parts: Parts, footer: Footer, leaf: Leaf, request: TableRequest, table: Table): boolean {
  const codes = footer.rows * Uint32Array.BYTES_PER_ELEMENT;
  const values = footer.groups.reduce((sum, group) => sum + (group.chunks[leaf.index]?.uncompressed ?? 0), 0);
  const most = request.maximumMemory ?? Number.POSITIVE_INFINITY;
  let needed = codes + values;
  for (const [index, bytes] of parts.taken) if (index !== leaf.index) needed += bytes;
  if (needed <= most) {
    parts.taken.set(leaf.index, codes + values);
    return true;
  }
  return table.fail({
    rule: 'data-too-large', column: undefined, params: { path: request.path, size: `${whole(needed)} bytes of values`, limit: `${whole(most)} bytes` },
  });
}

function readChunk({ source, decompress }: Parts, room: Room, chunk: Chunk, leaf: Leaf, reader: ColumnReader, coding: Coding, rowsBefore: number): void {
  if (chunk.values === 0) return;
  const undo = decompress.get(chunk.codec);
  if (undo === undefined) throw new ParquetFault('it is compressed in a way that is not read');
  if (room.chunk.length < chunk.compressed) room.chunk = new Uint8Array(Math.ceil(chunk.compressed * 1.25));
  const bytes = exactly(source, chunk.start, chunk.start + chunk.compressed, room.chunk);
  const known: Known = { codes: undefined, left: 0 };
  let row = rowsBefore;
  for (const { rows, present, values } of pagesOf(bytes, chunk, leaf, undo, room)) {
    const places = placesOf(rows, present);
    const place = (index: number): string => `row ${whole(row + (places?.[index] ?? index) + 1)}`;
    const codes = values.kind === 'plain' ? codesOfAll(values.raw, coding, place) : codesByDictionary(values.indices, values.dictionary, coding, known, place);
    reader.append(places === undefined ? codes : spread(codes, places, rows), rows);
    row += rows;
  }
}

