/**
 * Exact whole and fixed decimal numbers.
 *
 * Both are held as integers, a number while it is safe, else a bigint; a decimal is its value times 10,000. A decimal
 * divided by zero is an infinity or NaN: what is computed with it is so too.
 */

export const DECIMAL_SCALE = 10_000;

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

/** A safe integer becomes a number again; beyond 64 bits: undefined. */
export function int64(value: bigint): number | bigint | undefined {
  if (value > MAX_INT64 || value < MIN_INT64) return undefined;
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** Whether it is an infinity or NaN. */
export const isEndless = (value: unknown): boolean => typeof value === 'number' && !Number.isFinite(value);

export function addExact(a: number | bigint, b: number | bigint): number | bigint | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  if (isEndless(a) || isEndless(b)) return Number(a) + Number(b);
  return int64(BigInt(a) + BigInt(b));
}

export function subtractExact(a: number | bigint, b: number | bigint): number | bigint | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  if (isEndless(a) || isEndless(b)) return Number(a) - Number(b);
  return int64(BigInt(a) - BigInt(b));
}

export function multiplyExact(a: number | bigint, b: number | bigint): number | bigint | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product;
  }
  if (isEndless(a) || isEndless(b)) return Number(a) * Number(b);
  return int64(BigInt(a) * BigInt(b));
}

/** Integer division of exact numbers, rounded half away from zero. The divisor is not zero. */
export function divideRounded(a: number | bigint, b: number | bigint): number | bigint | undefined {
  if (isEndless(a) || isEndless(b)) return Number(a) / Number(b) + 0;
  const dividend = BigInt(a);
  const divisor = BigInt(b);
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const up = twice >= (divisor < 0n ? -divisor : divisor) ? (dividend < 0n === divisor < 0n ? 1n : -1n) : 0n;
  return int64(quotient + up);
}

/** The double nearest to a decimal. */
export const decimalToDouble = (scaled: number | bigint): number => Number(scaled) / DECIMAL_SCALE;

/** A double as a decimal, rounded half away from zero; undefined when it does not fit. */
export function doubleToDecimal(value: number): number | bigint | undefined {
  const scaled = value * DECIMAL_SCALE;
  if (!Number.isFinite(scaled)) return undefined;
  const rounded = roundHalfAway(scaled);
  return Number.isSafeInteger(rounded) ? rounded + 0 : int64(BigInt(rounded));
}

/** Rounds to a whole number, halves away from zero. */
export const roundHalfAway = (value: number): number => {
  const rounded = Math.round(Math.abs(value));
  return value < 0 ? (rounded === 0 ? 0 : -rounded) : rounded;
};

/** Digits of a decimal without trailing zeros: 12345 is `1.2345`. */
export function decimalText(scaled: number | bigint): string {
  if (typeof scaled === 'number' && !Number.isFinite(scaled)) return doubleText(scaled);
  const value = BigInt(scaled);
  const size = value < 0n ? -value : value;
  const fraction = (size % 10_000n).toString().padStart(4, '0').replace(/0+$/, '');
  const whole = (size / 10_000n).toString();
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** At most 15 significant digits, scientific from 1E+15 up and below 1E-4, as numbers become text. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
  if (value === 0) return '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential(14).split('e');
  const exponent = Number(exponentText);
  const digits = trimZeros(mantissa);
  if (exponent >= 15 || exponent < -5) return `${digits}E${exponent < 0 ? '-' : '+'}${Math.abs(exponent).toString().padStart(2, '0')}`;
  return trimZeros(value.toPrecision(15).includes('e') ? value.toFixed(Math.min(20, 14 - exponent)) : value.toPrecision(15));
}

const trimZeros = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits);
