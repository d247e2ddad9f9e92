/** Distinct numbers: an open table of codes over one array of doubles; the few values that are no plain numbers stand beside. */
import { eachText } from '../../formats/table/types.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { pulse, pulseBy } from '../pulse.ts';
import { isFailure } from '../values/cells.ts';
import { valueKey } from '../values/compare.ts';
import { BLANK_CODE, type Dictionary, type Numbers, type Values } from './dictionary.ts';

/** A chain longer than this is no chance: then a Map tells numbers apart. */
const LONGEST = 128;

const oddRandom = (): number => Math.trunc(Math.random() * 0x1_0000_0000) | 1;
const lowFactor = oddRandom();
const highFactor = oddRandom();

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** High bits that depend on all bits; whole numbers of 32 bits by themselves, which is quicker. */
function hashOf(value: number): number {
  if ((value | 0) === value) return Math.imul(value, lowFactor);
  double[0] = value;
  const low = Math.imul(halves[0] as number, lowFactor);
  const high = Math.imul((halves[1] as number) ^ (low >>> 15), highFactor);
  return Math.imul(low ^ high ^ (high >>> 16), lowFactor);
}

export function numberValues(type: ValueType): Values {
  let values = new Float64Array(64).fill(Number.NaN, 0, 1);
  let size = 1;
  /** Codes by hash, by linear probing; 0 where there is none. */
  let table = new Int32Array(128);
  let shift = 32 - 7;
  let crowded: Map<number, number> | undefined;
  const others = new Map<unknown, number>();
  const cells = new Map<number, Cell>();

  function add(value: number): number {
    if (size === values.length) {
      const larger = new Float64Array(size * 2);
      larger.set(values);
      values = larger;
    }
    values[size] = value;
    return size++;
  }

  function grow(): void {
    // A table that the cache does not hold grows slowly.
    shift -= size < 1 << 13 ? 2 : 1;
    table = tableOf(values, size, shift);
  }

  function codeOfNumber(value: number): number {
    if (crowded !== undefined || Number.isNaN(value)) return codeByMap(value);
    const mask = table.length - 1;
    let slot = hashOf(value) >>> shift;
    for (let left = LONGEST; left > 0; left--) {
      const code = table[slot] as number;
      if (code === 0) {
        const added = add(value);
        table[slot] = added;
        if (added * 2 > table.length) grow();
        return added;
      }
      if (values[code] === value) return code;
      slot = (slot + 1) & mask;
    }
    return codeByMap(value);
  }

  function codeByMap(value: number): number {
    if (Number.isNaN(value)) return codeOfOther(value);
    if (crowded === undefined) {
      crowded = new Map();
      for (let code = 1; code < size; code++) if (!cells.has(code)) crowded.set(values[code] as number, code);
    }
    const known = crowded.get(value);
    if (known !== undefined) return known;
    const added = add(value);
    crowded.set(value, added);
    return added;
  }

  function codeOfOther(cell: Exclude<Cell, null>): number {
    const key = isFailure(cell) ? cell : valueKey(cell, type);
    const known = others.get(key);
    if (known !== undefined) return known;
    // No number is looked for at its place: NaN equals nothing.
    const added = add(Number.NaN);
    others.set(key, added);
    cells.set(added, cell);
    return added;
  }

  return {
    codesOfNumbers(numbers, count, codes) {
      // All places are looked at first: so the memory is asked for many of them at a time.
      lookAll(table, shift, numbers, count, codes);
      let known = values;
      for (let i = 0; i < count; i++) {
        const value = numbers[i] as number;
        if (known[codes[i] as number] === value) continue;
        codes[i] = Number.isNaN(value) ? BLANK_CODE : codeOfNumber(value);
        known = values;
      }
    },
    code: (cell) => (typeof cell === 'number' ? codeOfNumber(cell) : codeOfOther(cell)),
    codesOfTexts: (texts, codes) => eachText(texts, codes, codeOfOther),
    done() {
      const kept = values.slice(0, size);
      kept[BLANK_CODE] = 0;
      return numberDictionary(type, kept, cells, others, crowded);
    },
  };
}

/** The codes at the places of numbers, whether they are theirs or not. */
function lookAll(table: Int32Array, shift: number, numbers: Float64Array, count: number, codes: Uint32Array): void {
  for (let i = 0; i < count; i++) codes[i] = table[hashOf(numbers[i] as number) >>> shift] as number;
}

function tableOf(values: Float64Array, size: number, shift: number): Int32Array<ArrayBuffer> {
  const table = new Int32Array(2 ** (32 - shift));
  const mask = table.length - 1;
  for (let code = 1; code < size; code++) {
    const value = values[code] as number;
    if (Number.isNaN(value)) continue;
    let slot = hashOf(value) >>> shift;
    while (table[slot] !== 0) slot = (slot + 1) & mask;
    table[slot] = code;
  }
  return table;
}

/** @param cells what is no plain number, by code; and the same the other way round in `others` */
function numberDictionary(
  type: ValueType, values: Float64Array, cells: ReadonlyMap<number, Cell>, others: ReadonlyMap<unknown, number>, crowded: ReadonlyMap<number, number> | undefined,
): Dictionary {
  let made: readonly Cell[] | undefined;
  let table: Int32Array | undefined;
  let numbers: Numbers | undefined;
  const find = (value: number): number => {
    if (crowded !== undefined) return crowded.get(value) ?? -1;
    const shift = Math.clz32(values.length);
    table ??= tableOf(values, values.length, shift - 1);
    const mask = table.length - 1;
    for (let slot = hashOf(value) >>> (shift - 1); ; slot = (slot + 1) & mask) {
      const code = table[slot] as number;
      if (code === 0) return -1;
      if (values[code] === value && !cells.has(code)) return code;
    }
  };
  const cellsMade = (): readonly Cell[] => {
    pulseBy(values.length);
    const list: Cell[] = Array.from(values);
    list[BLANK_CODE] = null;
    for (const [code, cell] of cells) list[code] = cell;
    return list;
  };
  return {
    size: values.length,
    cells: () => (made ??= cellsMade()),
    codeOf(cell) {
      if (cell === null) return BLANK_CODE;
      if (typeof cell === 'number' && !Number.isNaN(cell)) return find(cell);
      return others.get(isFailure(cell) ? cell : valueKey(cell, type)) ?? -1;
    },
    codeOfNumber: find,
    codesIn(other) {
      if (other.codeOfNumber === undefined || cells.size > 0) return undefined;
      const codes = new Int32Array(values.length);
      for (let code = 1; code < values.length; code++) {
        pulse();
        codes[code] = other.codeOfNumber(values[code] as number);
      }
      return codes;
    },
    numbers() {
      if (numbers !== undefined) return numbers;
      const counted = new Uint8Array(values.length).fill(1);
      counted[BLANK_CODE] = 0;
      // What is no number is NaN among the values, so that no number is found at its place.
      const plain = cells.size === 0 ? values : values.slice();
      let greatest = 0;
      for (let code = 1; code < values.length; code++) if (!cells.has(code)) greatest = Math.max(greatest, Math.abs(values[code] as number));
      for (const [code, cell] of cells) {
        if (typeof cell === 'number' || typeof cell === 'bigint') greatest = Number.POSITIVE_INFINITY;
        if (typeof cell !== 'number') {
          counted[code] = 0;
          plain[code] = 0;
        }
      }
      numbers = { values: plain, counted, greatest };
      return numbers;
    },
    spoiled: [...cells.values()].some(isFailure),
  };
}
