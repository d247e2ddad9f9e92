/** Declared types are met where that loses nothing. */
import type { DataType } from '../../model/model.ts';
import type { Cell } from '../../plan/values.ts';
import { isFailure } from '../values/cells.ts';
import { equalIn } from '../values/convert.ts';
import { typeName } from '../values/types.ts';
import { toCells, type Vector } from '../values/vector.ts';

/** The values in the declared type; as they are, with the type found, when some of them do not fit. */
export function declared(vector: Vector, type: DataType | undefined): { readonly vector: Vector; readonly mismatch: string | undefined } {
  if (type === undefined || vector.type === type) return { vector, mismatch: undefined };
  const cells = toCells(vector).map((cell): Cell | undefined => (cell === null || isFailure(cell) ? cell : equalIn(cell, vector.type, type)));
  if (cells.includes(undefined)) return { vector, mismatch: typeName(vector.type) };
  return { vector: { kind: 'cells', type, cells: cells as Cell[], length: vector.length }, mismatch: undefined };
}
