/** Row-to-row maps: how the many side of a relationship points to the one side, and which rows are equal. */
import { BLANK_CODE, type StoredColumn } from '../columns/column.ts';
import { pulse } from '../pulse.ts';
import { isFailure } from '../values/cells.ts';
import { equalIn } from '../values/convert.ts';

/**
 * For each row of the many side (and its blank row) the row of the one side with the same key; orphans point to
 * `oneRows`, the blank row. `duplicate`: a key that stands in the one side more than once.
 */
export function linkRows(many: StoredColumn, one: StoredColumn, oneRows: number):
  { readonly rows: Int32Array; readonly orphans: boolean; readonly duplicate: { readonly code: number } | undefined } {
  const rowOfKey = new Int32Array(one.size).fill(oneRows);
  let duplicate: { readonly code: number } | undefined;
  for (let row = 0; row < oneRows; row++) {
    pulse();
    const code = one.codes[row] as number;
    if (rowOfKey[code] === oneRows) rowOfKey[code] = row;
    else duplicate ??= { code };
  }
  const target = (many.type === one.type ? many.codesIn(one) : codesAcross(many, one)).map((found) => (found === -1 ? oneRows : (rowOfKey[found] as number)));
  target[BLANK_CODE] = rowOfKey[BLANK_CODE] as number;
  const last = many.codes.length - 1;
  const rows = new Int32Array(many.codes.length);
  let orphans = false;
  for (let row = 0; row < last; row++) {
    pulse();
    const to = target[many.codes[row] as number] as number;
    rows[row] = to;
    if (to === oneRows) orphans = true;
  }
  rows[last] = oneRows;
  return { rows, orphans, duplicate };
}

/** As `codesIn`, for columns of two types. */
function codesAcross(many: StoredColumn, one: StoredColumn): Int32Array {
  return Int32Array.from(many.dictionary, (cell) => {
    pulse();
    const own = isFailure(cell) ? undefined : equalIn(cell, many.type, one.type);
    return own === undefined ? -1 : one.codeOf(own);
  });
}

/** `second` after `first`. */
export function compose(first: Int32Array, second: Int32Array): Int32Array {
  const rows = new Int32Array(first.length);
  for (let i = 0; i < first.length; i++) rows[i] = second[first[i] as number] as number;
  return rows;
}

/** For each row the first row that has the same code in every column; undefined when all rows differ. */
export function firstEqualRows(columns: readonly StoredColumn[], rowCount: number): Int32Array | undefined {
  let ids = new Float64Array(rowCount + 1);
  for (const column of columns) {
    const next = new Map<number, number>();
    const combined = new Float64Array(rowCount + 1);
    const width = column.size;
    for (let row = 0; row <= rowCount; row++) {
      pulse();
      const key = (ids[row] as number) * width + (column.codes[row] as number);
      let id = next.get(key);
      if (id === undefined) {
        id = next.size;
        next.set(key, id);
      }
      combined[row] = id;
    }
    ids = combined;
  }
  const first = new Map<number, number>();
  const rows = new Int32Array(rowCount + 1);
  for (let row = 0; row <= rowCount; row++) {
    pulse();
    const id = ids[row] as number;
    const known = first.get(id);
    rows[row] = known ?? row;
    if (known === undefined) first.set(id, row);
  }
  return rows.every((it, row) => it === row) ? undefined : rows;
}
