/** Decimal digits of a number, for rounding and display without the noise of binary fractions. */

/** The value is 0.d1d2d3... × 10^point. Zero has no digits. */
export interface Digits {
  readonly negative: boolean;
  /** Without leading and trailing zeros. */
  readonly digits: string;
  readonly point: number;
}

/** Digits of a finite double, 15 at most: what a double holds for certain. */
export function digitsOfDouble(value: number): Digits {
  if (value === 0) return trimmed(false, '', 0);
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential(14).split('e');
  return trimmed(value < 0, mantissa.replace('.', ''), Number(exponent) + 1);
}

/** Exact digits of a whole number divided by 10^places: 0 for int64, 4 for decimal. */
export function digitsOfInteger(value: number | bigint, places = 0): Digits {
  const text = BigInt(value).toString();
  const negative = text.startsWith('-');
  const digits = negative ? text.slice(1) : text;
  return trimmed(negative, digits, digits.length - places);
}

/** Digits of a number as it is written: `-12.50`, `1.5E-3`. */
export function digitsOfText(text: string): Digits {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text.trim());
  if (match === null) throw new Error(`no number: ${text}`);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  return trimmed(sign === '-', whole + fraction, whole.length + Number(exponent));
}

/** Whether two numbers have the same digits. */
export const sameDigits = (a: Digits, b: Digits): boolean =>
  a.digits === b.digits && a.point === b.point && a.negative === b.negative;

/** How far two numbers are apart, exactly. */
export function distance(a: Digits, b: Digits): Digits {
  const places = Math.max(a.digits.length - a.point, b.digits.length - b.point);
  const difference = wholeAt(a, places) - wholeAt(b, places);
  return digitsOfInteger(difference < 0n ? -difference : difference, places);
}

/** Whether the first is no larger than the second; both are not negative. */
export function atMost(a: Digits, b: Digits): boolean {
  if (a.digits === '' || b.digits === '') return a.digits === '';
  return a.point === b.point ? a.digits <= b.digits : a.point < b.point;
}

/** The number times 10^places. */
export const scaled = (it: Digits, places: number): Digits =>
  it.digits === '' ? it : { ...it, point: it.point + places };

/**
 * Rounds to a number of places behind the decimal point, halves away from zero.
 *
 * @returns whole and fraction digits; `whole` has no leading zeros (empty for numbers below 1), `fraction` has `places` digits
 */
export function rounded(it: Digits, places: number): { readonly whole: string; readonly fraction: string } {
  const keep = it.point + places;
  let digits = '';
  if (keep >= 0) {
    digits = it.digits.slice(0, keep);
    // Zeros are only padded where they count: a number of 300 places below the point is cut off here.
    digits = digits.padEnd(keep, '0');
    if ((it.digits[keep] ?? '0') >= '5') digits = increased(digits);
  }
  digits = digits.padStart(places, '0');
  return { whole: digits.slice(0, digits.length - places).replace(/^0+/, ''), fraction: digits.slice(digits.length - places) };
}

/** Plain or scientific text with all digits: what General Number shows. */
export function plainText(it: Digits): string {
  if (it.digits === '') return '0';
  const sign = it.negative ? '-' : '';
  if (it.point > 15 || it.point < -3) return sign + scientific(it);
  if (it.point <= 0) return `${sign}0.${'0'.repeat(-it.point)}${it.digits}`;
  if (it.digits.length <= it.point) return sign + it.digits.padEnd(it.point, '0');
  return `${sign}${it.digits.slice(0, it.point)}.${it.digits.slice(it.point)}`;
}

/** All digits of a whole or decimal number, never scientific. */
export function fullText(it: Digits): string {
  if (it.point <= 15 && it.point >= -3) return plainText(it);
  const { whole, fraction } = rounded(it, Math.max(0, it.digits.length - it.point));
  return `${it.negative ? '-' : ''}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The number times 10^places, which is whole. */
function wholeAt(it: Digits, places: number): bigint {
  const size = BigInt(it.digits === '' ? '0' : it.digits) * 10n ** BigInt(it.digits === '' ? 0 : it.point - it.digits.length + places);
  return it.negative ? -size : size;
}

function scientific(it: Digits): string {
  const exponent = it.point - 1;
  const tail = it.digits.slice(1);
  const size = String(Math.abs(exponent)).padStart(2, '0');
  return `${it.digits.slice(0, 1)}${tail === '' ? '' : `.${tail}`}E${exponent < 0 ? '-' : '+'}${size}`;
}

function increased(digits: string): string {
  let at = digits.length - 1;
  while (at >= 0 && digits[at] === '9') at--;
  const tail = '0'.repeat(digits.length - 1 - at);
  if (at < 0) return `1${tail}`;
  return digits.slice(0, at) + String(Number(digits[at]) + 1) + tail;
}

function trimmed(negative: boolean, digits: string, point: number): Digits {
  const leading = /^0*/.exec(digits)?.[0].length ?? 0;
  let end = digits.length;
  while (end > leading && digits[end - 1] === '0') end--;
  const kept = digits.slice(leading, end);
  return kept === '' ? { negative: false, digits: '', point: 0 } : { negative, digits: kept, point: point - leading };
}
