/** Mathematical functions over values that are at hand: powers, logarithms, divisors, and MIN and MAX of two values. */
import type { Cell, ValueType } from '../../plan/values.ts';
import { daxError, isFailure } from '../values/cells.ts';
import { compareForOrder } from '../values/compare.ts';
import { int64, isEndless } from '../values/numbers.ts';
import { commonType, isNumeric, typeName } from '../values/types.ts';
import { cast, castCell, constant, map1, map2, typed } from '../values/vector.ts';
import { argument, eachRow, numberOf, type Call, type Evaluator, type TypedValue } from './evaluator.ts';
import { ofNumber } from './trigonometry.ts';

/** The smaller or larger of two values. BLANK counts as zero; two BLANKs are BLANK. */
const extreme = (sign: 1 | -1): Evaluator => (args, call) => {
  const a = argument(args, 0, call);
  const b = argument(args, 1, call);
  const type = commonType(a.type, b.type);
  if (type === 'boolean' || (type === 'variant' && a.type !== 'variant' && b.type !== 'variant' && !together(a.type, b.type))) {
    const error = daxError('comparison-types', { left: typeName(a.type), right: typeName(b.type) }, call.at);
    return constant('blank', error, call.length);
  }
  return map2(cast(a, type), cast(b, type), type, (x, y): Cell => {
    if (x === null && y === null) return null;
    const left = x ?? zeroOf(type);
    const right = y ?? zeroOf(type);
    return compareForOrder(left, type, right, type) * sign >= 0 ? left : right;
  });
};

const together = (a: ValueType, b: ValueType): boolean => (isNumeric(a) || a === 'dateTime') && (isNumeric(b) || b === 'dateTime');

const zeroOf = (type: ValueType): Cell => (type === 'string' ? '' : type === 'variant' ? castCell(0, 'int64', 'variant') : 0);

const outOfRange = (name: string, detail: string, call: Call): Cell => daxError('argument-out-of-range', { function: name, detail }, call.at);

/** A number without its sign, in its own type. */
const abs: Evaluator = (args, call) => {
  const value = argument(args, 0, call);
  const type: ValueType = value.type === 'string' ? 'double' : value.type === 'boolean' ? 'int64' : value.type === 'dateTime' ? 'double' : value.type;
  return map1(value, type, (cell) => {
    const it = typed(cell, value.type);
    if (it.value === null) return null;
    if (typeof it.value === 'bigint') return int64(it.value < 0n ? -it.value : it.value) ?? daxError('overflow', { function: 'ABS' }, call.at);
    if (typeof it.value === 'number') return castCell(Math.abs(it.value), it.type, type);
    const x = numberOf(it, call);
    return typeof x === 'number' ? castCell(Math.abs(x), it.type === 'boolean' ? 'int64' : 'double', type) : x;
  });
};

/** POWER: BLANK to a power is BLANK, a BLANK power counts as zero; zero to the power of zero has no result. */
const power: Evaluator = (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call)], call, 'double', (base, exponent) => {
  const x = numberOf(base, call);
  if (typeof x !== 'number') return x;
  const y = numberOf(exponent, call);
  if (isFailure(y)) return y;
  if (x === 0 && (y ?? 0) === 0) return outOfRange('POWER', 'zero to the power of zero', call);
  const result = x ** (y ?? 0);
  return Number.isFinite(result) ? result + 0 : outOfRange('POWER', `${x} to the power of ${y ?? 0}`, call);
});

const log: Evaluator = (args, call) => {
  const value = argument(args, 0, call);
  const base = args[1];
  return eachRow(base === null || base === undefined ? [value] : [value, base], call, 'double', (it, to) => {
    const x = numberOf(it, call);
    if (isFailure(x)) return x;
    const b = to === undefined ? 10 : numberOf(to, call);
    if (isFailure(b)) return b;
    if ((x ?? 0) <= 0 || (b ?? 0) <= 0 || b === 1) return outOfRange('LOG', `${x ?? 0} to the base ${b ?? 0}`, call);
    return b === 10 ? Math.log10(x as number) : b === 2 ? Math.log2(x as number) : Math.log(x as number) / Math.log(b as number);
  });
};

/** A function of two whole numbers that are not negative; fractions are cut off. */
const ofWhole = (name: string, f: (a: bigint, b: bigint) => bigint): Evaluator => (args, call) =>
  eachRow([argument(args, 0, call), argument(args, 1, call)], call, 'int64', (...pair) => {
    if (pair.every((it) => it.value === null)) return null;
    const values: bigint[] = [];
    for (const it of pair) {
      const x = exactOf(it, call);
      if (isFailure(x)) return x;
      if (x < 0) return outOfRange(name, 'a number is negative', call);
      if (typeof x === 'number' && !Number.isFinite(x)) return outOfRange(name, 'a number is not finite', call);
      values.push(typeof x === 'bigint' ? x : BigInt(Math.trunc(x)));
    }
    return int64(f(values[0] ?? 0n, values[1] ?? 0n)) ?? daxError('overflow', { function: name }, call.at);
  });

/** A whole number as it is, all else as a double; BLANK as zero. */
function exactOf(it: TypedValue, call: Call): number | bigint | Extract<ReturnType<typeof numberOf>, object> {
  if (it.type === 'int64' && typeof it.value === 'bigint') return it.value;
  const x = numberOf(it, call);
  return x ?? 0;
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** MOD: what a division leaves, with the sign of the divisor. */
const mod: Evaluator = (args, call) => {
  const number = argument(args, 0, call);
  const divisor = argument(args, 1, call);
  const type = remainderType(number.type, divisor.type);
  return eachRow([number, divisor], call, type, (it, by) => {
    const exact = exactRemainder(it, by, type);
    if (exact !== undefined) return exact;
    const x = numberOf(it, call);
    if (isFailure(x)) return x;
    const n = numberOf(by, call);
    if (isFailure(n)) return n;
    if ((n ?? 0) === 0) return daxError('division-by-zero', {}, call.at);
    if (x === null) return null;
    if (!Number.isFinite(x) || !Number.isFinite(n as number)) return outOfRange('MOD', 'a number is not finite', call);
    const rest = x % (n as number);
    return rest !== 0 && rest < 0 !== (n as number) < 0 ? rest + (n as number) : rest + 0;
  });
};

/** Whole numbers leave whole ones; a fixed decimal number leaves one beside another or a whole one. */
const remainderType = (a: ValueType, b: ValueType): ValueType => {
  const kind = (type: ValueType): ValueType => (type === 'int64' || type === 'boolean' || type === 'blank' ? 'int64' : type === 'decimal' ? 'decimal' : 'double');
  return commonType(kind(a), kind(b));
};

function exactRemainder(it: TypedValue, by: TypedValue, type: ValueType): Cell | undefined {
  if (type === 'double' || it.value === null || by.value === null || isEndless(it.value) || isEndless(by.value)) return undefined;
  const scaled = (value: TypedValue): bigint => {
    const whole = BigInt(value.value as number | bigint | boolean);
    return type === 'decimal' && value.type !== 'decimal' ? whole * 10_000n : whole;
  };
  const divisor = scaled(by);
  if (divisor === 0n) return undefined;
  const rest = scaled(it) % divisor;
  return int64(rest !== 0n && rest < 0n !== divisor < 0n ? rest + divisor : rest) ?? null;
}

/** QUOTIENT: the whole part of a division. */
const quotient: Evaluator = (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call)], call, 'int64', (it, by) => {
  const x = exactOf(it, call);
  if (isFailure(x)) return x;
  const n = exactOf(by, call);
  if (isFailure(n)) return n;
  if (n === 0) return daxError('division-by-zero', {}, call.at);
  if (it.value === null) return null;
  if (typeof x === 'bigint' || typeof n === 'bigint') {
    return Number.isInteger(Number(x)) && Number.isInteger(Number(n)) ? (int64(BigInt(x) / BigInt(n)) ?? null) : Math.trunc(Number(x) / Number(n)) + 0;
  }
  const whole = Math.trunc(x / n);
  return Number.isSafeInteger(whole) ? whole + 0 : daxError('overflow', { function: 'QUOTIENT' }, call.at);
});

/** FACT: fractions are cut off; from 171 on no double holds it. */
const fact: Evaluator = (args, call) => eachRow([argument(args, 0, call)], call, 'double', (it) => {
  const x = numberOf(it, call);
  if (isFailure(x)) return x;
  const n = Math.trunc(x ?? 0);
  if (!(n >= 0 && n <= 170)) return outOfRange('FACT', `${x ?? 0}`, call);
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return product;
});

/** The function pages of each; BLANK as Power BI Desktop shows it of ABS, SIGN, POWER and LOG. */
export const math = {
  ABS: abs,
  EXP: ofNumber('EXP', Math.exp),
  FACT: fact,
  GCD: ofWhole('GCD', gcd),
  LCM: ofWhole('LCM', (a, b) => (a === 0n || b === 0n ? 0n : (a / gcd(a, b)) * b)),
  LN: ofNumber('LN', (x) => (x > 0 ? Math.log(x) : NaN)),
  LOG: log,
  LOG10: ofNumber('LOG10', (x) => (x > 0 ? Math.log10(x) : NaN)),
  MAX: extreme(1),
  MIN: extreme(-1),
  MOD: mod,
  PI: (_, call) => constant('double', Math.PI, call.length),
  POWER: power,
  QUOTIENT: quotient,
  SIGN: (args, call) => eachRow([argument(args, 0, call)], call, 'int64', (it) => {
    const x = numberOf(it, call);
    return typeof x === 'number' ? Math.sign(x) + 0 : x;
  }),
  SQRT: ofNumber('SQRT', Math.sqrt),
  SQRTPI: ofNumber('SQRTPI', (x) => Math.sqrt(x * Math.PI)),
} satisfies Record<string, Evaluator>;
