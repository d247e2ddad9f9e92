/** What a reader of tables is asked for, and what it answers. */
import type { DataType, FileFormat, FileOptions } from '../../model/model.ts';

/** int64 beyond 2^53 and decimals beyond it are bigint; decimals are scaled by 10,000; dateTime is days since 1899-12-30. */
export type CellValue = string | number | bigint | boolean | null;

/**
 * Takes the values of one column in the order of rows, so that it can encode them while they are read: values are told
 * once and known by a code from then on, rows are told by codes. Code 0 is BLANK.
 */
export interface ColumnSink {
  code(value: CellValue): number;
  /** About so many rows will come; told once some have. */
  readonly expect?: (rows: number) => void;
  /** As `code`, for so many numbers; NaN is BLANK here. */
  codesOfNumbers(values: Float64Array, count: number, codes: Uint32Array): void;
  /** As `code`, for texts. @returns the first one that is not UTF-8, whose code and those behind it are not told; -1 when all are */
  codesOfTexts(texts: Stretches, codes: Uint32Array): number;
  /** The values of the next rows: the first `count` of `codes`. */
  append(codes: Uint32Array, count: number): void;
}

/** Texts in UTF-8, each between two offsets; one that ends before it begins is BLANK. */
export interface Stretches {
  readonly bytes: Uint8Array;
  /** The same bytes. */
  readonly view: DataView;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Text i is number `first + i * step` of the offsets. */
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** A file of which any part can be read. */
export interface ByteSource {
  /** Bytes. */
  readonly size: number;
  /** The bytes between two offsets; fewer at the end of the file. `into`: large enough memory that they may be put into. */
  read(from: number, to: number, into?: Uint8Array): Uint8Array;
}

export interface WantedColumn {
  readonly name: string;
  /** Undefined: the values tell. */
  readonly type: DataType | undefined;
}

export interface TableRequest {
  /** As findings show it. */
  readonly path: string;
  readonly format: FileFormat;
  readonly options: FileOptions;
  /** Declared columns that the source must have; calculated columns are not among them. */
  readonly columns: readonly WantedColumn[];
  /** Whether columns that nobody declared are read as well. */
  readonly others: boolean;
  readonly maximumRows: number;
  readonly maximumBytes: number;
  /** Bytes that values may take while they are read, where the source says so beforehand; left out: any number. */
  readonly maximumMemory?: number;
  /** Bytes of the source, where that is known before it is read. */
  readonly size?: number;
  /**
   * Makes the sink of a column, once its type is known: before its first value where the type is declared, else after
   * all rows are read. `blank`: no cell has a value. Default: a plain array.
   */
  readonly sinkFor?: (name: string, type: DataType | 'blank') => ColumnSink;
}

export interface ReadColumn {
  /** As declared, else as the source writes it. */
  readonly name: string;
  readonly type: DataType | 'blank';
  /** Whether a cell does not fit the declared type; such cells are BLANK in `sink`, and the column must not be evaluated. */
  readonly faulty: boolean;
  readonly sink: ColumnSink;
}

/** A fault of the data: `rule` and `params` are those of the registry of findings. */
export type TableFault =
  | { readonly rule: 'data-malformed'; readonly column: undefined; readonly params: { readonly path: string; readonly place: string; readonly problem: string } }
  | { readonly rule: 'data-cell-type'; readonly column: string; readonly params: { readonly path: string; readonly place: string; readonly column: string; readonly type: string; readonly value: string; readonly more: number } }
  | { readonly rule: 'data-column-missing'; readonly column: string; readonly params: { readonly path: string; readonly column: string; readonly suggestion?: string } }
  /** The source says that rows are missing from it; those it has are there. */
  | { readonly rule: 'data-incomplete'; readonly column: undefined; readonly params: { readonly path: string } }
  | { readonly rule: 'data-too-large'; readonly column: undefined; readonly params: { readonly path: string; readonly size: string; readonly limit: string } };

export interface TableResult {
  /** Declared columns first, in their order, then the others in the order of the source. Empty when not usable. */
  readonly columns: readonly ReadColumn[];
  /**
   * Names of the columns that the source was found to have, as it writes them and in its order. There even when the
   * source is cut off or broken behind its header; declared or not, but not those that `others` leaves out.
   */
  readonly sourceNames: readonly string[];
  readonly rowCount: number;
  readonly faults: readonly TableFault[];
  /** False when the source could not be read to its end; then no row of it may be used. */
  readonly usable: boolean;
}

/** Keeps values in a plain array. */
export interface ArraySink extends ColumnSink {
  readonly values: readonly CellValue[];
}

export function arraySink(): ArraySink {
  const values: CellValue[] = [];
  const known: CellValue[] = [null];
  const code = (value: CellValue): number => (value === null ? 0 : known.push(value) - 1);
  return {
    values,
    code,
    codesOfNumbers(numbers, count, codes) {
      for (let i = 0; i < count; i++) codes[i] = Number.isNaN(numbers[i]) ? 0 : code(numbers[i] as number);
    },
    codesOfTexts: (texts, codes) => eachText(texts, codes, (text) => code(text.replace(/ +$/, ''))),
    append(codes, count) {
      for (let i = 0; i < count; i++) values.push(known[codes[i] as number] ?? null);
    },
  };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** `codesOfTexts` for sinks that want strings. */
export function eachText({ bytes, from, to, first, step, count }: Stretches, codes: Uint32Array, code: (text: string) => number): number {
  for (let i = 0, at = first; i < count; i++, at += step) {
    const start = from[at] as number;
    const end = to[at] as number;
    if (end < start) {
      codes[i] = 0;
      continue;
    }
    try {
      codes[i] = code(decoder.decode(bytes.subarray(start, end)));
    } catch {
      return i;
    }
  }
  return -1;
}
