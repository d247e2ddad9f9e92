/** Values of a Parquet column → codes of the column that they go to: numbers and texts straight, the rest as a CSV file would tell them. */
import type { DataType } from '../../model/model.ts';
import type { SourceCell } from '../table/cells.ts';
import type { ColumnReader } from '../table/columns.ts';
import type { ColumnSink, Stretches } from '../table/types.ts';
import { ParquetFault } from './fault.ts';
import type { Kind } from './kinds.ts';
import { viewOf, type Raw } from './raw.ts';

export interface Coding {
  /** Code of value `index`. `place` is asked when it does not fit. */
  one(raw: Raw, index: number, place: () => string): number;
  /**
   * Codes of all values; 0 for those that are left to `one`. Left out where that would be all.
   *
   * @returns the first text that is not UTF-8; -1 when all are
   */
  readonly many?: (raw: Raw, codes: Uint32Array) => number;
}

const millisecondsPerDay = 86_400_000;
/** Days between 1899-12-30 and 1970-01-01. */
const epochDays = 25_569;
/** The year 1 and the end of 9999, in milliseconds since 1970-01-01. */
const earliest = -62_135_596_800_000;
const latest = 253_402_300_800_000;

export function codingOf(kind: Kind, type: DataType, reader: ColumnReader): Coding {
  const one: Coding['one'] = (raw, index, place) => reader.code(cellOf(kind, raw, index), place);
  const { sink } = reader;
  if (sink === undefined) return { one };
  const number = numberOf(kind, type);
  if (number !== undefined) return { one, many: numberCoding(sink, number) };
  if (kind.kind === 'text' && type === 'string') return { one, many: (raw, codes) => sink.codesOfTexts(textsOf(raw), codes) };
  if (kind.kind === 'uuid' && type === 'string') return { one, many: (raw, codes) => sink.codesOfTexts(uuidTexts(textsOf(raw)), codes) };
  return { one };
}

function numberCoding(sink: Pick<ColumnSink, 'codesOfNumbers'>, number: (value: number) => number): NonNullable<Coding['many']> {
  return (raw, codes) => {
    if (raw.kind !== 'numbers') {
      codes.fill(0);
      return -1;
    }
    const numbers = new Float64Array(raw.count);
    for (let i = 0; i < raw.count; i++) {
      const value = number(raw.values[i] as number);
      numbers[i] = Number.isFinite(value) ? value : Number.NaN;
    }
    for (const index of raw.large?.keys() ?? []) numbers[index] = Number.NaN;
    sink.codesOfNumbers(numbers, raw.count, codes);
    return -1;
  };
}

function textsOf(raw: Raw): Stretches {
  if (raw.kind !== 'bytes') throw new ParquetFault('a page has values of another kind than its column');
  return { ...raw, first: 0, step: 1 };
}

/** From a value as it is written to the number that the column holds; NaN where that is not so simple. */
function numberOf(kind: Kind, type: DataType): ((value: number) => number) | undefined {
  switch (kind.kind) {
    case 'whole': return type === 'int64' || type === 'double' ? (value) => value : undefined;
    case 'float': return type === 'double' ? (value) => value : undefined;
    case 'decimal': {
      const { scale } = kind;
      const factor = 10 ** Math.abs(4 - scale);
      if (type === 'decimal' && scale <= 4) return (value) => (Number.isSafeInteger(value * factor) ? value * factor : Number.NaN);
      // Both are exact, so the quotient is the nearest double.
      return type === 'double' && scale <= 22 ? (value) => value / 10 ** scale : undefined;
    }
    case 'date': case 'timestamp': case 'time': return type === 'dateTime' ? (value) => serialOf(kind, value) : undefined;
    default: return undefined;
  }
}

type Moment = Extract<Kind, { kind: 'date' | 'timestamp' | 'time' }>;

/** Milliseconds since 1970-01-01, or since midnight; half a millisecond is rounded up, as in text. */
const millisecondsOf = (kind: Moment, value: number): number =>
  kind.kind === 'date' ? value * millisecondsPerDay : kind.perMillisecond === 1 ? value : Math.floor(value / kind.perMillisecond + 0.5);

/** Days since 1899-12-30; NaN for no day that there is. */
function serialOf(kind: Moment, value: number): number {
  const milliseconds = millisecondsOf(kind, value);
  if (kind.kind === 'time') return milliseconds >= 0 && milliseconds <= millisecondsPerDay ? milliseconds / millisecondsPerDay : Number.NaN;
  if (!(milliseconds >= earliest && milliseconds < latest)) return Number.NaN;
  return (epochDays * millisecondsPerDay + milliseconds) / millisecondsPerDay;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A value as a file of text would write it, or as a JSON file would. */
function cellOf(kind: Kind, raw: Raw, index: number): SourceCell {
  if (raw.kind === 'numbers') {
    const value = raw.values[index] as number;
    const large = raw.large?.get(index);
    switch (kind.kind) {
      case 'boolean': return value !== 0;
      case 'decimal': return decimalText(large ?? BigInt(value), kind.scale);
      case 'date': return momentText(kind, BigInt(value));
      case 'timestamp': case 'time': return momentText(kind, large ?? BigInt(value));
      default: return large ?? (Number.isFinite(value) ? value : String(value));
    }
  }
  const bytes = raw.bytes.subarray(raw.from[index], raw.to[index]);
  switch (kind.kind) {
    case 'text': return decoder.decode(bytes);
    case 'uuid': return decoder.decode(uuidTexts({ bytes, view: raw.view, from: Int32Array.of(0), to: Int32Array.of(16), first: 0, step: 1, count: 1 }).bytes);
    case 'half': return halfOf(bytes);
    case 'decimal': return decimalText(signed(bytes), kind.scale);
    default: throw new ParquetFault('a page has values of another kind than its column');
  }
}

/** The highest byte comes first. */
function signed(bytes: Uint8Array): bigint {
  if (bytes.length > 32) throw new ParquetFault('a number has too many digits');
  let value = 0n;
  for (const it of bytes) value = (value << 8n) | BigInt(it);
  return BigInt.asIntN(bytes.length * 8, value);
}

function decimalText(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** ISO 8601; as it stands where there is no such day. */
function momentText(kind: Moment, value: bigint): string {
  const milliseconds = kind.kind === 'date' ? Number(value) * millisecondsPerDay : Number(kind.perMillisecond === 1 ? value : floorDivide(value + BigInt(kind.perMillisecond / 2), BigInt(kind.perMillisecond)));
  if (kind.kind !== 'time' && !(milliseconds >= earliest && milliseconds < latest)) return String(value);
  const text = new Date(milliseconds).toISOString();
  return kind.kind === 'date' ? text.slice(0, 10) : kind.kind === 'time' ? `1899-12-30T${text.slice(11, 23)}` : text.slice(0, 23);
}

const floorDivide = (a: bigint, b: bigint): bigint => (a - (((a % b) + b) % b)) / b;

const hexadecimal = new TextEncoder().encode('0123456789abcdef');
const uuidLength = 36;

/** Writes stretches of 16 bytes as UUIDs in small letters. */
function uuidTexts({ bytes, from, count }: Stretches): Stretches {
  const made = new Uint8Array(count * uuidLength).fill(45);
  for (let i = 0; i < count; i++) {
    const start = from[i] as number;
    for (let part = 0, at = i * uuidLength; part < 16; part++) {
      const it = bytes[start + part] as number;
      if (part === 4 || part === 6 || part === 8 || part === 10) at++;
      made[at++] = hexadecimal[it >>> 4] as number;
      made[at++] = hexadecimal[it & 15] as number;
    }
  }
  const starts = Int32Array.from({ length: count }, (_, i) => i * uuidLength);
  return { bytes: made, view: viewOf(made), from: starts, to: starts.map((it) => it + uuidLength), first: 0, step: 1, count };
}

/** A number of 16 bits: a sign, five bits of exponent, ten of fraction. */
function halfOf(bytes: Uint8Array): SourceCell {
  const all = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  const sign = all >>> 15 === 1 ? -1 : 1;
  const exponent = (all >>> 10) & 31;
  const fraction = (all & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? String(sign * Number.POSITIVE_INFINITY) : 'NaN';
  return exponent === 0 ? sign * 2 ** -14 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction);
}
