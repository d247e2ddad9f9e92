/**
 * Rounding. Whole numbers stay whole, fixed decimal numbers stay fixed, all else is a double.
 *
 * Doubles are rounded by their shortest decimal digits: 1.005 is half-way between two cents, although no double is
 * exactly that. BLANK stays BLANK, as for every function that is zero at zero.
 */
import type { Cell, ValueType } from '../../plan/values.ts';
import { daxError, isFailure, type Failure } from '../values/cells.ts';
import { DECIMAL_SCALE, int64, isEndless, roundHalfAway } from '../values/numbers.ts';
import { castCell, map1, typed, type Vector } from '../values/vector.ts';
import { argument, eachRow, numberOf, wholeOf, type Call, type Evaluator, type TypedValue } from './evaluator.ts';

type Direction = 'nearest' | 'up' | 'down';

/** ROUND, ROUNDUP (away from zero), ROUNDDOWN and TRUNC (towards zero); the digits are whole, negative ones left of the point. */
const toDigits = (name: string, direction: Direction): Evaluator => (args, call) => {
  const value = argument(args, 0, call);
  const type = keptType(value.type);
  return eachRow([value, argument(args, 1, call)], call, type, (it, digits) => {
    if (it.value === null) return null;
    const places = wholeOf(digits, call);
    if (isFailure(places)) return places;
    const kept = keptType(it.type);
    const result = kept === 'double' ? roundDouble(name, it, places, direction, call) : roundExact(name, it, places, direction, call);
    return isFailure(result) ? result : castCell(result, kept, type);
  });
};

/** The type of a rounded value. */
const keptType = (type: ValueType): ValueType => (type === 'int64' || type === 'decimal' || type === 'variant' ? type : type === 'boolean' ? 'int64' : 'double');

function roundDouble(name: string, it: TypedValue, digits: number, direction: Direction, call: Call): Cell {
  const x = numberOf(it, call);
  if (typeof x !== 'number') return x;
  if (!Number.isFinite(x)) return daxError('argument-out-of-range', { function: name, detail: 'the number is not finite' }, call.at);
  if (digits > 300 || x === 0) return x;
  if (digits < -308) return direction === 'up' ? daxError('overflow', { function: name }, call.at) : 0;
  const scaled = shift(x, digits);
  if (!Number.isFinite(scaled) || Math.abs(scaled) >= 2 ** 53) return x;
  const whole = direction === 'nearest' ? roundHalfAway(scaled) : direction === 'up' ? Math.sign(scaled) * Math.ceil(Math.abs(scaled)) : Math.trunc(scaled);
  return shift(whole, -digits) + 0;
}

/** x times ten to a power, by way of its digits where that is exact. */
function shift(x: number, power: number): number {
  const [mantissa = '0', exponent = '0'] = x.toExponential().split('e');
  return Number(`${mantissa}e${Number(exponent) + power}`);
}

/** Whole and fixed decimal numbers, without a detour over doubles. */
function roundExact(name: string, { value, type }: TypedValue, digits: number, direction: Direction, call: Call): Cell {
  if (isEndless(value)) return daxError('argument-out-of-range', { function: name, detail: 'the number is not finite' }, call.at);
  const own = type === 'decimal' ? 4 : 0;
  if (digits >= own) return typeof value === 'boolean' ? Number(value) : value;
  const power = own - digits;
  if (power > 40) return direction === 'up' && BigInt(value as number) !== 0n ? daxError('overflow', { function: name }, call.at) : 0;
  const step = 10n ** BigInt(power);
  const number = BigInt(value as number | bigint | boolean);
  const size = number < 0n ? -number : number;
  const rest = size % step;
  const up = direction === 'up' ? rest > 0n : direction === 'nearest' ? rest * 2n >= step : false;
  const rounded = size - rest + (up ? step : 0n);
  return int64(number < 0n ? -rounded : rounded) ?? daxError('overflow', { function: name }, call.at);
}

/** Rounds to a multiple of a step; the sign of the quotient, not of the number, says which way is up. */
const toMultiple = (name: string, round: (quotient: number) => number, zeroStep: 'zero' | 'error'): Evaluator => (args, call) => {
  const value = argument(args, 0, call);
  const step = args[1];
  const type = multipleType(value, step);
  return eachRow(step === null || step === undefined ? [value] : [value, step], call, type, (it, by) => {
    const pair = pairOf(it, by, call);
    if (pair === null || 'cell' in pair) return pair;
    const [x, multiple] = pair;
    if (multiple === 0) return zeroStep === 'zero' ? 0 : daxError('division-by-zero', {}, call.at);
    if (x > 0 && multiple < 0) return daxError('argument-out-of-range', { function: name, detail: 'the number and its multiple have different signs' }, call.at);
    return fromQuotient(name, round(readQuotient(x, multiple)), multiple, type, call);
  });
};

/** ISO.CEILING: up, whatever the signs. */
const isoCeiling: Evaluator = (args, call) => {
  const value = argument(args, 0, call);
  const type = multipleType(value, args[1]);
  return eachRow(args[1] === null || args[1] === undefined ? [value] : [value, args[1]], call, type, (it, by) => {
    const pair = pairOf(it, by, call);
    if (pair === null || 'cell' in pair) return pair;
    const [x, multiple] = pair;
    if (multiple === 0) return 0;
    return fromQuotient('ISO.CEILING', Math.ceil(readQuotient(x, Math.abs(multiple))), Math.abs(multiple), type, call);
  });
};

/** MROUND: to the nearest multiple of the same sign; a multiple of zero gives zero. */
const mround: Evaluator = (args, call) => {
  const value = argument(args, 0, call);
  const type = multipleType(value, args[1]);
  return eachRow([value, argument(args, 1, call)], call, type, (it, by) => {
    const pair = pairOf(it, by, call);
    if (pair === null || 'cell' in pair) return pair;
    const [x, multiple] = pair;
    if (multiple === 0 || x === 0) return 0;
    if (x < 0 !== multiple < 0) return daxError('argument-out-of-range', { function: 'MROUND', detail: 'the number and its multiple have different signs' }, call.at);
    return fromQuotient('MROUND', roundHalfAway(readQuotient(x, multiple)), multiple, type, call);
  });
};

const multipleType = (value: Vector, step: Vector | null | undefined): ValueType => {
  const whole = (type: ValueType): boolean => type === 'int64' || type === 'boolean' || type === 'blank';
  return whole(value.type) && (step === null || step === undefined || whole(step.type)) ? 'int64' : 'double';
};

/** The two numbers; BLANK for a number that is BLANK, one for a step that is left out. */
function pairOf(it: TypedValue, by: TypedValue | undefined, call: Call): readonly [number, number] | null | Failure {
  const x = numberOf(it, call);
  if (typeof x !== 'number') return x;
  const step = by === undefined ? 1 : numberOf(by, call);
  if (isFailure(step)) return step;
  return [x, step ?? 0];
}

const readQuotient = (x: number, multiple: number): number => Number((x / multiple).toPrecision(15));

function fromQuotient(name: string, quotient: number, multiple: number, type: ValueType, call: Call): Cell {
  const result = Number((quotient * multiple).toPrecision(15)) + 0;
  if (Number.isFinite(result) && (type !== 'int64' || Number.isSafeInteger(result))) return result;
  return daxError('overflow', { function: name }, call.at);
}

/** EVEN and ODD: away from zero to the next even or odd whole number. */
const toParity = (name: string, rest: 0 | 1): Evaluator => (args, call) => eachRow([argument(args, 0, call)], call, 'int64', (it) => {
  const x = numberOf(it, call);
  if (x === null && rest === 0) return null;
  if (x !== null && typeof x !== 'number') return x;
  const size = Math.ceil(Math.abs(x ?? 0));
  const rounded = size % 2 === rest ? size : size + 1;
  if (!Number.isSafeInteger(rounded)) return daxError('overflow', { function: name }, call.at);
  return (x ?? 0) < 0 ? -rounded + 0 : rounded;
});

/** INT: down to the next whole number. Of a date, its day number. */
const int: Evaluator = (args, call) => {
  const value = argument(args, 0, call);
  return map1(value, 'int64', (cell) => {
    const it = typed(cell, value.type);
    if (it.type === 'int64') return it.value;
    if (it.type === 'decimal') {
      if (isEndless(it.value)) return daxError('overflow', { function: 'INT' }, call.at);
      const scaled = BigInt(it.value as number | bigint);
      const scale = BigInt(DECIMAL_SCALE);
      return int64(scaled / scale - (scaled % scale < 0n ? 1n : 0n)) ?? null;
    }
    const x = numberOf(it, call);
    if (typeof x !== 'number') return x;
    const down = Math.floor(x);
    if (Number.isSafeInteger(down)) return down + 0;
    return (Number.isFinite(down) ? int64(BigInt(down)) : undefined) ?? daxError('overflow', { function: 'INT' }, call.at);
  });
};

/** The function pages of each; the sign rules of CEILING and FLOOR as Power BI Desktop shows them. */
export const rounding = {
  CEILING: toMultiple('CEILING', Math.ceil, 'zero'),
  EVEN: toParity('EVEN', 0),
  FLOOR: toMultiple('FLOOR', Math.floor, 'error'),
  INT: int,
  'ISO.CEILING': isoCeiling,
  MROUND: mround,
  ODD: toParity('ODD', 1),
  ROUND: toDigits('ROUND', 'nearest'),
  ROUNDDOWN: toDigits('ROUNDDOWN', 'down'),
  ROUNDUP: toDigits('ROUNDUP', 'up'),
  TRUNC: toDigits('TRUNC', 'down'),
} satisfies Record<string, Evaluator>;
