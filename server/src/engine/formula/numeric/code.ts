/**
 * Numeric expressions as one loop: code is made of the operators below and of the places of values and constants, never of
 * text that somebody wrote, and kept by its shape. Where the host allows no code to be made, the loops of each part are
 * run one after the other, with the same results.
 */
import { NotPlain } from './loops.ts';
import type { Compiled } from './compile.ts';
import type { PlainValues } from './lanes.ts';

/** An expression of code: of a number, or of TRUE and FALSE for a compiled expression of that type. */
export interface Code {
  readonly text: string;
  /** Whether its value is a number, and never NaN. */
  readonly isNumber: boolean;
}

/** A value of the row by the place of its leaf. */
export const leafCode = ({ type, isNumber }: PlainValues, place: number): Code => ({ text: type === 'boolean' ? `(x${place} === 1)` : `x${place}`, isNumber });

/** A constant by its place. */
export const constantCode = (value: number, place: number): Code => ({ text: `k${place}`, isNumber: !Number.isNaN(value) });

export function arithmeticCode(operator: '+' | '-' | '*' | '/' | '^', isWhole: boolean, a: Code | undefined, b: Code | undefined): Code | undefined {
  if (a === undefined || b === undefined) return undefined;
  const text = `(${a.text} ${operator === '^' ? '**' : operator} ${b.text})`;
  return isWhole ? { text: `whole${text}`, isNumber: true } : { text, isNumber: false };
}

const signs = { '=': '===', '<>': '!==', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;
const names = { '=': 'equal', '<>': '!equal', '<': 'less', '<=': '!more', '>': 'more', '>=': '!less' } as const;

export function comparisonCode(operator: keyof typeof signs, a: Code | undefined, b: Code | undefined): Code | undefined {
  if (a === undefined || b === undefined) return undefined;
  return { text: a.isNumber && b.isNumber ? `(${a.text} ${signs[operator]} ${b.text})` : `(${names[operator]}(${a.text}, ${b.text}))`, isNumber: true };
}

/** Whether a value counts as TRUE. */
const truth = ({ type, code, blanks }: Compiled): string | undefined => (code === undefined || blanks !== undefined ? undefined : type === 'boolean' ? code.text : `(${code.text} !== 0)`);

export function notCode(a: Compiled): Code | undefined {
  const text = truth(a);
  return text === undefined ? undefined : { text: `(!${text})`, isNumber: true };
}

export function connectionCode(op: 'and' | 'or', a: Compiled, b: Compiled): Code | undefined {
  const [left, right] = [truth(a), truth(b)];
  return left === undefined || right === undefined ? undefined : { text: `(${left} ${op === 'and' ? '&&' : '||'} ${right})`, isNumber: true };
}

export function choiceCode(condition: Compiled, then: Compiled, otherwise: Compiled): Code | undefined {
  const test = truth(condition);
  if (test === undefined || then.code === undefined || otherwise.code === undefined || (then.blanks ?? otherwise.blanks) !== undefined) return undefined;
  return { text: `(${test} ? ${then.code.text} : ${otherwise.code.text})`, isNumber: then.code.isNumber && otherwise.code.isNumber };
}

type Kernel = (from: number, count: number, out: Float64Array, values: readonly Float64Array[], codes: readonly (Uint32Array | undefined)[], constants: readonly number[]) => void;

const kernels = new Map<string, Kernel>();

/** So many shapes are kept. */
const MOST_KERNELS = 500;

let isForbidden = false;

/** The loop over rows of an expression; undefined where the host allows none. */
export function kernelOf(root: Compiled, leaves: readonly PlainValues[], constants: readonly number[]): ((from: number, count: number, out: Float64Array) => void) | undefined {
  if (root.code === undefined || isForbidden) return undefined;
  const shape = `${leaves.map((it) => (it.codes === undefined ? 'v' : 'c')).join('')}${constants.length} ${root.type === 'boolean' ? `${root.code.text} ? 1 : 0` : root.code.text}`;
  let kernel = kernels.get(shape);
  if (kernel === undefined) {
    kernel = makeKernel(root.type === 'boolean' ? `(${root.code.text} ? 1 : 0)` : root.code.text, leaves, constants.length);
    if (kernel === undefined) return undefined;
    if (kernels.size === MOST_KERNELS) kernels.clear();
    kernels.set(shape, kernel);
  }
  const made = kernel;
  const values = leaves.map((it) => it.values);
  const codes = leaves.map((it) => it.codes);
  return (from, count, out) => made(from, count, out, values, codes, constants);
}

function makeKernel(text: string, leaves: readonly PlainValues[], constants: number): Kernel | undefined {
  const lines = [
    ...leaves.flatMap((it, place) => [`const v${place} = values[${place}];`, ...(it.codes === undefined ? [] : [`const c${place} = codes[${place}];`])]),
    ...Array.from({ length: constants }, (_, place) => `const k${place} = constants[${place}];`),
    'for (let i = 0, row = from; i < count; i++, row++) {',
    ...leaves.map((it, place) => `const x${place} = v${place}[${it.codes === undefined ? 'row' : `c${place}[row]`}];`),
    `out[i] = ${text};`,
    '}',
  ];
  try {
    // eslint-disable-next-line no-new-func -- made of operators and places alone
    const make = new Function('whole', 'equal', 'less', 'more', `"use strict"; return (from, count, out, values, codes, constants) => {\n${lines.join('\n')}\n};`) as (...helpers: readonly unknown[]) => Kernel;
    return make(whole, equal, less, more);
  } catch {
    isForbidden = true;
    return undefined;
  }
}

function whole(value: number): number {
  if (!(value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER)) throw new NotPlain();
  return value + 0;
}

// NaN comes before every number and equals itself.
const equal = (x: number, y: number): boolean => x === y || (x !== x && y !== y);
const less = (x: number, y: number): boolean => x < y || (x !== x && y === y);
const more = (x: number, y: number): boolean => x > y || (x === x && y !== y);
