/** Logical and information functions whose arguments are all evaluated. */
import { isFailure } from '../values/cells.ts';
import { cellAt, constant, map1, scatter, typed, type Vector } from '../values/vector.ts';
import { argument, type Evaluator } from './evaluator.ts';

/** Whether a value is of a type; a failure is handed on. */
const isOf = (test: (it: ReturnType<typeof typed>) => boolean): Evaluator => (args, call) => {
  const value = argument(args, 0, call);
  return map1(value, 'boolean', (cell) => test(typed(cell, value.type)));
};

export const logical = {
  BLANK: (_, call) => constant('blank', null, call.length),
  TRUE: (_, call) => constant('boolean', true, call.length),
  FALSE: (_, call) => constant('boolean', false, call.length),
  ISBLANK: isOf((it) => it.value === null),
  ISTEXT: isOf((it) => it.type === 'string'),
  ISNONTEXT: isOf((it) => it.type !== 'string'),
  ISNUMBER: isOf((it) => it.type === 'int64' || it.type === 'double' || it.type === 'decimal' || it.type === 'dateTime'),
  ISLOGICAL: isOf((it) => it.type === 'boolean'),
  /** TRUE for an error that DAX raises; what was not evaluated stays so. */
  ISERROR: (args, call) => {
    const value = argument(args, 0, call);
    return fromCells(value, call.length, (cell) => (isFailure(cell) ? (cell.cell === 'error' ? true : cell) : false));
  },
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
} satisfies Record<string, Evaluator>;

const pickCells = (vector: Vector, picks: Int32Array): Vector => ({ kind: 'cells', type: vector.type, cells: Array.from(picks, (it) => cellAt(vector, it)), length: picks.length });

function fromCells(vector: Vector, length: number, f: (cell: ReturnType<typeof cellAt>) => ReturnType<typeof cellAt>): Vector {
  return { kind: 'cells', type: 'boolean', cells: Array.from({ length }, (_, i) => f(cellAt(vector, i))), length };
}
