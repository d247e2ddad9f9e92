/** Lists of indices, made by plain loops: an array made from a length and a function takes twenty times as long. */
import { pulseBy } from '../pulse.ts';

/** 0 to `count` - 1. */
export function allIndices(count: number): Int32Array<ArrayBuffer> {
  const indices = new Int32Array(count);
  for (let i = 0; i < count; i++) indices[i] = i;
  pulseBy(count >> 3);
  return indices;
}

/** Those below `count` for which the test holds, rising. */
export function indicesWhere(count: number, test: (index: number) => boolean): Int32Array<ArrayBuffer> {
  const indices = new Int32Array(count);
  let length = 0;
  for (let i = 0; i < count; i++) if (test(i)) indices[length++] = i;
  pulseBy(count);
  return indices.subarray(0, length);
}

/** The first index whose number is not below `least`; the length where all are. @param rising numbers that never fall */
export function firstNotBelow(rising: ArrayLike<number>, least: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
