/** Distinct values of any kind as cells. */
import { eachText } from '../../formats/table/types.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { isFailure } from '../values/cells.ts';
import { valueKey } from '../values/compare.ts';
import { BLANK_CODE, cellDictionary, type Values } from './dictionary.ts';

/** @param trimmed whether texts lose their trailing blanks, as they do in Power BI when they are loaded */
export function cellValues(type: ValueType, trimmed: boolean): Values {
  const cells: Cell[] = [null];
  /** Codes of values but texts, and of texts by their key once two spellings may be one value. */
  const byKey = new Map<unknown, number>();
  /** Most texts come more than once, so their key is made once for each spelling. */
  const bySpelling = new Map<string, number>();
  /** While all texts are in small letters, every spelling is a value of its own and its own key. */
  let spellings = true;

  const codeOfNew = (cell: Exclude<Cell, null>): number => {
    const key = isFailure(cell) ? cell : valueKey(cell, type);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    byKey.set(key, cells.length);
    return cells.push(cell) - 1;
  };

  const codeOfOtherText = (text: string): number => {
    if (spellings) {
      spellings = false;
      cells.forEach((it, code) => {
        if (typeof it === 'string') byKey.set(valueKey(it, type), code);
      });
    }
    return codeOfNew(text);
  };

  const codeOfString = (text: string): number => {
    const known = bySpelling.get(text);
    if (known !== undefined) return known;
    const own = trimmed && text.endsWith(' ') ? text.replace(/ +$/, '') : text;
    const code = spellings && type === 'string' && own === text && inSmallLetters.test(text) ? cells.push(text) - 1 : codeOfOtherText(own);
    bySpelling.set(text, code);
    return code;
  };

  return {
    code: (cell) => (typeof cell === 'string' ? codeOfString(cell) : codeOfNew(cell)),
    codesOfNumbers(values, count, codes) {
      for (let i = 0; i < count; i++) codes[i] = Number.isNaN(values[i]) ? BLANK_CODE : codeOfNew(values[i] as number);
    },
    codesOfTexts: (texts, codes) => eachText(texts, codes, codeOfString),
    done: () => cellDictionary(type, cells),
  };
}

/** Texts of which no two are equal but for their case. */
const inSmallLetters = /^[ -@[-~]*$/;
