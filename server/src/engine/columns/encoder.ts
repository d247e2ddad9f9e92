/** Values on their way into a column: each distinct value is kept once, while rows are read. */
import type { ColumnSink } from '../../formats/table/types.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import type { Vector } from '../../plan/vector.ts';
import { pulse, pulseBy } from '../pulse.ts';
import { cellValues } from './cellValues.ts';
import { BLANK_CODE, type Dictionary, type Values } from './dictionary.ts';
import { numberValues } from './numberValues.ts';
import { textValues } from './textValues.ts';

export interface Encoder extends ColumnSink {
  code(cell: Cell): number;
  /** A row with a value. @returns its code */
  push(cell: Cell): number;
  /** A row with the value of a code. */
  repeat(code: number): void;
  /** What was appended; texts that differ in case alone are one value, spelt as first seen. */
  done(): Encoded;
}

export interface Encoded {
  readonly type: ValueType;
  /** One code a row, and one more at the end for the row that orphans point to: BLANK. */
  readonly codes: Uint32Array;
  readonly values: Dictionary;
  /** The same for whoever wants cells: its dictionary is made when it is asked for. */
  readonly vector: Extract<Vector, { kind: 'dictionary' }>;
}

/** Rows of one piece of the codes while they grow: what is full is never copied until the end. */
const PIECE = 1 << 16;

/**
 * @param expected rows, where that is known
 * @param trimmed whether texts lose their trailing blanks, as they do in Power BI when they are loaded
 */
export function encoderOf(type: ValueType, expected = 1024, trimmed = false): Encoder {
  const isNumeric = type === 'int64' || type === 'double' || type === 'decimal' || type === 'dateTime';
  let values: Values | undefined = isNumeric ? numberValues(type) : type === 'string' ? undefined : cellValues(type, trimmed);
  const full: Uint32Array[] = [];
  let piece = new Uint32Array(Math.min(PIECE, Math.max(16, expected)));
  let used = 0;
  let rows = expected;

  /** Makes room for at least one more row. */
  function widen(): void {
    if (used < PIECE && full.length === 0) {
      const larger = new Uint32Array(Math.min(PIECE, used * 2));
      larger.set(piece);
      piece = larger;
      return;
    }
    full.push(piece);
    piece = new Uint32Array(PIECE);
    used = 0;
  }
  function joined(length: number): Uint32Array {
    const codes = new Uint32Array(length + 1);
    let at = 0;
    for (const it of full) {
      codes.set(it, at);
      at += it.length;
    }
    codes.set(piece.subarray(0, used), at);
    return codes;
  }
  const repeat = (code: number): void => {
    if (used === piece.length) widen();
    piece[used++] = code;
  };
  const code = (cell: Cell): number => (cell === null ? BLANK_CODE : (values ??= cellValues(type, trimmed)).code(cell));

  return {
    expect(count) {
      rows = count;
      // One more for the row that orphans point to. Memory that nothing is written to takes none.
      if (used === 0 && full.length === 0) piece = new Uint32Array(Math.ceil(count * 1.02) + 2);
    },
    code,
    codesOfNumbers: (numbers, count, codes) => (values ??= cellValues(type, trimmed)).codesOfNumbers(numbers, count, codes),
    codesOfTexts: (texts, codes) => (values ??= textValues(trimmed, () => rows)).codesOfTexts(texts, codes),
    append(codes, count) {
      pulseBy(count);
      for (let from = 0; from < count; ) {
        if (used === piece.length) widen();
        const length = Math.min(count - from, piece.length - used);
        piece.set(codes.subarray(from, from + length), used);
        used += length;
        from += length;
      }
    },
    push(cell) {
      pulse();
      const known = code(cell);
      repeat(known);
      return known;
    },
    repeat(known) {
      pulse();
      repeat(known);
    },
    done() {
      const length = full.reduce((acc, it) => acc + it.length, used);
      const fits = full.length === 0 && used < piece.length && used * 1.25 > piece.length;
      const codes = fits ? piece.subarray(0, used + 1) : joined(length);
      full.length = 0;
      const kept = (values ?? cellValues(type, trimmed)).done();
      return { type, codes, values: kept, vector: lazyVector(type, codes.subarray(0, length), kept) };
    },
  };
}

const lazyVector = (type: ValueType, codes: Uint32Array, values: Dictionary): Encoded['vector'] => ({
  kind: 'dictionary', type, codes, size: values.size, length: codes.length,
  get dictionary() {
    return values.cells();
  },
});
