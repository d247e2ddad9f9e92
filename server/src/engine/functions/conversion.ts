/** Functions that turn a value into another type: CONVERT and its kin, VALUE and FIXED. */
import type { DataType } from '../../model/model.ts';
import type { Cell } from '../../plan/values.ts';
import { formatValue } from '../../formats/formatString.ts';
import { daxError, isFailure, notEvaluated, type Failure } from '../values/cells.ts';
import { isDate } from '../dates.ts';
import { toBoolean, toText, withoutText } from '../values/coerce.ts';
import { serialOfText } from '../values/dateText.ts';
import { doubleToDecimal, divideRounded, DECIMAL_SCALE, int64, isEndless, multiplyExact, roundHalfAway } from '../values/numbers.ts';
import { castCell, constant, map1, typed, type Vector } from '../values/vector.ts';
import { argument, eachRow, numberOf, wholeOf, type Call, type Evaluator, type TypedValue } from './evaluator.ts';
import { rounding } from './rounding.ts';

const targets: ReadonlyMap<string, DataType> = new Map([
  ['INTEGER', 'int64'], ['INT64', 'int64'], ['DOUBLE', 'double'], ['DECIMAL', 'decimal'], ['CURRENCY', 'decimal'],
  ['STRING', 'string'], ['TEXT', 'string'], ['BOOLEAN', 'boolean'], ['LOGICAL', 'boolean'], ['DATETIME', 'dateTime'],
]);

/** A value as one of another type; BLANK stays BLANK. */
export function convertTo(vector: Vector, type: DataType, name: string, call: Call): Vector {
  return map1(vector, type, (cell) => {
    const it = typed(cell, vector.type);
    if (type === 'decimal' && isEndless(it.value)) return daxError('overflow', { function: name }, call.at);
    return it.value === null || it.type === type ? it.value : convertCell(it, type, name, call);
  });
}

function convertCell(it: TypedValue, type: DataType, name: string, call: Call): Cell {
  switch (type) {
    case 'string': return withoutText(it.value, it.type, call.at) ?? toText(it.value, it.type);
    case 'boolean':
      if (it.type === 'string') return notEvaluated({ id: 'feature-not-supported', what: 'text as TRUE or FALSE' }, call.at);
      return toBoolean(it.value, call.at);
    case 'dateTime': {
      const serial = (typeof it.value === 'string' ? serialOfText(it.value) : undefined) ?? numberOf(it, call);
      return typeof serial !== 'number' || isDate(serial) ? serial : daxError('invalid-date', { detail: `${serial} is beyond the range of dates` }, call.at);
    }
    case 'double': return numberOf(it, call);
    case 'decimal': {
      const overflow = (): Failure => daxError('overflow', { function: name }, call.at);
      if (it.type === 'int64') return multiplyExact(it.value as number | bigint, DECIMAL_SCALE) ?? overflow();
      const x = numberOf(it, call);
      return typeof x === 'number' ? (doubleToDecimal(x) ?? overflow()) : x;
    }
    case 'int64': {
      const overflow = (): Failure => daxError('overflow', { function: name }, call.at);
      if (it.type === 'decimal') return isEndless(it.value) ? overflow() : divideRounded(it.value as number | bigint, DECIMAL_SCALE) ?? overflow();
      const x = numberOf(it, call);
      if (typeof x !== 'number') return x;
      const whole = roundHalfAway(x);
      return Number.isSafeInteger(whole) ? whole : (Number.isFinite(whole) ? int64(BigInt(whole)) : undefined) ?? overflow();
    }
  }
}

export const conversion = {
  CONVERT: (args, call) => {
    const word = args[1];
    const type = word?.kind === 'constant' && typeof word.value === 'string' ? targets.get(word.value.toUpperCase()) : undefined;
    if (type === undefined) return constant('blank', notEvaluated({ id: 'type-error', detail: 'CONVERT to an unknown data type' }, call.at), call.length);
    return convertTo(argument(args, 0, call), type, 'CONVERT', call);
  },
  CURRENCY: (args, call) => convertTo(argument(args, 0, call), 'decimal', 'CURRENCY', call),
  /** A number rounded to decimals, two unless told, in groups of three unless told otherwise. */
  FIXED: (args, call) => {
    const decimals = args[1] ?? constant('int64', 2, call.length);
    const rounded = rounding.ROUND([convertTo(argument(args, 0, call), 'double', 'FIXED', call), decimals], call);
    return eachRow([rounded, decimals, argument(args, 2, call)], call, 'string', (it, digits, noCommas) => {
      const places = wholeOf(digits, call);
      if (isFailure(places)) return places;
      const plain = toBoolean(noCommas.value, call.at);
      if (isFailure(plain)) return plain;
      if (places > 127) return daxError('argument-out-of-range', { function: 'FIXED', detail: 'there are more than 127 decimals' }, call.at);
      const zeros = places > 0 ? `.${'0'.repeat(places)}` : '';
      const format = `${plain ? '0' : '#,##0'}${zeros}`;
      return formatValue(it.value ?? 0, 'double', format, 'en-US') ?? notEvaluated({ id: 'feature-not-supported', what: 'FIXED of this number' }, call.at);
    });
  },
  VALUE: (args, call) => {
    const value = argument(args, 0, call);
    if (value.type !== 'string' && value.type !== 'variant') return value;
    return map1(value, value.type === 'string' ? 'double' : 'variant', (cell) => {
      const it = typed(cell, value.type);
      const number = typeof it.value === 'string' ? numberOf(it, call) : it.value;
      return value.type === 'string' ? number : castCell(number, it.type === 'string' ? 'double' : it.type, 'variant');
    });
  },
} satisfies Record<string, Evaluator>;
