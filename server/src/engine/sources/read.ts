/** Data files and inline rows as raw tables. */
import { readRows, type ParquetColumn, type ParquetFile, type TableFault, type TableRequest, type TableResult } from '../../formats/index.ts';
import type { FileOptions, Limits, RowValue } from '../../model/model.ts';
import type { DataFault, TableSpec } from '../../plan/database.ts';
import { encoderOf, type Encoder } from '../columns/encoder.ts';
import { pulseBy } from '../pulse.ts';
import type { Loaded, RawColumn } from './raw.ts';

const PLAIN: FileOptions = { delimiter: undefined, blankTokens: [], trueWords: ['true'], falseWords: ['false'], dateFormats: [] };

/** What a table's source is asked for: the declared columns, and whatever else it has. */
export function requestFor(table: TableSpec, limits: Limits): TableRequest {
  const { source } = table;
  const file = source.kind === 'file' ? source : undefined;
  return {
    path: file?.path ?? 'rows',
    format: file?.format ?? 'json',
    options: file?.options ?? PLAIN,
    columns: table.columns.filter((it) => it.calculated === undefined && it.sessionOf === undefined).map(({ name, type }) => ({ name, type })),
    others: true,
    maximumRows: limits.rows,
    maximumBytes: limits.fileBytes,
    maximumMemory: limits.memoryBytes,
    sinkFor: (_, type) => encoderOf(type, undefined, true),
  };
}

export const readInline = (table: TableSpec, rows: readonly (readonly (readonly [column: string, value: RowValue])[])[], limits: Limits): Loaded =>
  loadedFrom(table, readRows(rows, requestFor(table, limits)));

/** A table as it was read; a column with a cell that does not fit is not evaluated. */
export function loadedFrom(table: TableSpec, result: TableResult): Loaded {
  const faults = faultsOf(table, result.faults);
  if (!result.usable) return { table: undefined, faults };
  return { table: { columns: result.columns.map((it) => rawColumn(table, it)), rowCount: result.rowCount }, faults };
}

/** Values of a table beyond which its columns are read when something asks for them. */
const mostReadAtOnce = 500_000;

/**
 * A table of a file whose columns are read one by one. Those of small files are read at once, and so are those whose
 * values may not fit: what is wrong with them is told before anything asks.
 *
 * @param isGood told when a column was read whether the file is still the one that was opened
 */
export function loadedLater(table: TableSpec, file: ParquetFile, isGood: () => boolean): Loaded {
  const faults = faultsOf(table, file.faults);
  if (!file.usable) return { table: undefined, faults };
  const isSmall = file.rowCount * file.columns.length <= mostReadAtOnce;
  const columns: RawColumn[] = [];
  for (const it of file.columns) {
    if (!isSmall && it.fits && it.type !== 'blank') {
      columns.push({ name: it.name, later: it.type, read: () => readLater(table, file, it, isGood) });
      continue;
    }
    const result = it.read();
    faults.push(...faultsOf(table, result.faults));
    if (!result.usable) return { table: undefined, faults };
    columns.push(...result.columns.map((own) => rawColumn(table, own)));
  }
  return { table: { columns, rowCount: file.rowCount }, faults };
}

function readLater(table: TableSpec, { rowCount }: ParquetFile, column: ParquetColumn, isGood: () => boolean): ReturnType<RawColumn['read']> {
  pulseBy(rowCount);
  const unreadable = (detail: string, faults: readonly DataFault[]): ReturnType<RawColumn['read']> => ({ reason: { id: 'data-fault', table: table.name, detail }, faults });
  const { usable, columns, faults } = column.read();
  if (!isGood()) return unreadable('its file changed', []);
  const [read] = columns;
  if (!usable || read === undefined) return unreadable(`the values of ${column.name} cannot be read`, faultsOf(table, faults));
  return rawColumn(table, read).read();
}

function rawColumn(table: TableSpec, { name, type, faulty, sink }: TableResult['columns'][number]): RawColumn {
  const values = (sink as Encoder).done();
  if (!faulty) return { name, read: () => values };
  return { name, read: () => ({ reason: { id: 'data-fault', table: table.name, detail: `a cell of ${name} is no ${type}` }, faults: [] }) };
}

const faultsOf = (table: TableSpec, faults: readonly TableFault[]): DataFault[] =>
  faults.map((it) => ({ table: table.name, column: it.column, rule: it.rule, params: { ...it.params } }));
