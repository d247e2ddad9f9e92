/** Small whole numbers as Parquet packs them: runs of one number, and groups of eight with a few bits for each. */
import { ParquetFault } from './fault.ts';

/**
 * Reads so many numbers.
 *
 * @param width bits of a number, at most 32
 */
export function readHybrid(bytes: Uint8Array, start: number, end: number, width: number, count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  if (width === 0) return numbers;
  if (width > 32) throw new ParquetFault('a number has too many bits');
  const valueBytes = (width + 7) >>> 3;
  let at = start;
  let made = 0;
  while (made < count) {
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= end || shift > 28) throw new ParquetFault('a page is cut off');
      const it = bytes[at++] as number;
      head |= (it & 0x7f) << shift;
      if (it < 0x80) break;
    }
    const isPacked = (head & 1) === 1;
    const length = head >>> 1;
    if (isPacked) {
      const size = Math.min(length * 8, count - made);
      unpack(bytes, at, end, width, numbers, made, size);
      made += size;
      at += length * width;
      continue;
    }
    if (at + valueBytes > end) throw new ParquetFault('a page is cut off');
    let value = 0;
    for (let i = 0; i < valueBytes; i++) value |= (bytes[at + i] as number) << (8 * i);
    at += valueBytes;
    // Levels that are larger than a level can be would count as more values than there are rows.
    if (width < 32 && value >>> width !== 0) throw new ParquetFault('a number has too many bits');
    const size = Math.min(length, count - made);
    numbers.fill(value, made, made + size);
    made += size;
  }
  return numbers;
}

/** Unpacks numbers of so many bits each, lowest bit first. */
export function unpack(bytes: Uint8Array, start: number, end: number, width: number, numbers: Uint32Array, from: number, count: number): void {
  if (start + Math.ceil((count * width) / 8) > end) throw new ParquetFault('a page is cut off');
  const mask = width === 32 ? -1 : (1 << width) - 1;
  const to = from + count;
  if (width === 1) {
    for (let i = from, bit = 0; i < to; i++, bit++) numbers[i] = ((bytes[start + (bit >>> 3)] as number) >>> (bit & 7)) & 1;
    return;
  }
  if (width === 8) {
    for (let i = from; i < to; i++) numbers[i] = bytes[start + i - from] as number;
    return;
  }
  let at = start;
  let bit = 0;
  for (let i = from; i < to; i++) {
    const word = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24);
    // Of five bytes that a number may touch the last has a few bits at most.
    const value = bit + width > 32 ? (word >>> bit) | ((bytes[at + 4] as number) << (32 - bit)) : word >>> bit;
    numbers[i] = value & mask;
    bit += width;
    at += bit >>> 3;
    bit &= 7;
  }
}
