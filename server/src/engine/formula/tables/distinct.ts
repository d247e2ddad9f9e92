/** DISTINCT of any rows: the first of equal rows stays. */
import type { Cell } from '../../../plan/values.ts';
import { Stopped } from '../../budget.ts';
import { pulse } from '../../pulse.ts';
import { isFailure } from '../../values/cells.ts';
import { valueKey } from '../../values/compare.ts';
import type { Vector } from '../../values/vector.ts';
import { columnsOf, itemsAt, pickRows, type Rows } from '../rows.ts';
import type { Task } from '../task.ts';

export function* distinctRows(rows: Rows, contexts: number): Task<Rows> {
  const vectors = yield* columnsOf(rows.set);
  const { length } = rows.set;
  const { owners } = rows;
  const { ids, count } = numberRows(vectors, owners, length, contexts);
  const seen = new Uint8Array(count);
  const picks: number[] = [];
  ids.forEach((id, row) => {
    if (seen[id] === 1) return;
    seen[id] = 1;
    picks.push(row);
  });
  if (picks.length === length) return rows;
  const kept = Int32Array.from(picks);
  return { set: pickRows(rows.set, kept), owners: itemsAt(kept, owners), spoiled: rows.spoiled };
}

/** A number for each row, the same for rows of one context with the same values. */
export function numberRows(vectors: readonly Vector[], owners: Int32Array | undefined, length: number, contexts: number): { readonly ids: Float64Array; readonly count: number } {
  let ids: Float64Array = owners === undefined ? new Float64Array(length) : Float64Array.from(owners);
  let count = owners === undefined ? 1 : contexts;
  for (const vector of vectors) {
    const idOf = numbering(vector);
    const numbers = new Map<number, number>();
    const width = count;
    ids = ids.map((id, row) => {
      pulse();
      const key = idOf(row) * width + id;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, numbers.size);
      return numbers.size - 1;
    });
    count = numbers.size;
  }
  return { ids, count };
}

/** A number for each row, the same for the same value. A value that failed ends the evaluation: it may be equal to any. */
function numbering(vector: Vector): (row: number) => number {
  const numbers = new Map<unknown, number>();
  const numberOf = (cell: Cell): number => {
    if (isFailure(cell)) throw new Stopped(cell);
    const key = valueKey(cell, vector.type);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  };
  if (vector.kind === 'constant') return () => numberOf(vector.value);
  if (vector.kind === 'cells') return (row) => numberOf(vector.cells[row] ?? null);
  // Values that no row has may have failed.
  const byCode = new Int32Array(vector.size).fill(-1);
  return (row) => {
    const code = vector.codes[row] as number;
    if (byCode[code] === -1) byCode[code] = numberOf(vector.dictionary[code] ?? null);
    return byCode[code] as number;
  };
}

/**
 * The values of a column, and for each row which of them it has; values of different numbers may still be equal. One that
 * failed ends the evaluation where a row has it.
 */
export function numberedCells(vector: Vector): { readonly numbers: Int32Array; readonly cells: readonly Cell[] } {
  const cells: Cell[] = [];
  const add = (cell: Cell): number => {
    if (isFailure(cell)) throw new Stopped(cell);
    return cells.push(cell) - 1;
  };
  if (vector.kind === 'constant') {
    if (vector.length > 0) add(vector.value);
    return { numbers: new Int32Array(vector.length), cells };
  }
  if (vector.kind === 'dictionary') {
    const byCode = new Int32Array(vector.size).fill(-1);
    const numbers = Int32Array.from(vector.codes, (code) => {
      if (byCode[code] === -1) byCode[code] = add(vector.dictionary[code] ?? null);
      return byCode[code] as number;
    });
    return { numbers, cells };
  }
  const known = new Map<unknown, number>();
  const numbers = Int32Array.from(vector.cells, (cell) => {
    pulse();
    const key = isFailure(cell) ? cell : valueKey(cell, vector.type);
    const number = known.get(key);
    if (number !== undefined) return number;
    known.set(key, cells.length);
    return add(cell);
  });
  return { numbers, cells };
}
