/** Lists that all scans of whole tables share and nobody writes to: the rows 0, 1, 2 and so on, and context 0 for each of them. */
let rising = new Int32Array(0);

/** The first `count` rows. */
export function firstRows(count: number): Int32Array {
  if (rising.length < count) {
    rising = new Int32Array(count);
    for (let row = 0; row < count; row++) rising[row] = row;
  }
  return rising.subarray(0, count);
}

/** Whether a list is known to hold the first rows of a table. */
export const isFirstRows = (rows: Int32Array): boolean => rows.buffer === rising.buffer && rows.byteOffset === 0;

let zeros = new Int32Array(0);

/** Context 0 for each of `count` rows. */
export function firstContext(count: number): Int32Array {
  if (zeros.length < count) zeros = new Int32Array(count);
  return zeros.subarray(0, count);
}
