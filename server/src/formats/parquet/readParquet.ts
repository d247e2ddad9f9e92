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
import { pagesOf, type Page } from './pages.ts';

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
  let rowsBefore = 0;
  for (const group of footer.groups) {
    for (const { leaf, reader, coding } of wanted) {
      const chunk = group.chunks[leaf.index];
      if (chunk === undefined) throw new ParquetFault('the values of a column are not in this file, or they are encrypted');
      if (chunk.values !== group.rows) throw new ParquetFault('a column has another number of rows than its row group');
      await readChunk(source, chunk, leaf, reader, coding, rowsBefore);
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

async function exactly(source: ByteSource, from: number, to: number): Promise<Uint8Array> {
  const bytes = await source.read(from, to);
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

async function readChunk(source: ByteSource, chunk: Chunk, leaf: Leaf, reader: ColumnReader, coding: Coding, rowsBefore: number): Promise<void> {
  if (chunk.values === 0) return;
  const decompress = await decompressorOf(chunk.codec);
  const bytes = await exactly(source, chunk.start, chunk.start + chunk.compressed);
  const known: { codes: Int32Array | undefined } = { codes: undefined };
  let row = rowsBefore;
  for (const page of pagesOf(bytes, chunk, leaf, decompress)) {
    reader.append(codesOf(page, reader, coding, known, row), page.rows);
    row += page.rows;
  }
}

/** Codes of the rows of a page. @param known codes of the dictionary's values, as far as rows have had them */
function codesOf({ rows, present, values }: Page, reader: ColumnReader, coding: Coding, known: { codes: Int32Array | undefined }, row: number): Uint32Array {
  const codes = new Uint32Array(rows);
  let at = 0;
  const place = (): string => `row ${whole(row + at + 1)}`;
  const count = values.kind === 'plain' ? values.raw.count : values.indices.length;
  // Values stand together; rows without one are passed over, their code is that of BLANK.
  if (values.kind === 'plain') {
    for (let i = 0; i < count; i++, at++) {
      if (present !== undefined) while (present[at] === 0) at++;
      codes[at] = coding(values.raw, i, place);
    }
    return codes;
  }
  const { indices, dictionary } = values;
  const found = (known.codes ??= new Int32Array(dictionary.count).fill(-1));
  for (let i = 0; i < count; i++, at++) {
    if (present !== undefined) while (present[at] === 0) at++;
    const index = indices[i] as number;
    let code = found[index] as number;
    if (code < 0) {
      code = coding(dictionary, index, place);
      // A value that does not fit is counted each time.
      if (code !== 0 || !reader.misfitted()) found[index] = code;
    }
    codes[at] = code;
  }
  return codes;
}
