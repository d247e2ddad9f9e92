/** What the values of a Parquet column mean, whatever bytes they stand in. */
import type { DataType } from '../../model/model.ts';
import type { Physical } from './footer.ts';
import { numberIn, structIn, type ThriftStruct } from './thrift.ts';

export type Kind =
  | { readonly kind: 'boolean' }
  /** `unsigned`: of 64 bits; smaller ones are numbers already. */
  | { readonly kind: 'whole'; readonly bits: number; readonly unsigned: boolean }
  | { readonly kind: 'float' }
  | { readonly kind: 'half' }
  | { readonly kind: 'decimal'; readonly scale: number }
  /** Days since 1970-01-01. */
  | { readonly kind: 'date' }
  /** Parts of a second since 1970-01-01 in UTC or on the clock on the wall; UTC is taken for the clock on the wall. */
  | { readonly kind: 'timestamp'; readonly perMillisecond: number }
  | { readonly kind: 'time'; readonly perMillisecond: number }
  /** Texts, and bytes without a meaning that may be texts. */
  | { readonly kind: 'text' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'unknown'; readonly what: string };

/** By the logical type, else by the converted type of older files, else by the bytes. */
export function kindOf(element: ThriftStruct, physical: Physical, width: number): Kind {
  const logical = structIn(element, 10);
  const converted = numberIn(element, 6, -1);
  const unknown = (what: string): Kind => ({ kind: 'unknown', what });
  const isWhole = physical === 'INT32' || physical === 'INT64';
  const bits = physical === 'INT64' ? 64 : 32;
  if (logical?.has(5) === true || converted === 5) {
    const scale = numberIn(structIn(logical, 5), 1, numberIn(element, 7, 0));
    return scale < 0 || scale > 38 || width > 16 || physical === 'FLOAT' || physical === 'DOUBLE' || physical === 'BOOLEAN' || physical === 'INT96' ? unknown('decimal') : { kind: 'decimal', scale };
  }
  if (logical?.has(6) === true || converted === 6) return physical === 'INT32' ? { kind: 'date' } : unknown('date');
  if (logical?.has(7) === true || converted === 7 || converted === 8) {
    const perMillisecond = logical?.has(7) === true ? unitOf(structIn(structIn(logical, 7), 2)) : converted === 7 ? 1 : 1000;
    return isWhole && perMillisecond !== undefined ? { kind: 'time', perMillisecond } : unknown('time');
  }
  if (logical?.has(8) === true || converted === 9 || converted === 10) {
    const perMillisecond = logical?.has(8) === true ? unitOf(structIn(structIn(logical, 8), 2)) : converted === 9 ? 1 : 1000;
    return physical === 'INT64' && perMillisecond !== undefined ? { kind: 'timestamp', perMillisecond } : unknown('timestamp');
  }
  if (logical?.has(14) === true) return width === 16 ? { kind: 'uuid' } : unknown('UUID');
  if (logical?.has(15) === true) return width === 2 ? { kind: 'half' } : unknown('half');
  if (logical?.has(13) === true || converted === 20) return unknown('BSON');
  if (converted === 21) return unknown('interval');
  if (logical?.has(16) === true || logical?.has(17) === true || logical?.has(18) === true) return unknown(logical.has(16) ? 'variant' : 'geometry');
  switch (physical) {
    case 'BOOLEAN': return { kind: 'boolean' };
    case 'INT32': case 'INT64': {
      const integer = structIn(logical, 10);
      const unsigned = integer === undefined ? converted >= 11 && converted <= 14 : integer.get(2) === false;
      return { kind: 'whole', bits, unsigned };
    }
    // Nothing else is written in 96 bits.
    case 'INT96': return { kind: 'timestamp', perMillisecond: 1 };
    case 'FLOAT': case 'DOUBLE': return { kind: 'float' };
    case 'BYTE_ARRAY': return { kind: 'text' };
    case 'FIXED_LEN_BYTE_ARRAY': return unknown('bytes');
  }
}

/** Units in a millisecond. */
const unitOf = (unit: ThriftStruct | undefined): number | undefined =>
  unit?.has(1) === true ? 1 : unit?.has(2) === true ? 1000 : unit?.has(3) === true ? 1_000_000 : undefined;

/** The type of a column that nobody declared. */
export function typeOf(kind: Kind): DataType | undefined {
  switch (kind.kind) {
    case 'boolean': return 'boolean';
    case 'whole': return 'int64';
    case 'float': case 'half': return 'double';
    // Four places are kept; a number with more is a double.
    case 'decimal': return kind.scale <= 4 ? 'decimal' : 'double';
    case 'date': case 'timestamp': case 'time': return 'dateTime';
    case 'text': case 'uuid': return 'string';
    case 'unknown': return undefined;
  }
}
