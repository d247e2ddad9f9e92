/** Values as differences: whole numbers from the one before, texts by what they share with the one before. */
import { ParquetFault } from './fault.ts';
import type { Leaf } from './footer.ts';
import { unpack } from './hybrid.ts';
import { viewOf, wholeNumbers, type Raw } from './raw.ts';

/** A page of texts that share their beginnings may be no larger than this when they are written out. */
const mostBytes = 256 * 1024 * 1024;

const cutOff = (): ParquetFault => new ParquetFault('a page is cut off');

interface Numbers {
  /** Lower and upper halves of 64 bits. */
  readonly low: Uint32Array;
  readonly high: Int32Array;
  readonly end: number;
}

/** Reads so many numbers of 64 bits, which wrap around as Parquet says. */
function readNumbers(bytes: Uint8Array, start: number, count: number): Numbers {
  let at = start;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const it = bytes[at++];
      if (it === undefined) throw cutOff();
      value |= BigInt(it & 0x7f) << shift;
      if (it < 0x80) return BigInt.asUintN(64, value);
    }
    throw new ParquetFault('a number in a page is too long');
  };
  const zigzag = (): bigint => {
    const value = varint();
    return (value >> 1n) ^ -(value & 1n);
  };
  const blockSize = Number(varint());
  const parts = Number(varint());
  const total = Number(varint());
  const perPart = blockSize / parts;
  if (total < count || !(perPart >= 8) || perPart % 8 !== 0 || blockSize > 1 << 20) throw new ParquetFault('a page of differences is damaged');
  const low = new Uint32Array(count);
  const high = new Int32Array(count);
  let value = zigzag();
  let made = 0;
  const put = (): void => {
    low[made] = Number(BigInt.asUintN(32, value));
    high[made++] = Number(BigInt.asIntN(32, value >> 32n));
  };
  if (count > 0) put();
  const packed = new Uint32Array(perPart);
  while (made < count) {
    const least = zigzag();
    const widths = bytes.subarray(at, at + parts);
    if (widths.length < parts) throw cutOff();
    at += parts;
    for (const width of widths) {
      if (made >= count) break;
      const size = Math.min(perPart, count - made);
      if (width <= 32) {
        if (width > 0) unpack(bytes, at, bytes.length, width, packed, 0, size);
        else packed.fill(0);
      } else if (width > 64) throw new ParquetFault('a number in a page has too many bits');
      for (let i = 0; i < size; i++) {
        value = BigInt.asIntN(64, value + least + (width <= 32 ? BigInt(packed[i] as number) : bitsAt(bytes, at, i, width)));
        put();
      }
      at += (perPart / 8) * width;
    }
  }
  return { low, high, end: at };
}

/** Number `index` of those that take more than 32 bits each. */
function bitsAt(bytes: Uint8Array, start: number, index: number, width: number): bigint {
  const bit = index * width;
  const first = start + (bit >>> 3);
  const last = start + ((bit + width - 1) >>> 3);
  if (last >= bytes.length) throw cutOff();
  let value = 0n;
  for (let at = last; at >= first; at--) value = (value << 8n) | BigInt(bytes[at] as number);
  return BigInt.asUintN(width, value >> BigInt(bit & 7));
}

export function readDifferences(leaf: Leaf, bytes: Uint8Array, start: number, count: number): Raw {
  if (leaf.physical !== 'INT32' && leaf.physical !== 'INT64') throw new ParquetFault('a page is packed in a way that does not fit its values');
  const { low, high } = readNumbers(bytes, start, count);
  if (leaf.physical === 'INT64') return wholeNumbers(leaf, count, (i) => high[i] as number, (i) => low[i] as number);
  const isUnsigned = leaf.kind.kind === 'whole' && leaf.kind.unsigned;
  return { kind: 'numbers', count, values: Float64Array.from(low, (it) => (isUnsigned ? it : it | 0)), large: undefined };
}

function readLengths(bytes: Uint8Array, start: number, count: number): { readonly lengths: Uint32Array; readonly end: number } {
  const { low, high, end } = readNumbers(bytes, start, count);
  for (let i = 0; i < count; i++) if (high[i] !== 0 || (low[i] as number) > mostBytes) throw new ParquetFault('a text has no length');
  return { lengths: low, end };
}

/** Texts one after the other behind their lengths. */
export function readTextsByLength(leaf: Leaf, bytes: Uint8Array, start: number, count: number): Raw {
  if (leaf.physical !== 'BYTE_ARRAY') throw new ParquetFault('a page is packed in a way that does not fit its values');
  const { lengths, end } = readLengths(bytes, start, count);
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  let at = end;
  for (let i = 0; i < count; i++) {
    from[i] = at;
    at += lengths[i] as number;
    if (at > bytes.length) throw cutOff();
    to[i] = at;
  }
  return { kind: 'bytes', count, bytes, view: viewOf(bytes), from, to };
}

/** Texts that begin like the one before. */
export function readTextsByPrefix(leaf: Leaf, bytes: Uint8Array, start: number, count: number): Raw {
  if (leaf.physical !== 'BYTE_ARRAY' && leaf.physical !== 'FIXED_LEN_BYTE_ARRAY') throw new ParquetFault('a page is packed in a way that does not fit its values');
  const prefixes = readLengths(bytes, start, count);
  const suffixes = readLengths(bytes, prefixes.end, count);
  let size = 0;
  for (let i = 0; i < count; i++) size += (prefixes.lengths[i] as number) + (suffixes.lengths[i] as number);
  if (size > mostBytes) throw new ParquetFault('a page of texts is too large');
  const made = new Uint8Array(size);
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  let at = suffixes.end;
  let used = 0;
  for (let i = 0; i < count; i++) {
    const prefix = prefixes.lengths[i] as number;
    const suffix = suffixes.lengths[i] as number;
    const before = i === 0 ? 0 : (from[i - 1] as number);
    if (prefix > used - before || at + suffix > bytes.length) throw cutOff();
    from[i] = used;
    made.copyWithin(used, before, before + prefix);
    made.set(bytes.subarray(at, at + suffix), used + prefix);
    used += prefix + suffix;
    at += suffix;
    to[i] = used;
    if (leaf.physical === 'FIXED_LEN_BYTE_ARRAY' && prefix + suffix !== leaf.width) throw new ParquetFault('a value has another length than its column says');
  }
  return { kind: 'bytes', count, bytes: made, view: viewOf(made), from, to };
}
