/**
 * Values of fields as nearly all files write them, straight from their bytes: whole numbers, decimal numbers, ISO dates.
 * NaN for whatever is written in another way, which `converter` then reads or refuses.
 */
import { serialOf } from './dates.ts';
import type { Stretches } from './types.ts';

/** Reads fields number `first`, `first + step` and so on; NaN for missing values too. */
export type FieldValues = (fields: Stretches, values: Float64Array) => void;

const minus = 45;
const point = 46;
const zero = 48;
/** More digits than this and a double may not hold them. */
const mostDigits = 15;
const powers = Float64Array.from({ length: mostDigits + 1 }, (_, i) => 10 ** i);

// One loop for each kind: a loop that calls whatever it is given is slow for all.

export const wholeFields: FieldValues = ({ bytes, view, from, to, first, step, count }, values) => {
  for (let i = 0, at = first; i < count; i++, at += step) values[i] = wholeField(bytes, view, from[at] as number, to[at] as number);
};

export const doubleFields: FieldValues = ({ bytes, from, to, first, step, count }, values) => {
  for (let i = 0, at = first; i < count; i++, at += step) values[i] = doubleField(bytes, from[at] as number, to[at] as number);
};

export const decimalFields: FieldValues = ({ bytes, from, to, first, step, count }, values) => {
  for (let i = 0, at = first; i < count; i++, at += step) values[i] = decimalField(bytes, from[at] as number, to[at] as number);
};

export const dateFields: FieldValues = ({ bytes, view, from, to, first, step, count }, values) => {
  for (let i = 0, at = first; i < count; i++, at += step) {
    const start = from[at] as number;
    const end = to[at] as number;
    values[i] = end - start === 10 ? dayField(bytes, view, start) : dateField(bytes, view, start, end);
  }
};

function wholeField(bytes: Uint8Array, view: DataView, from: number, to: number): number {
  const isNegative = bytes[from] === minus;
  const start = isNegative ? from + 1 : from;
  if (start >= to || to - start > mostDigits) return Number.NaN;
  let value = 0;
  let at = start;
  for (; at + 4 <= to; at += 4) {
    // Four digits at once: each byte is one of 0 to 9, the first digit being the lowest byte.
    const four = view.getInt32(at, true) ^ 0x30303030;
    if (((four | (four + 0x06060606)) & 0xf0f0f0f0) !== 0) return Number.NaN;
    const pairs = Math.imul(four, 10) + (four >>> 8);
    value = value * 10_000 + (pairs & 0xff) * 100 + ((pairs >>> 16) & 0xff);
  }
  for (; at < to; at++) {
    const digit = (bytes[at] as number) - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return isNegative ? 0 - value : value;
}

function doubleField(bytes: Uint8Array, from: number, to: number): number {
  const isNegative = bytes[from] === minus;
  const start = isNegative ? from + 1 : from;
  let pointAt = -1;
  let value = 0;
  for (let at = start; at < to; at++) {
    const digit = (bytes[at] as number) - zero;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else if (digit === point - zero && pointAt === -1 && at > start) pointAt = at;
    else return Number.NaN;
  }
  const places = pointAt === -1 ? 0 : to - 1 - pointAt;
  const digits = to - start - (pointAt === -1 ? 0 : 1);
  // Both numbers are exact, so their quotient is the nearest double. Zero with a sign is left to whoever reads all numbers.
  if (digits <= 0 || digits > mostDigits || pointAt === to - 1 || (isNegative && value === 0)) return Number.NaN;
  const amount = places === 0 ? value : value / (powers[places] as number);
  return isNegative ? -amount : amount;
}

/** The value times 10,000. */
function decimalField(bytes: Uint8Array, from: number, to: number): number {
  const isNegative = bytes[from] === minus;
  const start = isNegative ? from + 1 : from;
  let pointAt = -1;
  let value = 0;
  for (let at = start; at < to; at++) {
    const digit = (bytes[at] as number) - zero;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else if (digit === point - zero && pointAt === -1 && at > start) pointAt = at;
    else return Number.NaN;
  }
  const places = pointAt === -1 ? 0 : to - 1 - pointAt;
  const digits = to - start - (pointAt === -1 ? 0 : 1);
  if (digits <= 0 || places > 4 || digits + 4 - places > mostDigits || pointAt === to - 1) return Number.NaN;
  const amount = value * (powers[4 - places] as number);
  return isNegative ? 0 - amount : amount;
}

/** Days that were asked for before, each at a place of its own, by their bytes: most files have few. */
const daysKept = 1 << 12;
const [keptYear, keptMonth, keptDay] = [0, 1, 2].map(() => new Int32Array(daysKept)) as [Int32Array, Int32Array, Int32Array];
const keptSerial = new Float64Array(daysKept).fill(Number.NaN);

/** `yyyy-MM-dd`. */
function dayField(bytes: Uint8Array, view: DataView, from: number): number {
  const year = view.getInt32(from, true);
  const month = view.getInt32(from + 4, true);
  const day = view.getInt16(from + 8, true);
  const place = (Math.imul(year, 0x9e3779b1) ^ Math.imul(month, 0x85ebca6b) ^ Math.imul(day, 0xc2b2ae35)) >>> 20;
  if (keptDay[place] === day && keptMonth[place] === month && keptYear[place] === year) return keptSerial[place] as number;
  const serial = dateField(bytes, view, from, from + 10);
  if (Number.isNaN(serial)) return serial;
  keptYear[place] = year;
  keptMonth[place] = month;
  keptDay[place] = day;
  keptSerial[place] = serial;
  return serial;
}

/** `yyyy-MM-dd`, then perhaps `T` or a blank and `hh:mm[:ss[.fff]]`, then perhaps `Z`. */
function dateField(bytes: Uint8Array, view: DataView, from: number, to: number): number {
  const length = to - from;
  if (length < 10 || bytes[from + 4] !== minus || bytes[from + 7] !== minus) return Number.NaN;
  const year = twoDigits(bytes, from) * 100 + twoDigits(bytes, from + 2);
  const month = twoDigits(bytes, from + 5);
  const day = twoDigits(bytes, from + 8);
  if (length === 10) return serialOf(year, month, day) ?? Number.NaN;
  const separator = bytes[from + 10];
  if ((separator !== 84 && separator !== 32) || length < 16 || bytes[from + 13] !== 58) return Number.NaN;
  const end = bytes[to - 1] === 90 ? to - 1 : to;
  let seconds = 0;
  let milliseconds = 0;
  if (end - from > 16) {
    if (bytes[from + 16] !== 58 || end - from < 19) return Number.NaN;
    seconds = twoDigits(bytes, from + 17);
    if (end - from > 19) {
      const places = end - from - 20;
      if (bytes[from + 19] !== point || places < 1 || places > 3) return Number.NaN;
      milliseconds = wholeField(bytes, view, from + 20, end) * (powers[3 - places] as number);
      if (bytes[from + 20] === minus) return Number.NaN;
    }
  } else if (end - from < 16) return Number.NaN;
  return serialOf(year, month, day, twoDigits(bytes, from + 11), twoDigits(bytes, from + 14), seconds, milliseconds) ?? Number.NaN;
}

/** NaN where one of two bytes is no digit. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - zero;
  const ones = (bytes[at + 1] as number) - zero;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? Number.NaN : tens * 10 + ones;
}
