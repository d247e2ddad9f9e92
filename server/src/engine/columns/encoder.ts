/** Values on their way into a column: each distinct value is kept once, while rows are read. */
import type { ColumnSink } from '../../formats/table/types.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { isFailure } from '../values/cells.ts';
import { pulse } from '../pulse.ts';
import { valueKey } from '../values/compare.ts';
import { dictionaryVector, type Vector } from '../values/vector.ts';

/** Code of BLANK in every column, whether a row has it or not. */
export const BLANK_CODE = 0;

export interface Encoder extends ColumnSink {
  push(cell: Cell): void;
  /** What was pushed; texts that differ in case alone are one value, spelt as first seen. */
  done(): Encoded;
}

export interface Encoded {
  readonly vector: Extract<Vector, { kind: 'dictionary' }>;
  /** Code of a value of the column's type; -1 when there is no such value. */
  codeOf(cell: Cell): number;
}

/** @param trimmed whether texts lose their trailing blanks, as they do in Power BI when they are loaded */
export function encoderOf(type: ValueType, expected = 1024, trimmed = false): Encoder {
  let codes = new Uint32Array(Math.max(16, expected));
  let length = 0;
  const dictionary: Cell[] = [null];
  const byKey = new Map<unknown, number>();
  const bySpelling = new Map<string, number>();

  const codeOfNew = (cell: Exclude<Cell, null>): number => {
    const key = isFailure(cell) ? cell : valueKey(cell, type);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    byKey.set(key, dictionary.length);
    return dictionary.push(cell) - 1;
  };

  /** Most texts come more than once, so their key is made once for each spelling. */
  const codeOfText = (text: string): number => {
    const known = bySpelling.get(text);
    if (known !== undefined) return known;
    const code = codeOfNew(trimmed && text.endsWith(' ') ? text.replace(/ +$/, '') : text);
    bySpelling.set(text, code);
    return code;
  };

  return {
    push(cell) {
      pulse();
      if (length === codes.length) {
        const larger = new Uint32Array(length * 2);
        larger.set(codes);
        codes = larger;
      }
      codes[length++] = cell === null ? BLANK_CODE : typeof cell === 'string' ? codeOfText(cell) : codeOfNew(cell);
    },
    done() {
      bySpelling.clear();
      return {
        vector: dictionaryVector(type, codes.slice(0, length), dictionary),
        codeOf: (cell) => (cell === null ? BLANK_CODE : (byKey.get(valueKey(cell, type)) ?? -1)),
      };
    },
  };
}
