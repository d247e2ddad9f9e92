/** What a function of the rows of a relation gets: the values of one evaluation context, row by row. */
import type { At, Cell, ValueType } from '../../../plan/values.ts';
import type { Budget } from '../../budget.ts';
import { pulse } from '../../pulse.ts';
import { daxError, isFailure, notEvaluated, type Failure } from '../../values/cells.ts';
import { toDouble } from '../../values/coerce.ts';
import { typeName } from '../../values/types.ts';
import { cellAt, typed, type Vector } from '../../values/vector.ts';

/** A value and the type it has. */
export interface TypedValue {
  readonly type: ValueType;
  readonly value: Cell;
}

/** The rows of one context, in order; no value among them is a failure. */
export interface RowsOfContext {
  /** Name of the function, for messages. */
  readonly name: string;
  readonly at: At | undefined;
  readonly budget: Budget;
  /** What is evaluated for each row. */
  readonly columns: readonly Vector[];
  /** Indices into the columns. */
  readonly rows: Int32Array;
  /** What is evaluated once for the context. */
  readonly args: readonly TypedValue[];
}

/** A function of rows: the type of its results, and the result of one context. */
export interface RowsEvaluator {
  readonly type: ValueType;
  readonly apply: (rows: RowsOfContext) => Cell;
}

/** Why a function gives no value here, where its page does not say what it gives. */
export const unsure = (it: RowsOfContext, what: string): Failure => notEvaluated({ id: 'feature-not-supported', what: `${it.name} ${what}` }, it.at);

export const outOfRange = (it: RowsOfContext, detail: string): Failure => daxError('argument-out-of-range', { function: it.name, detail }, it.at);

/** Argument `index` with its type; BLANK where it was left out. */
export const argumentOf = (it: RowsOfContext, index: number): TypedValue => it.args[index] ?? { type: 'blank', value: null };

/** Argument `index` as a number, BLANK as null. */
export function numberArgument(it: RowsOfContext, index: number): number | null | Failure {
  const { value, type } = argumentOf(it, index);
  return toDouble(value, type, it.at);
}

/** The value of a column in every row, each with its type. */
export const valuesOf = (it: RowsOfContext, column = 0): TypedValue[] => {
  const vector = it.columns[column];
  return vector === undefined ? [] : Array.from(it.rows, (row) => typed(cellAt(vector, row), vector.type));
};

/**
 * The numbers of a column, BLANK values left out.
 *
 * @returns a failure where a value is of another kind: text, dates and truth are not numbers to a statistic
 */
export function numbersOf(it: RowsOfContext, column = 0): number[] | Failure {
  const numbers: number[] = [];
  for (const { value, type } of valuesOf(it, column)) {
    pulse();
    if (value === null) continue;
    if (type !== 'int64' && type !== 'double' && type !== 'decimal') return notEvaluated({ id: 'type-error', detail: `${it.name} does not take a ${typeName(type)}` }, it.at);
    const number = toDouble(value, type, it.at);
    if (isFailure(number as Cell)) return number as Failure;
    numbers.push(number as number);
  }
  return numbers;
}

export const isFailed = <T>(it: readonly T[] | Failure): it is Failure => !Array.isArray(it);
