/** Columns of values: making them, reading them, and applying a function to each value or to each distinct value once. */
import type { DataType } from '../../model/model.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import type { DistinctValues, Vector } from '../../plan/vector.ts';
import { pulse, pulseBy } from '../pulse.ts';
import { failureOf, isFailure, isVariant } from './cells.ts';
import { commonType } from './types.ts';

export type { Vector } from '../../plan/vector.ts';

export const constant = (type: ValueType, value: Cell, length: number): Vector => ({ kind: 'constant', type, value, length });

export const cellsVector = (type: ValueType, cells: readonly Cell[]): Vector => ({ kind: 'cells', type, cells, length: cells.length });

export const dictionaryVector = (type: ValueType, codes: Uint32Array, dictionary: readonly Cell[]): Extract<Vector, { kind: 'dictionary' }> => ({
  kind: 'dictionary', type, codes, dictionary, size: dictionary.length, length: codes.length,
});

/** Values of a stored column, whose dictionary is made when it is read. */
export const storedVector = (type: ValueType, codes: Uint32Array, source: DistinctValues): Extract<Vector, { kind: 'dictionary' }> => ({
  kind: 'dictionary', type, codes, size: source.size, length: codes.length, source,
  get dictionary() {
    return source.dictionary;
  },
});

/** Other rows of the same values. */
export const sameValues = (vector: Extract<Vector, { kind: 'dictionary' }>, codes: Uint32Array): Vector =>
  (vector.source === undefined ? dictionaryVector(vector.type, codes, vector.dictionary) : storedVector(vector.type, codes, vector.source));

export function cellAt(vector: Vector, index: number): Cell {
  pulse();
  switch (vector.kind) {
    case 'constant': return vector.value;
    case 'cells': return vector.cells[index] ?? null;
    case 'dictionary': return vector.dictionary[vector.codes[index] ?? 0] ?? null;
  }
}

export function toCells(vector: Vector): readonly Cell[] {
  if (vector.kind === 'cells') return vector.cells;
  if (vector.kind === 'constant') return new Array<Cell>(vector.length).fill(vector.value);
  const { codes, dictionary, length } = vector;
  const cells = new Array<Cell>(length);
  for (let i = 0; i < length; i++) cells[i] = dictionary[codes[i] as number] ?? null;
  pulseBy(length >> 2);
  return cells;
}

/** The values at `indices`, in that order; undefined: the vector itself. */
export function pick(vector: Vector, indices: Int32Array | undefined): Vector {
  if (indices === undefined) return vector;
  const length = indices.length;
  if (vector.kind === 'constant') return vector.length === length ? vector : constant(vector.type, vector.value, length);
  if (vector.kind === 'dictionary') {
    const codes = new Uint32Array(length);
    const all = vector.codes;
    for (let i = 0; i < length; i++) codes[i] = all[indices[i] as number] as number;
    pulseBy(length >> 2);
    return sameValues(vector, codes);
  }
  const cells = new Array<Cell>(length);
  const all = vector.cells;
  for (let i = 0; i < length; i++) cells[i] = all[indices[i] as number] ?? null;
  pulseBy(length >> 2);
  return cellsVector(vector.type, cells);
}

/** `f` of each value that is no failure; of each distinct value once where the vector tells them apart. */
export function map1(vector: Vector, type: ValueType, f: (cell: Cell) => Cell): Vector {
  const safe = (cell: Cell): Cell => {
    pulse();
    return isFailure(cell) ? cell : f(cell);
  };
  if (vector.kind === 'constant') return constant(type, vector.length === 0 ? null : safe(vector.value), vector.length);
  if (vector.kind === 'dictionary' && vector.size <= vector.length) {
    return dictionaryVector(type, vector.codes, vector.dictionary.map(safe));
  }
  return cellsVector(type, toCells(vector).map(safe));
}

/** `f` of each pair of values of which none is a failure. */
export function map2(a: Vector, b: Vector, type: ValueType, f: (a: Cell, b: Cell) => Cell): Vector {
  const safe = (x: Cell, y: Cell): Cell => (isFailure(x) || isFailure(y) ? (failureOf([x, y]) ?? null) : f(x, y));
  if (b.kind === 'constant') {
    if (a.kind === 'constant') return constant(type, a.length === 0 ? null : safe(a.value, b.value), a.length);
    if (isFailure(b.value)) return cellsVector(type, toCells(a).map((it) => safe(it, b.value)));
    return map1(a, type, (it) => f(it, b.value));
  }
  if (a.kind === 'constant') {
    if (isFailure(a.value)) return cellsVector(type, toCells(b).map((it) => safe(a.value, it)));
    return map1(b, type, (it) => f(a.value, it));
  }
  if (a.kind === 'dictionary' && b.kind === 'dictionary' && a.codes === b.codes && a.size <= a.length) {
    return dictionaryVector(type, a.codes, a.dictionary.map((it, code) => safe(it, b.dictionary[code] ?? null)));
  }
  const length = a.length;
  const cells = new Array<Cell>(length);
  for (let i = 0; i < length; i++) cells[i] = safe(cellAt(a, i), cellAt(b, i));
  return cellsVector(type, cells);
}

/** `f` of each row of values of which none is a failure. */
export function mapRows(vectors: readonly Vector[], length: number, type: ValueType, f: (...cells: Cell[]) => Cell): Vector {
  const row = (i: number): Cell => {
    const cells = vectors.map((it) => cellAt(it, i));
    return failureOf(cells) ?? f(...cells);
  };
  if (vectors.every((it) => it.kind === 'constant')) return constant(type, length === 0 ? null : row(0), length);
  return cellsVector(type, Array.from({ length }, (_, i) => row(i)));
}

/** A value and its own type: what a variant cell says, else the type of its column. */
export const typed = (cell: Cell, type: ValueType): { readonly type: ValueType; readonly value: Cell } =>
  isVariant(cell) ? { type: cell.type, value: cell.value } : { type: cell === null ? 'blank' : type, value: cell };

/** Puts a value of type `from` into a column of type `to`, which `commonType` chose. */
export function castCell(cell: Cell, from: ValueType, to: ValueType): Cell {
  if (from === to || cell === null || isFailure(cell) || isVariant(cell)) return cell;
  if (to === 'variant') return { cell: 'variant', type: from as DataType, value: cell };
  if (to === 'double') return from === 'decimal' ? Number(cell) / 10_000 : Number(cell);
  if (to === 'decimal' && from === 'int64') {
    return typeof cell === 'number' && Number.isSafeInteger(cell * 10_000) ? cell * 10_000 : BigInt(cell as number | bigint) * 10_000n;
  }
  return cell;
}

export const cast = (vector: Vector, to: ValueType): Vector =>
  vector.type === to ? vector : map1(vector, to, (it) => castCell(it, vector.type, to));

/** One vector out of parts that do not overlap, in their common type: `at` tells in rising order where a part's values go. */
export function scatter(parts: readonly { readonly vector: Vector; readonly at: Int32Array }[], length: number): Vector {
  const type = parts.reduce<ValueType>((acc, it) => commonType(acc, it.vector.type), 'blank');
  const whole = parts.find((it) => it.vector.length === length);
  if (whole !== undefined) return cast(whole.vector, type);
  const cells = new Array<Cell>(length).fill(null);
  for (const { vector, at } of parts) {
    const values = cast(vector, type);
    for (let i = 0; i < values.length; i++) cells[at[i] as number] = cellAt(values, i);
  }
  return cellsVector(type, cells);
}

/** One vector after the other, in their common type. */
export function concat(vectors: readonly Vector[]): Vector {
  const type = vectors.reduce<ValueType>((acc, it) => commonType(acc, it.type), 'blank');
  return cellsVector(type, vectors.flatMap((it) => toCells(cast(it, type))));
}
