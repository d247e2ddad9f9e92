/** Columns of a delimited file: fields become codes, many rows at a time; a string is made only where a cell is unusual. */
import type { ColumnReader } from './columns.ts';
import type { CsvRows } from './csv.ts';
import { dateField, decimalField, doubleField, wholeField, type FieldValue } from './fieldValues.ts';
import { spellings } from './spellings.ts';
import type { ColumnSink } from './types.ts';

/** Takes one field of each of some rows. */
export type CsvColumn = (rows: CsvRows, column: number) => void;

/** @param blankTokens words that stand for a missing value where they are not quoted */
export function csvColumn(reader: ColumnReader, blankTokens: ReadonlySet<string>): CsvColumn {
  const { type, sink } = reader;
  const isBlankWord = blankWords(blankTokens);
  if (type === 'string' && sink !== undefined) return textColumn(reader, sink, isBlankWord);
  const read = type === undefined ? undefined : fieldValues[type];
  return read === undefined || sink === undefined ? spelledColumn(reader, isBlankWord) : numberColumn(reader, sink, read, isBlankWord);
}

const fieldValues: Readonly<Partial<Record<string, FieldValue>>> = { int64: wholeField, double: doubleField, decimal: decimalField, dateTime: dateField };

/** Whether the bytes between two offsets are one of the words; undefined where there are none. */
type IsBlankWord = ((bytes: Uint8Array, from: number, to: number) => boolean) | undefined;

let codes = new Uint32Array(0);

/** Room for the codes of so many rows, for as long as a column takes them. */
function codesFor(count: number): Uint32Array {
  if (codes.length < count) codes = new Uint32Array(count);
  return codes;
}

function textColumn(reader: ColumnReader, sink: Pick<ColumnSink, 'codeOfText'>, isBlankWord: IsBlankWord): CsvColumn {
  return ({ bytes, view, count, width, from, to, quoted, anyQuoted }, column) => {
    const made = codesFor(count);
    for (let row = 0, field = column; row < count; row++, field += width) {
      const start = from[field] as number;
      const end = to[field] as number;
      const isQuoted = anyQuoted && quoted[field] === 1;
      const isBlank = !isQuoted && (start === end || isBlankWord?.(bytes, start, end) === true);
      made[row] = isBlank ? 0 : sink.codeOfText(bytes, view, start, end);
    }
    reader.append(made, count);
  };
}

function numberColumn(reader: ColumnReader, sink: Pick<ColumnSink, 'codeOfNumber'>, read: FieldValue, isBlankWord: IsBlankWord): CsvColumn {
  return ({ bytes, count, width, from, to, quoted, anyQuoted, lines }, column) => {
    const made = codesFor(count);
    for (let row = 0, field = column; row < count; row++, field += width) {
      const start = from[field] as number;
      const end = to[field] as number;
      if (start === end) {
        made[row] = 0;
        continue;
      }
      if (isBlankWord !== undefined && !(anyQuoted && quoted[field] === 1) && isBlankWord(bytes, start, end)) {
        made[row] = 0;
        continue;
      }
      const value = read(bytes, start, end);
      made[row] = Number.isNaN(value) ? reader.code(textOf(bytes, start, end), () => `line ${String(lines[row])}`) : sink.codeOfNumber(value);
    }
    reader.append(made, count);
  };
}

/** Columns whose fields are few words, or whose type the fields tell: each spelling is looked at once. */
function spelledColumn(reader: ColumnReader, isBlankWord: IsBlankWord): CsvColumn {
  const seen = spellings();
  return ({ bytes, count, width, from, to, quoted, anyQuoted, lines }, column) => {
    const made = codesFor(count);
    for (let row = 0, field = column; row < count; row++, field += width) {
      const start = from[field] as number;
      const end = to[field] as number;
      const isQuoted = anyQuoted && quoted[field] === 1;
      if (!isQuoted && (start === end || isBlankWord?.(bytes, start, end) === true)) {
        made[row] = 0;
        continue;
      }
      let code = seen.find(bytes, start, end);
      if (code < 0) {
        code = reader.code(textOf(bytes, start, end), () => `line ${String(lines[row])}`);
        // A cell that does not fit is counted each time.
        if (!reader.misfitted()) seen.add(bytes, start, end, code);
      }
      made[row] = code;
    }
    reader.append(made, count);
  };
}

function blankWords(words: ReadonlySet<string>): IsBlankWord {
  const list = [...words].map((it) => new TextEncoder().encode(it));
  if (list.length === 0) return undefined;
  return (bytes, from, to) => list.some((it) => it.length === to - from && it.every((byte, i) => byte === bytes[from + i]));
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const textOf = (bytes: Uint8Array, from: number, to: number): string => decoder.decode(bytes.subarray(from, to));
