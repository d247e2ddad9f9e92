/** Columns of a delimited file: each distinct field is turned into a string and a value once. */
import type { ColumnReader } from './columns.ts';
import type { CsvRecord } from './csv.ts';
import { spellings } from './spellings.ts';

export interface CsvColumn {
  /** Takes field `index` of a record. `place` is asked only when the field does not fit. */
  take(record: CsvRecord, index: number, place: () => string): void;
  /** After the last record. */
  end(): void;
}

/** @param blankTokens words that stand for a missing value where they are not quoted */
export function csvColumn(reader: ColumnReader, blankTokens: ReadonlySet<string>): CsvColumn {
  const seen = spellings();
  const { promise, keep } = reader;
  let isPromising = promise !== undefined;
  let blank: number | undefined;
  const settle = (): void => {
    if (isPromising) keep?.(seen.texts());
    isPromising = false;
  };
  return {
    take(record, index, place) {
      const { bytes } = record;
      const from = record.from[index] as number;
      const to = record.to[index] as number;
      const isQuoted = record.quoted[index] === 1;
      if (from === to && !isQuoted) {
        if (blank === undefined) blank = reader.push(null, place);
        else reader.repeat(blank);
        return;
      }
      // In quotes the same bytes may mean another thing.
      if (isQuoted && (from === to || blankTokens.size > 0)) {
        settle();
        reader.push(textOf(record, index), place);
        return;
      }
      const hash = record.hash[index] as number;
      const known = seen.find(bytes, from, to, hash);
      if (known >= 0) {
        reader.repeat(known);
        return;
      }
      if (isPromising && promise !== undefined && blankTokens.size === 0 && inSmallLetters(bytes, from, to)) {
        seen.add(bytes, from, to, hash, promise());
        return;
      }
      settle();
      const text = textOf(record, index);
      const pushed = reader.push(!isQuoted && blankTokens.has(text) ? null : text, place);
      if (pushed >= 0) seen.add(bytes, from, to, hash, pushed);
    },
    end: settle,
  };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of a field. */
export function textOf({ bytes, from, to }: CsvRecord, index: number): string {
  return decoder.decode(bytes.subarray(from[index] as number, to[index] as number));
}

/** ASCII without capitals, and without a blank at the end: texts of which no two are one value. */
function inSmallLetters(bytes: Uint8Array, from: number, to: number): boolean {
  if (bytes[to - 1] === 32) return false;
  for (let i = from; i < to; i++) {
    const code = bytes[i] as number;
    if (code < 32 || code > 126 || (code > 64 && code < 91)) return false;
  }
  return true;
}
