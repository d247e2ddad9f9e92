/** What kind of value something is. BLANK is of no type; ISNONTEXT is true of it. */
import type { Cell, ValueType } from '../../plan/values.ts';
import { isFailure } from '../values/cells.ts';
import { cellAt, cellsVector, map1, typed } from '../values/vector.ts';
import { argument, eachRow, numberOf, type Evaluator, type TypedValue } from './evaluator.ts';
import { isCaught } from './logical.ts';

/** Whether a value is of a type; a failure is handed on. */
const isOf = (test: (it: TypedValue) => boolean): Evaluator => (args, call) => {
  const value = argument(args, 0, call);
  return map1(value, 'boolean', (cell) => test(typed(cell, value.type)));
};

const oneOf = (...types: readonly ValueType[]): Evaluator => isOf((it) => types.includes(it.type));

const isText = oneOf('string');
const isNumber = oneOf('int64', 'double', 'decimal', 'dateTime');
const isLogical = oneOf('boolean');
const isWhole = oneOf('int64');
const isDecimal = oneOf('decimal');

/** ISEVEN and ISODD: fractions are cut off; BLANK counts as zero. */
const hasRest = (rest: 0 | 1): Evaluator => (args, call) => eachRow([argument(args, 0, call)], call, 'boolean', (it): Cell => {
  if (typeof it.value === 'bigint' && it.type === 'int64') return Number(it.value & 1n) === rest;
  const x = numberOf(it, call);
  if (isFailure(x)) return x;
  return Math.abs(Math.trunc(x ?? 0)) % 2 === rest;
});

export const information = {
  ISBLANK: isOf((it) => it.value === null),
  ISBOOLEAN: isLogical,
  ISCURRENCY: isDecimal,
  ISDATETIME: oneOf('dateTime'),
  ISDECIMAL: isDecimal,
  ISDOUBLE: oneOf('double'),
  /** TRUE for an error that DAX raises, Infinity and NaN; what was not evaluated stays so. */
  ISERROR: (args, call) => {
    const value = argument(args, 0, call);
    return cellsVector('boolean', Array.from({ length: call.length }, (_, i): Cell => {
      const cell = cellAt(value, i);
      return isCaught(cell) || (isFailure(cell) ? cell : false);
    }));
  },
  ISEVEN: hasRest(0),
  ISINT64: isWhole,
  ISINTEGER: isWhole,
  ISLOGICAL: isLogical,
  ISNONTEXT: isOf((it) => it.type !== 'string'),
  ISNUMBER: isNumber,
  ISNUMERIC: isNumber,
  ISODD: hasRest(1),
  ISSTRING: isText,
  ISTEXT: isText,
} satisfies Record<string, Evaluator>;
