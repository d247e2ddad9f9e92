/**
 * Distinct texts as UTF-8 bytes, one after the other, found by a hash of their bytes: no string is made while a file is
 * read. Texts that differ in case alone are one value, spelt as first seen; ASCII letters are folded where they stand,
 * other texts go by their key.
 */
import type { Cell } from '../../plan/values.ts';
import { pulse, pulseBy } from '../pulse.ts';
import { textKey } from '../values/text.ts';
import { byteKeys } from './byteKeys.ts';
import { BLANK_CODE, type Dictionary, type Numbers, type Values } from './dictionary.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
const encoder = new TextEncoder();

/**
 * @param trimmed whether texts lose their trailing blanks, as they do in Power BI when they are loaded
 * @param expected how many rows there will be, as far as that is known
 */
export function textValues(trimmed: boolean, expected: () => number): Values {
  const keys = byteKeys(expected);
  /** Texts beyond ASCII: by their bytes, and by their key. */
  const spellings = new Map<string, number>();
  const odd = new Map<string, number>();
  /** All texts by their key, once one beyond ASCII equals one within it, or bytes are made to collide. */
  let all: Map<string, number> | undefined;

  /** Code of a text that is not ASCII, or of any once all go by their key; -1 when it is not UTF-8. */
  function codeOfOther(bytes: Uint8Array, from: number, to: number): number {
    let text: string;
    try {
      text = decoder.decode(bytes.subarray(from, to));
    } catch {
      return -1;
    }
    const known = spellings.get(text);
    if (known !== undefined) return known;
    const key = textKey(text);
    if (all === undefined && isAscii(key)) {
      all = keysOf(keys.texts(), odd);
      keys.close();
    }
    const byKey = all ?? odd;
    let code = byKey.get(key);
    if (code === undefined) {
      code = keys.add(bytes, from, to);
      byKey.set(key, code);
    }
    spellings.set(text, code);
    return code;
  }

  return {
    codesOfTexts: (texts, codes) => keys.codes(texts, trimmed, codes, codeOfOther),
    codesOfNumbers: (values) => {
      throw new Error(`${values[0] ?? 'nothing'} among texts`);
    },
    code(cell) {
      if (typeof cell !== 'string') throw new Error('no text among texts');
      const bytes = encoder.encode(cell);
      const code = new Uint32Array(1);
      keys.codes({ bytes, view: new DataView(bytes.buffer), from: Int32Array.of(0), to: Int32Array.of(bytes.length), first: 0, step: 1, count: 1 }, trimmed, code, codeOfOther);
      return code[0] as number;
    },
    done() {
      spellings.clear();
      return textDictionary(keys.done(), odd, all);
    },
  };
}

function keysOf(texts: readonly string[], odd: ReadonlyMap<string, number>): Map<string, number> {
  const all = new Map(odd);
  texts.forEach((text, index) => {
    if (isAscii(text)) all.set(textKey(text), index + 1);
  });
  return all;
}

/** Texts whose codes are remembered. */
const MOST_ASKED = 4096;

function textDictionary(keys: ReturnType<ReturnType<typeof byteKeys>['done']>, odd: ReadonlyMap<string, number>, all: ReadonlyMap<string, number> | undefined): Dictionary {
  const size = keys.count + 1;
  let made: readonly Cell[] | undefined;
  let numbers: Numbers | undefined;
  /** Filters ask for the same few texts again and again. */
  const asked = new Map<string, number>();
  const find = (key: string): number => {
    if (all !== undefined) return all.get(key) ?? -1;
    if (!isAscii(key)) return odd.get(key) ?? -1;
    const bytes = encoder.encode(key);
    return keys.find(bytes, new DataView(bytes.buffer), 0, bytes.length);
  };
  return {
    size,
    cells() {
      pulseBy(size);
      return (made ??= [null, ...keys.texts()]);
    },
    codeOf(cell) {
      pulse();
      if (cell === null) return BLANK_CODE;
      if (typeof cell !== 'string') return -1;
      let code = asked.get(cell);
      if (code === undefined) {
        code = find(textKey(cell));
        if (asked.size < MOST_ASKED) asked.set(cell, code);
      }
      return code;
    },
    ...(odd.size === 0 && all === undefined ? { texts: keys } : {}),
    codesIn: (other) => (odd.size === 0 && all === undefined && other.texts !== undefined ? keys.codesIn(other.texts) : undefined),
    numbers: () => (numbers ??= { values: new Float64Array(size), counted: new Uint8Array(size), greatest: 0 }),
    spoiled: false,
  };
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
