/** Columns of a delimited file: fields become codes, many rows at a time; a string is made only where a cell is unusual. */
import type { ColumnReader } from './columns.ts';
import type { CsvRows } from './csv.ts';
import { dateFields, decimalFields, doubleFields, wholeFields, type FieldValues } from './fieldValues.ts';
import { spellings } from './spellings.ts';
import type { ColumnSink, Stretches } from './types.ts';

/** Takes one field of each of some rows. */
export type CsvColumn = (rows: CsvRows, column: number) => void;

/** @param blankTokens words that stand for a missing value where they are not quoted */
export function csvColumn(reader: ColumnReader, blankTokens: ReadonlySet<string>): CsvColumn {
  const { type, sink } = reader;
  const read = type === undefined ? undefined : fieldValues[type];
  const take = type === 'string' && sink !== undefined ? textColumn(sink)
    : read !== undefined && sink !== undefined ? numberColumn(reader, sink, read) : spelledColumn(reader);
  const isBlankWord = blankWords(blankTokens);
  return (rows, column) => {
    const { bytes, count, width, from, to, quoted, anyQuoted } = rows;
    if (isBlankWord !== undefined) {
      for (let row = 0, field = column; row < count; row++, field += width) {
        const start = from[field] as number;
        if (!(anyQuoted && quoted[field] === 1) && isBlankWord(bytes, start, to[field] as number)) to[field] = start - 1;
      }
    }
    if (codes.length < count) codes = new Uint32Array(count);
    const { view } = rows;
    take(rows, { bytes, view, from, to, first: column, step: width, count }, codes);
    reader.append(codes, count);
  };
}

const fieldValues: Readonly<Partial<Record<string, FieldValues>>> = { int64: wholeFields, double: doubleFields, decimal: decimalFields, dateTime: dateFields };

/** Tells the codes of a column's fields. */
type Take = (rows: CsvRows, fields: Stretches, codes: Uint32Array) => void;

/** Codes and numbers of the rows that a column takes. */
let codes = new Uint32Array(0);
let values = new Float64Array(0);

const textColumn = (sink: Pick<ColumnSink, 'codesOfTexts'>): Take => (_, fields, into) => void sink.codesOfTexts(fields, into);

function numberColumn(reader: ColumnReader, sink: Pick<ColumnSink, 'codesOfNumbers'>, read: FieldValues): Take {
  return ({ bytes, count, from, to, lines }, fields, into) => {
    if (values.length < count) values = new Float64Array(count);
    read(fields, values);
    sink.codesOfNumbers(values, count, into);
    const { first, step } = fields;
    for (let row = into.indexOf(0); row >= 0 && row < count; row = into.indexOf(0, row + 1)) {
      const start = from[first + row * step] as number;
      const end = to[first + row * step] as number;
      if (end > start) into[row] = reader.code(textOf(bytes, start, end), () => `line ${String(lines[row])}`);
    }
  };
}

/** Columns whose fields are few words, or whose type the fields tell: each spelling is looked at once. */
function spelledColumn(reader: ColumnReader): Take {
  const seen = spellings();
  return ({ bytes, count, from, to, lines }, { first, step }, into) => {
    for (let row = 0, field = first; row < count; row++, field += step) {
      const start = from[field] as number;
      const end = to[field] as number;
      if (end < start) {
        into[row] = 0;
        continue;
      }
      let code = seen.find(bytes, start, end);
      if (code < 0) {
        code = reader.code(textOf(bytes, start, end), () => `line ${String(lines[row])}`);
        // A cell that does not fit is counted each time.
        if (!reader.misfitted()) seen.add(bytes, start, end, code);
      }
      into[row] = code;
    }
  };
}

function blankWords(words: ReadonlySet<string>): ((bytes: Uint8Array, from: number, to: number) => boolean) | undefined {
  const list = [...words].map((it) => new TextEncoder().encode(it));
  if (list.length === 0) return undefined;
  return (bytes, from, to) => list.some((it) => it.length === to - from && it.every((byte, i) => byte === bytes[from + i]));
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const textOf = (bytes: Uint8Array, from: number, to: number): string => decoder.decode(bytes.subarray(from, to));
