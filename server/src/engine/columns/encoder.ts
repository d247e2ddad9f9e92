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
  push(cell: Cell): number;
  readonly promise: () => number;
  readonly keep: (texts: readonly string[]) => void;
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
  /** Codes of values but texts, and of texts by their key once two spellings may be one value. */
  const byKey = new Map<unknown, number>();
  /** Most texts come more than once, so their key is made once for each spelling. */
  const bySpelling = new Map<string, number>();
  /** While all texts are in small letters, every spelling is a value of its own and its own key. */
  let spellings = true;
  /** Texts were promised that `bySpelling` does not list: it does once another text asks. */
  let unlisted = false;

  const codeOfNew = (cell: Exclude<Cell, null>): number => {
    const key = isFailure(cell) ? cell : valueKey(cell, type);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    byKey.set(key, dictionary.length);
    return dictionary.push(cell) - 1;
  };

  const codeOfText = (text: string): number => {
    if (unlisted) {
      unlisted = false;
      dictionary.forEach((it, code) => {
        if (typeof it === 'string') bySpelling.set(it, code);
      });
    }
    const known = bySpelling.get(text);
    if (known !== undefined) return known;
    const own = trimmed && text.endsWith(' ') ? text.replace(/ +$/, '') : text;
    const code = spellings && type === 'string' && own === text && inSmallLetters.test(text) ? dictionary.push(text) - 1 : codeOfOther(own);
    bySpelling.set(text, code);
    return code;
  };

  const codeOfOther = (text: string): number => {
    if (spellings) {
      spellings = false;
      dictionary.forEach((it, code) => {
        if (typeof it === 'string') byKey.set(valueKey(it, type), code);
      });
    }
    return codeOfNew(text);
  };

  const append = (code: number): number => {
    if (length === codes.length) {
      const larger = new Uint32Array(length * 2);
      larger.set(codes);
      codes = larger;
    }
    codes[length++] = code;
    return code;
  };

  return {
    push(cell) {
      pulse();
      return append(cell === null ? BLANK_CODE : typeof cell === 'string' ? codeOfText(cell) : codeOfNew(cell));
    },
    repeat(known) {
      pulse();
      append(known);
    },
    promise() {
      pulse();
      return append(dictionary.push('') - 1);
    },
    keep(texts) {
      texts.forEach((text, i) => {
        pulse();
        dictionary[i + 1] = text;
      });
      unlisted = true;
    },
    done() {
      bySpelling.clear();
      byKey.clear();
      // One more code, BLANK, for the row that orphans point to: the column is stored over the same memory.
      const whole = codes.slice(0, length + 1);
      const all = whole.length > length ? whole : new Uint32Array(length + 1);
      if (all !== whole) all.set(whole);
      all[length] = BLANK_CODE;
      codes = all;
      return { vector: dictionaryVector(type, all.subarray(0, length), dictionary), codeOf: codesOf(type, dictionary) };
    },
  };
}

/** Texts of which no two are equal but for their case. */
const inSmallLetters = /^[ -@[-~]*$/;

/** Looks values up. Few columns are asked for any, so the way from values to codes is made when the first is. */
function codesOf(type: ValueType, dictionary: readonly Cell[]): Encoded['codeOf'] {
  let byKey: Map<unknown, number> | undefined;
  const made = (): Map<unknown, number> => {
    const codes = new Map<unknown, number>();
    for (let code = 1; code < dictionary.length; code++) {
      const cell = dictionary[code] ?? null;
      codes.set(isFailure(cell) ? cell : valueKey(cell, type), code);
    }
    return codes;
  };
  return (cell) => (cell === null ? BLANK_CODE : ((byKey ??= made()).get(isFailure(cell) ? cell : valueKey(cell, type)) ?? -1));
}
