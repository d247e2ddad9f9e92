/**
 * The loops of numeric expressions. Each works on one block of rows, from numbers and marks of BLANK to numbers and marks
 * of BLANK, and does for each row what the operators of values/ do for one cell; a test holds them against those.
 */

/** Rows of a block: the blocks of an expression stay in the cache of the processor. */
export const BLOCK = 1024;

/** A block of values of an expression: numbers, 0 where BLANK; TRUE is 1 and FALSE 0. */
export interface Lane {
  readonly values: Float64Array;
  /** 1 where the value is BLANK; undefined: nowhere. */
  readonly blanks: Uint8Array | undefined;
}

/** Raised where numbers of this kind do not tell the result, as whole numbers beyond what a double holds exactly. */
export class NotPlain extends Error {}

export type Fill = (count: number, out: Float64Array) => void;

export type Compare = '=' | '==' | '<>' | '<' | '<=' | '>' | '>=';

/** NaN comes before every number and equals itself. */
export function compareLoop(operator: Exclude<Compare, '=='>, a: Float64Array, b: Float64Array): Fill {
  switch (operator) {
    case '=': return (count, out) => {
      for (let i = 0; i < count; i++) {
        const [x, y] = [a[i] as number, b[i] as number];
        out[i] = x === y || (x !== x && y !== y) ? 1 : 0;
      }
    };
    case '<>': return (count, out) => {
      for (let i = 0; i < count; i++) {
        const [x, y] = [a[i] as number, b[i] as number];
        out[i] = x === y || (x !== x && y !== y) ? 0 : 1;
      }
    };
    case '<': return (count, out) => lessLoop(a, b, count, out, 1, 0);
    case '>=': return (count, out) => lessLoop(a, b, count, out, 0, 1);
    case '>': return (count, out) => lessLoop(b, a, count, out, 1, 0);
    case '<=': return (count, out) => lessLoop(b, a, count, out, 0, 1);
  }
}

function lessLoop(a: Float64Array, b: Float64Array, count: number, out: Float64Array, yes: number, no: number): void {
  for (let i = 0; i < count; i++) {
    const x = a[i] as number;
    const y = b[i] as number;
    out[i] = x < y || (x !== x && y === y) ? yes : no;
  }
}

export function arithmeticLoop(operator: '+' | '-' | '*' | '/' | '^', a: Float64Array, b: Float64Array): Fill {
  switch (operator) {
    case '+': return (count, out) => {
      for (let i = 0; i < count; i++) out[i] = (a[i] as number) + (b[i] as number);
    };
    case '-': return (count, out) => {
      for (let i = 0; i < count; i++) out[i] = (a[i] as number) - (b[i] as number);
    };
    case '*': return (count, out) => {
      for (let i = 0; i < count; i++) out[i] = (a[i] as number) * (b[i] as number);
    };
    case '/': return (count, out) => {
      for (let i = 0; i < count; i++) out[i] = (a[i] as number) / (b[i] as number);
    };
    case '^': return (count, out) => {
      for (let i = 0; i < count; i++) out[i] = (a[i] as number) ** (b[i] as number);
    };
  }
}

/** Whole numbers that a double holds exactly, and no zero below zero; raises `NotPlain` for others. */
export function wholeOnly(values: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const value = (values[i] as number) + 0;
    if (!(value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER)) throw new NotPlain();
    values[i] = value;
  }
}

/** 1 where a condition holds: neither zero nor BLANK. */
export function truthLoop({ values, blanks }: Lane, count: number, out: Float64Array): void {
  for (let i = 0; i < count; i++) out[i] = values[i] === 0 || (blanks !== undefined && blanks[i] === 1) ? 0 : 1;
}

/** The values of one lane where a condition is 1, of the other where it is 0. */
export function chooseLoop(condition: Float64Array, then: Lane, otherwise: Lane, count: number, out: Float64Array, blanks: Uint8Array | undefined): void {
  const { values: yes } = then;
  const { values: no } = otherwise;
  for (let i = 0; i < count; i++) out[i] = condition[i] === 1 ? (yes[i] as number) : (no[i] as number);
  if (blanks === undefined) return;
  for (let i = 0; i < count; i++) blanks[i] = (condition[i] === 1 ? then.blanks?.[i] : otherwise.blanks?.[i]) ?? 0;
}

/** Marks of BLANK of a result. `both`: BLANK where both sides are; `either`: where one is; `left`: where the first is. */
export function blankLoop(rule: 'both' | 'either' | 'left', a: Uint8Array | undefined, b: Uint8Array | undefined, count: number, out: Uint8Array): void {
  for (let i = 0; i < count; i++) {
    const [x, y] = [a?.[i] ?? 0, b?.[i] ?? 0];
    out[i] = rule === 'both' ? x & y : rule === 'either' ? x | y : x;
  }
}

/** A BLANK is held as 0, so that it counts as 0 wherever it stands beside a number. */
export function zeroBlanks(values: Float64Array, blanks: Uint8Array, count: number): void {
  for (let i = 0; i < count; i++) if (blanks[i] === 1) values[i] = 0;
}
