/** The leaves of numeric expressions: columns of the rows, values that are computed once for each value of a column or once for all. */
import { BLANK_CODE } from '../../columns/dictionary.ts';
import { holdsBlank } from '../../columns/times.ts';
import { isFailure } from '../../values/cells.ts';
import type { Vector } from '../../values/vector.ts';
import type { Code } from './code.ts';
import { constantLane, isPlain, type Compiled, type PlainType, type Workshop } from './compile.ts';

/** Values of an expression by place, and the place of each row; undefined: a row is its own place. */
export interface PlainValues {
  readonly type: PlainType;
  readonly values: Float64Array;
  /** 1 for a place that is BLANK; undefined: none is. */
  readonly blanks: Uint8Array | undefined;
  readonly codes: Uint32Array | undefined;
  /** Whether each value is a number: NaN is none. */
  readonly isNumber: boolean;
}

/** The values of a vector as plain numbers; undefined where some are none. */
export function plainValues(vector: Vector): PlainValues | undefined {
  const { type } = vector;
  if (!isPlain(type)) return undefined;
  if (vector.kind === 'constant') return undefined;
  if (vector.kind === 'cells') return fromCells(type, vector.cells, undefined);
  const { source, codes } = vector;
  if (source === undefined) return fromCells(type, vector.dictionary, codes);
  const values = source.plain();
  if (values === undefined) return undefined;
  return { type, values, blanks: holdsBlank(codes) ? onlyFirst(source.size) : undefined, codes, isNumber: true };
}

function onlyFirst(size: number): Uint8Array {
  const blanks = new Uint8Array(size);
  blanks[BLANK_CODE] = 1;
  return blanks;
}

function fromCells(type: PlainType, cells: readonly unknown[], codes: Uint32Array | undefined): PlainValues | undefined {
  const values = new Float64Array(cells.length);
  let blanks: Uint8Array | undefined;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? null;
    if (typeof cell === 'number') values[i] = cell;
    else if (cell === true) values[i] = 1;
    else if (cell === null) (blanks ??= new Uint8Array(cells.length))[i] = 1;
    else if (cell !== false) return undefined;
  }
  return { type, values, blanks, codes, isNumber: false };
}

/** Fills blocks with the values of rows. */
export function rowLane(it: PlainValues, { block }: Workshop, code?: Code): Compiled {
  const values = new Float64Array(block);
  const blanks = it.blanks === undefined ? undefined : new Uint8Array(block);
  let filledFrom = -1;
  let filledCount = -1;
  return {
    type: it.type, values, blanks, code: blanks === undefined ? code : undefined,
    fill(from, count) {
      // The same column may stand in an expression several times.
      if (from === filledFrom && count === filledCount) return;
      [filledFrom, filledCount] = [from, count];
      if (it.codes === undefined) {
        values.set(it.values.subarray(from, from + count));
        blanks?.set((it.blanks as Uint8Array).subarray(from, from + count));
        return;
      }
      gather(it.values, it.codes, from, count, values);
      if (blanks !== undefined) gatherMarks(it.blanks as Uint8Array, it.codes, from, count, blanks);
    },
  };
}

function gather(values: Float64Array, codes: Uint32Array, from: number, count: number, out: Float64Array): void {
  for (let i = 0; i < count; i++) out[i] = values[codes[from + i] as number] as number;
}

function gatherMarks(marks: Uint8Array, codes: Uint32Array, from: number, count: number, out: Uint8Array): void {
  for (let i = 0; i < count; i++) out[i] = marks[codes[from + i] as number] as number;
}

/** A value of each context as a leaf of the rows that the contexts own; undefined where it is no plain number. */
export function contextLane(vector: Vector, owners: Int32Array | undefined, shop: Workshop): Compiled | undefined {
  const [only] = vector.kind === 'constant' ? [vector.value] : vector.kind === 'cells' ? vector.cells : vector.length === 1 ? [vector.dictionary[vector.codes[0] ?? 0] ?? null] : [];
  if (vector.kind === 'constant' || vector.length === 1) return isFailure(only ?? null) ? undefined : constantLane(vector.type, only ?? null, shop);
  const plain = owners === undefined ? undefined : plainValues(vector);
  if (plain === undefined || owners === undefined) return undefined;
  const { codes } = plain;
  const places = new Uint32Array(owners.length);
  for (let i = 0; i < owners.length; i++) places[i] = codes === undefined ? (owners[i] as number) : (codes[owners[i] as number] as number);
  return rowLane({ ...plain, codes: places }, shop);
}
