/** Mathematical functions over values that are at hand, and MIN and MAX of two values. */
import type { Cell, ValueType } from '../../plan/values.ts';
import { daxError } from '../values/cells.ts';
import { compareForOrder } from '../values/compare.ts';
import { commonType, isNumeric, typeName } from '../values/types.ts';
import { cast, castCell, constant, map2 } from '../values/vector.ts';
import { argument, type Evaluator } from './evaluator.ts';

/** The smaller or larger of two values. BLANK counts as zero; two BLANKs are BLANK. */
const extreme = (sign: 1 | -1): Evaluator => (args, call) => {
  const a = argument(args, 0, call);
  const b = argument(args, 1, call);
  const type = commonType(a.type, b.type);
  if (type === 'boolean' || (type === 'variant' && a.type !== 'variant' && b.type !== 'variant' && !together(a.type, b.type))) {
    const error = daxError('comparison-types', { left: typeName(a.type), right: typeName(b.type) }, call.at);
    return constant('blank', error, call.length);
  }
  return map2(cast(a, type), cast(b, type), type, (x, y): Cell => {
    if (x === null && y === null) return null;
    const left = x ?? zeroOf(type);
    const right = y ?? zeroOf(type);
    return compareForOrder(left, type, right, type) * sign >= 0 ? left : right;
  });
};

const together = (a: ValueType, b: ValueType): boolean => (isNumeric(a) || a === 'dateTime') && (isNumeric(b) || b === 'dateTime');

const zeroOf = (type: ValueType): Cell => (type === 'string' ? '' : type === 'variant' ? castCell(0, 'int64', 'variant') : 0);

export const math = {
  MIN: extreme(-1),
  MAX: extreme(1),
} satisfies Record<string, Evaluator>;
