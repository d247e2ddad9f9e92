/** Functions of plain numbers: BLANK counts as zero, what has no result is an error. */
import type { Cell, ValueType } from '../../plan/values.ts';
import { daxError, isFailure, type Failure } from '../values/cells.ts';
import { toBoolean } from '../values/coerce.ts';
import { argument, eachRow, numberOf, type Call, type Evaluator, type TypedValue } from './evaluator.ts';

/**
 * @param f the value, NaN or infinite where the page of the function says that there is none; an argument that is left
 *   out is undefined
 * @param read what a value counts as, where that is more than a number
 */
export const ofNumbers = (
  name: string, f: (...x: (number | undefined)[]) => number, type: ValueType = 'double', read: (it: TypedValue, call: Call) => number | null | Failure = numberOf,
): Evaluator => (args, call) =>
  eachRow(args.map((_, i) => argument(args, i, call)), call, type, (...values): Cell => {
    const numbers: (number | undefined)[] = [];
    for (const [i, it] of values.entries()) {
      if (args[i] === null) {
        numbers.push(undefined);
        continue;
      }
      const x = it.type === 'boolean' ? toBoolean(it.value, call.at) : read(it, call);
      if (typeof x === 'object' && isFailure(x)) return x;
      numbers.push(Number(x ?? 0));
    }
    const result = f(...numbers);
    return Number.isFinite(result) ? result + 0 : daxError('argument-out-of-range', { function: name, detail: numbers.map((it) => it ?? '').join(', ') }, call.at);
  });
