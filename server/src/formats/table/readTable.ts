/**
 * Bytes or text of a data file → typed columns.
 *
 * A reader takes chunks as they come and gives the columns at the end; `readTable` does both at once. Faults are data:
 * nothing throws on what a file holds.
 */
import { closest } from '../../base/closest.ts';
import { nameKey, type DataType, type RowValue } from '../../model/model.ts';
import { nested, type SourceCell } from './cells.ts';
import { shownCell, typedColumn, untypedColumn, type ColumnContext, type ColumnReader } from './columns.ts';
import { csvReader, type CsvReader } from './csv.ts';
import { csvColumn, textOf, type CsvColumn } from './csvColumns.ts';
import { lineAt, readJsonRows } from './jsonRows.ts';
import { arraySink, type ReadColumn, type TableFault, type TableRequest, type TableResult } from './types.ts';

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
  let any = 0;
  for (let i = 0; i < bytes.length; i++) any |= bytes[i] as number;
  return any < 128;
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

const whole = (it: number): string => it.toLocaleString('en-US');

const isUtf16 = (chunk: Uint8Array): boolean => (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);

/** The table under way: its columns by name, its row count and what is wrong so far. */
interface Table {
  readonly declared: readonly string[];
  /** The reader of a column of the source; undefined where it is not wanted. */
  open(name: string, earlierRows: number): ColumnReader | undefined;
  has(name: string): boolean;
  /** Counts a row; false when there are too many. */
  row(): boolean;
  rows(): number;
  failed(): boolean;
  fail(fault: TableFault): false;
  malformed(place: string, problem: string): false;
  /** The source says that there are more rows elsewhere. */
  incomplete(): void;
  /** Says which declared columns the source does not have. */
  missing(): void;
  result(): TableResult;
}

function tableOf(request: TableRequest): Table {
  const ctx: ColumnContext = {
    path: request.path, options: request.options, quoted: request.format === 'json' || request.format === 'ndjson', sinkFor: request.sinkFor ?? (() => arraySink()),
  };
  const declared = new Map<string, { readonly name: string; readonly type: DataType | undefined }>(request.columns.map((it) => [nameKey(it.name), it]));
  const readers = new Map<string, ColumnReader>();
  const sourceNames: string[] = [];
  const faults: TableFault[] = [];
  let rowCount = 0;
  let failed = false;
  const table: Table = {
    declared: request.columns.map((it) => it.name),
    open(name, earlierRows) {
      const key = nameKey(name);
      const known = readers.get(key);
      if (known !== undefined) return known;
      const wanted = declared.get(key);
      if (wanted === undefined && !request.others) return undefined;
      sourceNames.push(name);
      const reader = wanted?.type === undefined ? untypedColumn(ctx, wanted?.name ?? name) : typedColumn(ctx, wanted.name, wanted.type);
      // A column that shows up late has no value in the rows before.
      for (let i = 0; i < earlierRows; i++) reader.push(null, () => '');
      readers.set(key, reader);
      return reader;
    },
    has: (name) => readers.has(nameKey(name)),
    row() {
      rowCount++;
      if (rowCount <= request.maximumRows) return true;
      return table.fail({ rule: 'data-too-large', column: undefined, params: { path: request.path, size: `more than ${whole(request.maximumRows)} rows`, limit: `${whole(request.maximumRows)} rows` } });
    },
    rows: () => rowCount,
    failed: () => failed,
    fail(fault) {
      if (!failed) faults.push(fault);
      failed = true;
      return false;
    },
    malformed: (place, problem) => table.fail({ rule: 'data-malformed', column: undefined, params: { path: request.path, place, problem } }),
    incomplete: () => void faults.push({ rule: 'data-incomplete', column: undefined, params: { path: request.path } }),
    missing() {
      for (const [key, it] of declared) {
        if (readers.has(key)) continue;
        const suggestion = closest(it.name, sourceNames.filter((name) => !declared.has(nameKey(name))));
        faults.push({ rule: 'data-column-missing', column: it.name, params: { path: request.path, column: it.name, ...(suggestion === undefined ? {} : { suggestion }) } });
      }
    },
    result() {
      if (failed) return { columns: [], sourceNames, rowCount: 0, faults, usable: false };
      const order = [...request.columns.map((it) => nameKey(it.name)), ...sourceNames.map(nameKey).filter((it) => !declared.has(it))];
      const columns: ReadColumn[] = [];
      for (const key of order) {
        const finished = readers.get(key)?.finish();
        if (finished === undefined) continue;
        columns.push(finished.column);
        if (finished.fault !== undefined) faults.push(finished.fault);
      }
      return { columns, sourceNames, rowCount, faults, usable: true };
    },
  };
  return table;
}

interface Sink {
  write(bytes: Uint8Array): void;
  end(): void;
  /** Where reading is, for a fault of the bytes. */
  place(): string;
}

function csvSink(request: TableRequest, table: Table): Sink {
  const delimiter = request.options.delimiter ?? (request.format === 'tsv' ? '\t' : ',');
  const blankTokens = new Set(request.options.blankTokens);
  let columns: readonly (CsvColumn | undefined)[] | undefined;
  let lastLine = 0;

  function openHeader(names: readonly string[], empty: boolean): boolean {
    if (empty) return table.malformed('line 1', 'the first line must name the columns');
    const list: (CsvColumn | undefined)[] = [];
    for (const name of names.map((it) => it.trim())) {
      if (name !== '' && table.has(name)) return table.malformed('line 1', `the column ${shownCell(name)} stands twice`);
      const reader = name === '' ? undefined : table.open(name, 0);
      list.push(reader === undefined ? undefined : csvColumn(reader, blankTokens));
    }
    columns = list;
    table.missing();
    return true;
  }

  const reader: CsvReader = csvReader(delimiter, {
    record(record, empty, line) {
      lastLine = line;
      if (columns === undefined) return openHeader(Array.from({ length: record.count }, (_, index) => textOf(record, index)), empty);
      const { length } = columns;
      if (empty && length > 1) return true;
      if (record.count !== length) {
        const words = (count: number): string => `${count} ${count === 1 ? 'field' : 'fields'}`;
        return table.malformed(`line ${line}`, `the row has ${words(record.count)}, the first line ${words(length)}`);
      }
      if (!table.row()) return false;
      const place = (): string => `line ${line}`;
      for (let index = 0; index < length; index++) columns[index]?.take(record, index, place);
      return true;
    },
  });

  return {
    write(bytes) {
      const problem = reader.write(bytes);
      if (problem !== undefined) table.malformed(`line ${problem.line}`, problem.problem);
    },
    end() {
      const problem = reader.end();
      if (problem !== undefined) table.malformed(`line ${problem.line}`, problem.problem);
      else if (columns === undefined && !table.failed()) table.malformed('line 1', 'the file is empty; its first line must name the columns');
      else for (const it of columns ?? []) it?.end();
    },
    place: () => `after line ${lastLine}`,
  };
}

function jsonSink(request: TableRequest, table: Table): Sink {
  const parts: string[] = [];
  const decoder = new TextDecoder();
  return {
    write: (bytes) => void parts.push(decoder.decode(bytes, { stream: true })),
    end() {
      const text = parts.join('') + decoder.decode();
      const collector = objectRows(table, request.others);
      const problem = readJsonRows(text, request.format === 'ndjson', {
        field: collector.field,
        row: (offset) => collector.row(() => `line ${lineAt(text, offset)}`),
        more: () => table.incomplete(),
      });
      if (problem !== undefined) table.malformed(`line ${problem.line}`, problem.problem);
      else if (!table.failed()) collector.end();
    },
    place: () => 'file',
  };
}

interface ObjectRows {
  readonly field: (name: string, value: SourceCell | typeof nested) => void;
  readonly row: (place: () => string) => boolean;
  end(): void;
}

/** Rows of named cells: a cell that a row does not name is BLANK, of a name written twice the last counts. */
function objectRows(table: Table, others: boolean): ObjectRows {
  const declared = new Set(table.declared.map(nameKey));
  const columns = new Map<string, { readonly reader: ColumnReader; cell: SourceCell | typeof nested; row: number }>();
  const passed = new Set<string>();
  return {
    field(name, value) {
      if (passed.has(name)) return;
      const key = nameKey(name);
      let column = columns.get(key);
      if (column === undefined) {
        // Annotations, and values that are no cells, are columns only where the model asks for them.
        const foreign = !declared.has(key) && (!others || name.includes('@') || value === nested);
        const reader = foreign ? undefined : table.open(name, table.rows());
        if (reader === undefined) {
          passed.add(name);
          return;
        }
        column = { reader, cell: null, row: -1 };
        columns.set(key, column);
      }
      column.cell = value;
      column.row = table.rows();
    },
    row(place) {
      const row = table.rows();
      if (!table.row()) return false;
      for (const it of columns.values()) it.reader.push(it.row === row ? it.cell : null, place);
      return true;
    },
    end() {
      if (table.failed()) return;
      // A source without rows may still have every column.
      if (table.rows() > 0) table.missing();
      else for (const name of table.declared) table.open(name, 0);
    },
  };
}
