/** What an evaluator of a function gets and gives. */
import type { At, Cell, ValueType } from '../../plan/values.ts';
import type { Budget } from '../budget.ts';
import type { Clock } from '../clock.ts';
import type { Failure } from '../values/cells.ts';
import { toDouble, toInteger, withoutText } from '../values/coerce.ts';
import { constant, map1, mapRows, typed, type Vector } from '../values/vector.ts';

/** Where and how a function is called. */
export interface Call {
  readonly length: number;
  readonly at: At | undefined;
  readonly culture: string;
  readonly clock: Clock;
  /** The next number by chance, from zero up to one. */
  readonly random: () => number;
  readonly budget: Budget;
}

/** Arguments as vectors of `length` values, null where omitted; the count was checked before. */
export type Evaluator = (args: readonly (Vector | null)[], call: Call) => Vector;

/** The argument at a place, BLANK where it was omitted. */
export const argument = (args: readonly (Vector | null)[], index: number, call: Call): Vector => args[index] ?? constant('blank', null, call.length);

/** A value with its type, of each argument, row by row; a failure among them is handed on. */
export interface TypedValue {
  readonly type: ValueType;
  readonly value: Cell;
}

export function eachRow(args: readonly Vector[], call: Call, type: ValueType, f: (...values: TypedValue[]) => Cell): Vector {
  const [only] = args;
  if (args.length === 1 && only !== undefined) return map1(only, type, (cell) => f(typed(cell, only.type)));
  return mapRows(args, call.length, type, (...cells) => f(...cells.map((cell, i) => typed(cell, (args[i] as Vector).type))));
}

/** An argument that is read as text: moments that have none are errors. */
export const asText = (vector: Vector, call: Placed): Vector => (vector.type !== 'dateTime' && vector.type !== 'variant' ? vector
  : map1(vector, vector.type, (cell) => withoutText(cell, vector.type, call.at) ?? cell));

/** A function all of whose arguments may be read as text. */
export const ofTexts = (evaluator: Evaluator): Evaluator => (args, call) => evaluator(args.map((it) => (it === null ? null : asText(it, call))), call);

type Placed = Pick<Call, 'at'>;

/** A number, BLANK as null. */
export const numberOf = (it: TypedValue, call: Placed): number | null | Failure => toDouble(it.value, it.type, call.at);

/** A whole number, fractions rounded; BLANK as zero. */
export function wholeOf(it: TypedValue, call: Placed): number | Failure {
  const value = toInteger(it.value, it.type, call.at);
  return value ?? 0;
}
