/** Values of a page or a dictionary before anyone asks what they mean. */
import { ParquetFault } from './fault.ts';
import type { Leaf } from './footer.ts';
import { readHybrid } from './hybrid.ts';

export type Raw =
  /** `large`: whole numbers that no double holds, by their place; their `values` are near them. */
  | { readonly kind: 'numbers'; readonly count: number; readonly values: Float64Array; readonly large: ReadonlyMap<number, bigint> | undefined }
  | { readonly kind: 'bytes'; readonly count: number; readonly bytes: Uint8Array; readonly view: DataView; readonly from: Int32Array; readonly to: Int32Array };

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const cutOff = (): ParquetFault => new ParquetFault('a page is cut off');

/** Reads values that stand one after the other. */
export function readPlain(leaf: Leaf, bytes: Uint8Array, start: number, count: number): Raw {
  const { physical, width } = leaf;
  const view = viewOf(bytes);
  const room = bytes.length - start;
  const least = physical === 'BOOLEAN' ? count / 8 : count * sizeOf(leaf);
  if (least > room) throw cutOff();
  switch (physical) {
    case 'BYTE_ARRAY': return readTexts(bytes, view, start, count);
    case 'FIXED_LEN_BYTE_ARRAY': {
      const from = Int32Array.from({ length: count }, (_, i) => start + i * width);
      return { kind: 'bytes', count, bytes, view, from, to: from.map((it) => it + width) };
    }
    case 'INT64': return wholeNumbers(leaf, count, (i) => view.getInt32(start + i * 8 + 4, true), (i) => view.getUint32(start + i * 8, true));
    default: break;
  }
  const values = new Float64Array(count);
  switch (physical) {
    case 'BOOLEAN':
      for (let i = 0; i < count; i++) values[i] = ((bytes[start + (i >>> 3)] as number) >>> (i & 7)) & 1;
      break;
    case 'INT32': {
      const isUnsigned = leaf.kind.kind === 'whole' && leaf.kind.unsigned;
      for (let i = 0; i < count; i++) values[i] = isUnsigned ? view.getUint32(start + i * 4, true) : view.getInt32(start + i * 4, true);
      break;
    }
    case 'FLOAT':
      for (let i = 0; i < count; i++) values[i] = view.getFloat32(start + i * 4, true);
      break;
    case 'DOUBLE':
      for (let i = 0; i < count; i++) values[i] = view.getFloat64(start + i * 8, true);
      break;
    // Nanoseconds of the day and the Julian day: milliseconds since 1970-01-01.
    case 'INT96':
      for (let i = 0; i < count; i++) {
        const nanoseconds = view.getUint32(start + i * 12, true) + view.getUint32(start + i * 12 + 4, true) * 0x1_0000_0000;
        values[i] = (view.getInt32(start + i * 12 + 8, true) - 2_440_588) * 86_400_000 + Math.floor(nanoseconds / 1_000_000 + 0.5);
      }
      break;
  }
  return { kind: 'numbers', count, values, large: undefined };
}

/** Bytes that a value takes at least. */
export function sizeOf({ physical, width }: Leaf): number {
  switch (physical) {
    case 'BOOLEAN': return 1;
    case 'INT32': case 'FLOAT': case 'BYTE_ARRAY': return 4;
    case 'INT64': case 'DOUBLE': return 8;
    case 'INT96': return 12;
    case 'FIXED_LEN_BYTE_ARRAY': return width;
  }
}

/** Whole numbers of 64 bits by their halves. */
export function wholeNumbers(leaf: Leaf, count: number, high: (i: number) => number, low: (i: number) => number): Raw {
  const values = new Float64Array(count);
  const isUnsigned = leaf.kind.kind === 'whole' && leaf.kind.unsigned;
  let large: Map<number, bigint> | undefined;
  for (let i = 0; i < count; i++) {
    const upper = isUnsigned ? high(i) >>> 0 : high(i);
    const value = upper * 0x1_0000_0000 + low(i);
    values[i] = value;
    if (!Number.isSafeInteger(value)) (large ??= new Map()).set(i, (BigInt(upper) << 32n) | BigInt(low(i)));
  }
  return { kind: 'numbers', count, values, large };
}

function readTexts(bytes: Uint8Array, view: DataView, start: number, count: number): Raw {
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  const { length } = bytes;
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 4 > length) throw cutOff();
    const size = view.getUint32(at, true);
    at += 4;
    if (size > length - at) throw cutOff();
    from[i] = at;
    at += size;
    to[i] = at;
  }
  return { kind: 'bytes', count, bytes, view, from, to };
}

/** Booleans in runs; a length stands before them. */
export function readRuns(bytes: Uint8Array, start: number, count: number): Raw {
  if (start + 4 > bytes.length) throw cutOff();
  const size = viewOf(bytes).getUint32(start, true);
  if (size > bytes.length - start - 4) throw cutOff();
  return { kind: 'numbers', count, values: Float64Array.from(readHybrid(bytes, start + 4, start + 4 + size, 1, count)), large: undefined };
}

/** Values whose first bytes stand together, then all second bytes, and so on. */
export function readSplit(leaf: Leaf, bytes: Uint8Array, start: number, count: number): Raw {
  if (leaf.physical === 'BOOLEAN' || leaf.physical === 'BYTE_ARRAY') throw new ParquetFault('a page is packed in a way that does not fit its values');
  const size = sizeOf(leaf);
  if (count * size > bytes.length - start) throw cutOff();
  const plain = new Uint8Array(count * size);
  for (let byte = 0, at = start; byte < size; byte++) for (let i = 0; i < count; i++) plain[i * size + byte] = bytes[at++] as number;
  return readPlain(leaf, plain, 0, count);
}
