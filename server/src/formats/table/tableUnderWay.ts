/** A table under way: its columns by name, its row count and what is wrong so far. */
import { closest } from '../../base/closest.ts';
import { nameKey, type DataType } from '../../model/model.ts';
import { typedColumn, untypedColumn, type ColumnContext, type ColumnReader } from './columns.ts';
import { arraySink, type ReadColumn, type TableFault, type TableRequest, type TableResult } from './types.ts';

export interface Table {
  readonly declared: readonly string[];
  /** The reader of a column of the source; undefined where it is not wanted. `type`: as the source says, for one that nobody declared. */
  open(name: string, earlierRows: number, type?: DataType): ColumnReader | undefined;
  has(name: string): boolean;
  /** Counts rows; false when there are too many. */
  row(count?: number): boolean;
  rows(): number;
  /** About so many rows will come. */
  expect(rows: number): void;
  failed(): boolean;
  fail(fault: TableFault): false;
  malformed(place: string, problem: string): false;
  /** The source says that there are more rows elsewhere. */
  incomplete(): void;
  /** Says which declared columns the source does not have. */
  missing(): void;
  result(): TableResult;
}

export function tableOf(request: TableRequest): Table {
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
    open(name, earlierRows, type) {
      const key = nameKey(name);
      const known = readers.get(key);
      if (known !== undefined) return known;
      const wanted = declared.get(key);
      if (wanted === undefined && !request.others) return undefined;
      sourceNames.push(name);
      const own = wanted?.type ?? type;
      const reader = own === undefined ? untypedColumn(ctx, wanted?.name ?? name) : typedColumn(ctx, wanted?.name ?? name, own);
      // A column that shows up late has no value in the rows before.
      for (let i = 0; i < earlierRows; i++) reader.push(null, () => '');
      readers.set(key, reader);
      return reader;
    },
    has: (name) => readers.has(nameKey(name)),
    row(count = 1) {
      rowCount += count;
      if (rowCount <= request.maximumRows) return true;
      return table.fail({ rule: 'data-too-large', column: undefined, params: { path: request.path, size: `more than ${whole(request.maximumRows)} rows`, limit: `${whole(request.maximumRows)} rows` } });
    },
    rows: () => rowCount,
    expect(rows) {
      const count = Math.min(rows, request.maximumRows);
      if (count * readers.size <= mostExpected) for (const it of readers.values()) it.sink?.expect?.(count);
    },
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

/** For more cells than this no room is made beforehand. */
const mostExpected = 256 * 1024 * 1024;

/** Where the bytes of a file of one format go. */
export interface Sink {
  write(bytes: Uint8Array): void;
  end(): void;
  /** Where reading is, for a fault of the bytes. */
  place(): string;
}

export const whole = (it: number): string => it.toLocaleString('en-US');
