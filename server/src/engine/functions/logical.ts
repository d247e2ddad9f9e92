/** Constants, ERROR and IFERROR. */
import type { Cell } from '../../plan/values.ts';
import { daxError, isFailure, isVariant } from '../values/cells.ts';
import { cellAt, cellsVector, constant, scatter, type Vector } from '../values/vector.ts';
import { argument, eachRow, type Evaluator } from './evaluator.ts';
import { textOf } from './text.ts';

/**
 * Whether IFERROR and ISERROR take a value for an error: Infinity and NaN are values, and both catch them (the pages of
 * both; "The Definitive Guide to DAX" by Marco Russo and Alberto Ferrari on error detection functions).
 */
export function isCaught(cell: Cell): boolean {
  if (isFailure(cell)) return cell.cell === 'error';
  const value = isVariant(cell) ? cell.value : cell;
  return typeof value === 'number' && !Number.isFinite(value);
}

export const logical = {
  BLANK: (_, call) => constant('blank', null, call.length),
  ERROR: (args, call) => eachRow([argument(args, 0, call)], call, 'blank', (it) => daxError('raised', { text: textOf(it).slice(0, 200) }, call.at)),
  FALSE: (_, call) => constant('boolean', false, call.length),
  IFERROR: (args, call) => {
    const value = argument(args, 0, call);
    const other = argument(args, 1, call);
    const picks = Int32Array.from({ length: call.length }, (_, i) => i);
    const good = picks.filter((i) => !isCaught(cellAt(value, i)));
    const bad = picks.filter((i) => isCaught(cellAt(value, i)));
    return scatter([{ vector: pickCells(value, good), at: good }, { vector: pickCells(other, bad), at: bad }], call.length);
  },
  TRUE: (_, call) => constant('boolean', true, call.length),
} satisfies Record<string, Evaluator>;

const pickCells = (vector: Vector, picks: Int32Array): Vector => cellsVector(vector.type, Array.from(picks, (it) => cellAt(vector, it)));
