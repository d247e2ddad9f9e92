/** Data files and inline rows as raw tables. */
import { readRows, type TableRequest, type TableResult } from '../../formats/index.ts';
import type { FileOptions, Limits, RowValue } from '../../model/model.ts';
import type { TableSpec } from '../../plan/database.ts';
import { encoderOf, type Encoder } from '../columns/encoder.ts';
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
  const faults = result.faults.map((it) => ({ table: table.name, column: it.column, rule: it.rule, params: { ...it.params } }));
  if (!result.usable) return { table: undefined, faults };
  const columns = result.columns.map((it): RawColumn => {
    const values = (it.sink as Encoder).done();
    if (!it.faulty) return { name: it.name, values };
    return { name: it.name, values, failed: { id: 'data-fault', table: table.name, detail: `a cell of ${it.name} is no ${it.type}` } };
  });
  return { table: { columns, rowCount: result.rowCount }, faults };
}
