/** The rows for which a row expression over numbers is TRUE. */
import type { RowId, Scalar } from '../../../plan/plan.ts';
import type { Evaluate } from '../../context/changes.ts';
import { keptRows } from '../../columns/kernels.ts';
import type { Context } from '../batch.ts';
import type { Job } from '../job.ts';
import { rowsAt, type Rows } from '../rows.ts';
import type { Task } from '../task.ts';
import { NotPlain, truthLoop } from './loops.ts';
import { eachBlock, numericRows, type NumericRows } from './rows.ts';

/** The rows that a predicate keeps; undefined where it is not computed in numbers. */
export function* filterInNumbers(job: Job, evaluate: Evaluate, predicate: Scalar, id: RowId, rows: Rows, context: Context): Task<Rows | undefined> {
  const numeric = yield* numericRows(job, evaluate, predicate, id, rows, context);
  if (numeric === undefined) return undefined;
  const truths = truthsOf(numeric);
  if (truths === undefined) return undefined;
  return rowsAt(rows, numeric.codes === undefined ? placesOf(truths) : keptRows(undefined, rows.set.length, numeric.codes, truths), rows.spoiled);
}

/** 1 for each row or value for which the expression is TRUE. */
function truthsOf(numeric: NumericRows): Uint8Array | undefined {
  const truths = new Uint8Array(numeric.length);
  const block = new Float64Array(numeric.root.values.length);
  try {
    eachBlock(numeric, (from, count) => {
      truthLoop(numeric.root, count, block);
      for (let i = 0; i < count; i++) truths[from + i] = block[i] as number;
    });
  } catch (fault) {
    if (fault instanceof NotPlain) return undefined;
    throw fault;
  }
  return truths;
}

function placesOf(truths: Uint8Array): Int32Array {
  const places = new Int32Array(truths.length + 1);
  let length = 0;
  for (let i = 0; i < truths.length; i++) {
    places[length] = i;
    length += truths[i] as number;
  }
  return places.subarray(0, length);
}
