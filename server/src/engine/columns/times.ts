/** What is asked of the codes of a whole column again and again, and is always the same: how often each comes up, and whether BLANK does. */
import { BLANK_CODE } from './dictionary.ts';
import { timesOfCodes } from './kernels.ts';

interface Entry {
  readonly length: number;
  readonly size: number;
  asked: number;
  times: Uint32Array | undefined;
}

/** By the memory that holds the codes, which nobody writes to. */
const known = new WeakMap<ArrayBufferLike, Entry>();

/**
 * The times of the first codes of an array, kept from the second time on that somebody asks for them.
 *
 * @param size one more than the greatest code
 */
export function timesOfAll(codes: Uint32Array, length: number, size: number): Uint32Array {
  if (codes.byteOffset !== 0) return timesOfCodes(codes, undefined, length, size);
  let entry = known.get(codes.buffer);
  if (entry?.length !== length || entry.size !== size) known.set(codes.buffer, (entry = { length, size, asked: 0, times: undefined }));
  if (entry.times !== undefined) return entry.times;
  const times = timesOfCodes(codes, undefined, length, size);
  if (entry.asked++ > 0) entry.times = times;
  return times;
}

const blanks = new WeakMap<ArrayBufferLike, { readonly length: number; readonly has: boolean }>();

/** Whether some of the codes is that of BLANK. */
export function holdsBlank(codes: Uint32Array): boolean {
  if (codes.byteOffset !== 0) return codes.includes(BLANK_CODE);
  let entry = blanks.get(codes.buffer);
  if (entry?.length !== codes.length) blanks.set(codes.buffer, (entry = { length: codes.length, has: codes.includes(BLANK_CODE) }));
  return entry.has;
}
