/** The columns of sessions: what the cut tells of each, and what is made of the values of its rows. */
import type { SessionFold } from '../../../model/sessionize.ts';
import type { Cell, ValueType } from '../../../plan/values.ts';
import { endsAll, Stopped, stopped } from '../../budget.ts';
import type { StoredColumn } from '../../columns/column.ts';
import { pulse } from '../../pulse.ts';
import { isFailure, notEvaluated } from '../../values/cells.ts';
import { toBoolean, toText } from '../../values/coerce.ts';
import { compareForOrder } from '../../values/compare.ts';
import { totalsOf } from '../../values/sums.ts';
import { cellAt, cellsVector, dictionaryVector, type Vector } from '../../values/vector.ts';
import { endReasons, startReasons, type CutSessions } from './cut.ts';

/** One value a session. */
const made = (cut: CutSessions, type: ValueType, valueOf: (session: number) => Cell): Vector => {
  const cells = new Array<Cell>(cut.count);
  for (let session = 0; session < cut.count; session++) {
    pulse();
    cells[session] = valueOf(session);
  }
  return cellsVector(type, cells);
};

export const numbersOf = (cut: CutSessions): Vector => made(cut, 'int64', (it) => cut.number[it] as number);
export const turnsOf = (cut: CutSessions): Vector => made(cut, 'int64', (it) => cut.turns[it] as number);
export const messagesOf = (cut: CutSessions): Vector => made(cut, 'int64', (it) => (cut.to[it] as number) - (cut.from[it] as number));
export const startReasonsOf = (cut: CutSessions): Vector => made(cut, 'string', (it) => startReasons[cut.startReason[it] as number] ?? null);
export const endReasonsOf = (cut: CutSessions): Vector => made(cut, 'string', (it) => endReasons[cut.endReason[it] as number] ?? null);

/** Value of a column of the log in one row of each session. */
export function valuesAt(cut: CutSessions, column: StoredColumn, rowOf: (session: number) => number): Vector {
  const codes = new Uint32Array(cut.count);
  for (let session = 0; session < cut.count; session++) {
    pulse();
    codes[session] = column.codes[rowOf(session)] as number;
  }
  return dictionaryVector(column.type, codes, column.dictionary);
}

/**
 * The values of the partition, parted by |, then # and the session's number: no two sessions have one key, and it stays
 * as it is when other partitions change. Marks that stand in a value have \ before them.
 */
export function keysOf(cut: CutSessions, partition: readonly StoredColumn[]): readonly string[] {
  const texts = partition.map(() => new Map<number, string>());
  const keys = new Array<string>(cut.count);
  for (let session = 0; session < cut.count; session++) {
    pulse();
    const row = cut.opening[session] as number;
    const parts = partition.map(({ codes, dictionary, type }, i) => {
      const code = codes[row] as number;
      const known = texts[i]?.get(code);
      if (known !== undefined) return known;
      const text = toText(dictionary[code] ?? null, type).replace(/[\\|#]/g, '\\$&');
      texts[i]?.set(code, text);
      return text;
    });
    keys[session] = `${parts.join('|')}#${String(cut.number[session])}`;
  }
  return keys;
}

/** Whether a value is TRUE as FILTER takes it; raises what it failed with. */
export function truth(vector: Vector, row: number): boolean {
  const cell = cellAt(vector, row);
  const it = isFailure(cell) ? cell : toBoolean(cell, undefined);
  if (typeof it !== 'boolean') throw new Stopped(it);
  return it;
}

/**
 * What is made of an expression's values in the rows of each session: the first, last, least or greatest that is not
 * BLANK, the sum of them, whether any is TRUE, how many are neither BLANK nor FALSE. A value that failed spoils the session's.
 *
 * @param values of the log, one a row
 * @param rows the log's rows in order
 */
export function foldRows(cut: CutSessions, rows: Int32Array, values: Vector, fold: SessionFold): Vector {
  if (fold === 'sum') return sumRows(cut, rows, values);
  const { type } = values;
  const type_ = fold === 'any' ? 'boolean' : fold === 'count' ? 'int64' : type;
  return made(cut, type_, (session) => {
    const from = cut.from[session] as number;
    const to = cut.to[session] as number;
    let found: Cell = null;
    let count = 0;
    for (let i = from; i < to; i++) {
      const cell = failing(cellAt(values, rows[fold === 'last' ? to - 1 - (i - from) : i] as number));
      if (cell === null) continue;
      if (isFailure(cell)) return cell;
      if (fold === 'first' || fold === 'last') return cell;
      if (fold === 'any') {
        const it = toBoolean(cell, undefined);
        if (it !== false) return it;
      } else if (fold === 'count') count += cell === false ? 0 : 1;
      else if (found === null) found = cell;
      else {
        const order = compareForOrder(cell, type, found, type);
        if (fold === 'min' ? order < 0 : order > 0) found = cell;
      }
    }
    return fold === 'any' ? false : fold === 'count' ? count : found;
  });
}

/** A failure that ends the whole evaluation is no value of a session. */
function failing(cell: Cell): Cell {
  if (isFailure(cell) && endsAll(cell)) throw new Stopped(cell);
  return cell;
}

function sumRows(cut: CutSessions, rows: Int32Array, values: Vector): Vector {
  const { type } = values;
  if (type !== 'int64' && type !== 'double' && type !== 'decimal' && type !== 'blank') throw stopped({ id: 'type-error', detail: 'a sum of values that are no numbers' });
  const totals = totalsOf(type, cut.count);
  return made(cut, type, (session) => {
    let isEmpty = true;
    for (let i = cut.from[session] as number; i < (cut.to[session] as number); i++) {
      const cell = failing(cellAt(values, rows[i] as number));
      if (isFailure(cell)) return cell;
      if (typeof cell !== 'number' && typeof cell !== 'bigint') continue;
      totals.add(session, cell);
      isEmpty = false;
    }
    return isEmpty ? null : (totals.total(session) ?? notEvaluated({ id: 'overflow', detail: 'the sum of a session' }, undefined));
  });
}
