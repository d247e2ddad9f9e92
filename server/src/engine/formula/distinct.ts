/** DISTINCT of any rows: the first of equal rows stays. */
import type { Cell } from '../../plan/values.ts';
import { pulse } from '../pulse.ts';
import { isFailure } from '../values/cells.ts';
import { valueKey } from '../values/compare.ts';
import type { Vector } from '../values/vector.ts';
import { columnsOf, itemsAt, pickRows, type Rows } from './rows.ts';
import type { Task } from './task.ts';

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

/** A number for each row, the same for the same value. */
function numbering(vector: Vector): (row: number) => number {
  const numbers = new Map<unknown, number>();
  const numberOf = (cell: Cell): number => {
    const key = isFailure(cell) ? cell : valueKey(cell, vector.type);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  };
  if (vector.kind === 'constant') return () => 0;
  if (vector.kind === 'cells') return (row) => numberOf(vector.cells[row] ?? null);
  const byCode = vector.dictionary.map(numberOf);
  return (row) => byCode[vector.codes[row] as number] as number;
}

/** The distinct values of a column, and for each row which of them it has. Values of different numbers may still be equal. */
export function numberedCells(vector: Vector): { readonly numbers: Int32Array; readonly cells: readonly Cell[] } {
  if (vector.kind === 'constant') return { numbers: new Int32Array(vector.length), cells: [vector.value] };
  if (vector.kind === 'dictionary') return { numbers: Int32Array.from(vector.codes), cells: vector.dictionary };
  const known = new Map<unknown, number>();
  const cells: Cell[] = [];
  const numbers = Int32Array.from(vector.cells, (cell) => {
    pulse();
    const key = isFailure(cell) ? cell : valueKey(cell, vector.type);
    const number = known.get(key);
    if (number !== undefined) return number;
    known.set(key, cells.length);
    return cells.push(cell) - 1;
  });
  return { numbers, cells };
}
