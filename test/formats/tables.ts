// Reads a data file that a test writes down, and shows its columns as lines.
import { readTable, type ArraySink, type TableFault, type TableRequest, type TableResult } from '../../server/src/formats/index.ts';
import type { DataType, FileFormat, FileOptions } from '../../server/src/model/model.ts';

export const fileOptions: FileOptions = { delimiter: undefined, blankTokens: [], trueWords: ['true', '1'], falseWords: ['false', '0'], dateFormats: [] };

export interface Wanted {
  readonly format?: FileFormat;
  readonly columns?: Readonly<Record<string, DataType | undefined>>;
  readonly options?: Partial<FileOptions>;
  readonly others?: boolean;
  readonly maximumRows?: number;
  readonly maximumBytes?: number;
}

export const requestOf = (wanted: Wanted): TableRequest => ({
  path: 'data.csv',
  format: wanted.format ?? 'csv',
  options: { ...fileOptions, ...wanted.options },
  columns: Object.entries(wanted.columns ?? {}).map(([name, type]) => ({ name, type })),
  others: wanted.others ?? true,
  maximumRows: wanted.maximumRows ?? 1000,
  maximumBytes: wanted.maximumBytes ?? 1_000_000,
});

export const read = (source: string | Uint8Array, wanted: Wanted = {}): TableResult => readTable(source, requestOf(wanted));

/** `name type: value, value`, with BLANK for a missing value. */
export function columnsOf(result: TableResult): readonly string[] {
  return result.columns.map((it) => `${it.name} ${it.type}${it.faulty ? ' faulty' : ''}: ${(it.sink as ArraySink).values.map(shownValue).join(', ')}`);
}

const shownValue = (it: unknown): string =>
  it === null ? 'BLANK' : typeof it === 'string' ? JSON.stringify(it) : typeof it === 'bigint' ? `${it}n` : String(it);

export const faultsOf = (result: TableResult): readonly string[] => result.faults.map(faultText);

const faultText = (it: TableFault): string => `${it.rule} ${JSON.stringify({ ...it.params, path: undefined })}`;
