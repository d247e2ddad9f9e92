/**
 * Bytes or text of a data file → typed columns.
 *
 * A reader takes chunks as they come and gives the columns at the end; `readTable` does both at once. Faults are data:
 * nothing throws on what a file holds.
 */
import type { RowValue } from '../../model/model.ts';
import { csvSink } from './csvTable.ts';
import { jsonSink, objectRows } from './jsonTable.ts';
import { tableOf, whole } from './tableUnderWay.ts';
import type { TableRequest, TableResult } from './types.ts';

export interface TableReader {
  /** Takes the next bytes. False: nothing more is needed, because of a fault or a limit. */
  write(bytes: Uint8Array): boolean;
  /** Takes text that is decoded already. */
  writeText(text: string): boolean;
  end(): TableResult;
}

/** Reads a whole file that is in memory. */
export function readTable(source: string | Uint8Array, request: TableRequest): TableResult {
  const reader = tableReader(request);
  if (typeof source === 'string') reader.writeText(source);
  else reader.write(source);
  return reader.end();
}

/** Reads a file chunk by chunk. Only UTF-8 is read; a byte order mark is passed over. */
export function tableReader(request: TableRequest): TableReader {
  const table = tableOf(request);
  const sink = request.format === 'csv' || request.format === 'tsv' ? csvSink(request, table) : jsonSink(request, table);
  const isValid = utf8Check();
  let bytes = 0;
  let head: Uint8Array | undefined = new Uint8Array(0);

  function take(chunk: Uint8Array): boolean {
    if (table.failed()) return false;
    if (head === undefined) sink.write(chunk);
    else {
      const start = new Uint8Array(head.length + chunk.length);
      start.set(head);
      start.set(chunk, head.length);
      head = start;
      if (head.length >= byteOrderMark.length) begin();
    }
    return !table.failed();
  }
  function begin(): void {
    if (head === undefined) return;
    const marked = byteOrderMark.every((it, i) => head?.[i] === it);
    sink.write(marked ? head.subarray(byteOrderMark.length) : head);
    head = undefined;
  }

  return {
    write(chunk) {
      if (table.failed()) return false;
      bytes += chunk.byteLength;
      if (bytes > request.maximumBytes) {
        return table.fail({ rule: 'data-too-large', column: undefined, params: { path: request.path, size: `more than ${whole(request.maximumBytes)} bytes`, limit: `${whole(request.maximumBytes)} bytes` } });
      }
      if (bytes === chunk.byteLength && isUtf16(chunk)) return table.malformed('line 1', 'the file is UTF-16; save it as UTF-8');
      if (!isValid(chunk, false)) return table.malformed(sink.place(), 'the file is not UTF-8');
      return take(chunk);
    },
    writeText: (text) => take(new TextEncoder().encode(text)),
    end() {
      if (!table.failed() && !isValid(new Uint8Array(0), true)) table.malformed('end of the file', 'the file is not UTF-8');
      if (!table.failed()) begin();
      if (!table.failed()) sink.end();
      return table.result();
    },
  };
}

const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Whether bytes are UTF-8 so far. While all are ASCII nothing is decoded. */
function utf8Check(): (chunk: Uint8Array, last: boolean) => boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isAscii = true;
  return (chunk, last) => {
    isAscii &&= isAllAscii(chunk);
    if (isAscii) return true;
    try {
      decoder.decode(chunk, { stream: !last });
      return true;
    } catch {
      return false;
    }
  };
}

function isAllAscii(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = bytes.length & ~3;
  let any = 0;
  for (let at = 0; at < words; at += 4) any |= view.getInt32(at, true);
  for (let at = words; at < bytes.length; at++) any |= bytes[at] as number;
  return (any & 0x80808080) === 0;
}

/** Reads rows that stand in a model file. */
export function readRows(rows: readonly (readonly (readonly [column: string, value: RowValue])[])[], request: Omit<TableRequest, 'format' | 'maximumBytes'>): TableResult {
  const table = tableOf({ ...request, format: 'json', maximumBytes: Number.MAX_SAFE_INTEGER });
  const collector = objectRows(table, request.others);
  for (const [index, row] of rows.entries()) {
    for (const [name, value] of row) collector.field(name, value);
    if (!collector.row(() => `row ${index + 1}`)) break;
  }
  collector.end();
  return table.result();
}

const isUtf16 = (chunk: Uint8Array): boolean => (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);
