/** Constants, ERROR and IFERROR. */
import { daxError, isFailure } from '../values/cells.ts';
import { cellAt, cellsVector, constant, scatter, type Vector } from '../values/vector.ts';
import { argument, eachRow, type Evaluator } from './evaluator.ts';
import { textOf } from './text.ts';

export const logical = {
  BLANK: (_, call) => constant('blank', null, call.length),
  ERROR: (args, call) => eachRow([argument(args, 0, call)], call, 'blank', (it) => daxError('raised', { text: textOf(it).slice(0, 200) }, call.at)),
  FALSE: (_, call) => constant('boolean', false, call.length),
  IFERROR: (args, call) => {
    const value = argument(args, 0, call);
    const other = argument(args, 1, call);
    const picks = Int32Array.from({ length: call.length }, (_, i) => i);
    const failed = (i: number): boolean => {
      const cell = cellAt(value, i);
      return isFailure(cell) && cell.cell === 'error';
    };
    const good = picks.filter((i) => !failed(i));
    const bad = picks.filter(failed);
    return scatter([{ vector: pickCells(value, good), at: good }, { vector: pickCells(other, bad), at: bad }], call.length);
  },
  TRUE: (_, call) => constant('boolean', true, call.length),
} satisfies Record<string, Evaluator>;

const pickCells = (vector: Vector, picks: Int32Array): Vector => cellsVector(vector.type, Array.from(picks, (it) => cellAt(vector, it)));
