/**
 * Comparison of values. `==` is strict: BLANK equals only BLANK. All other comparisons take BLANK for 0, "", FALSE or
 * 1899-12-30, whatever the other side is.
 *
 * Types that are known and do not go together (text and number) are an error, as in current engines; cells of a variant
 * column are ordered numbers and dates, then text, then booleans.
 */
import type { At, Cell, ValueType } from '../../plan/values.ts';
import { pulse } from '../pulse.ts';
import { daxError, isVariant } from './cells.ts';
import { compareText, textEquals, textKey } from './text.ts';
import { typeName } from './types.ts';
import { map2, typed, type Vector } from './vector.ts';

export type ComparisonOperator = '=' | '==' | '<>' | '<' | '<=' | '>' | '>=';

export function compareVectors(operator: ComparisonOperator, a: Vector, b: Vector, at: At | undefined): Vector {
  if (a.type === 'variant' || b.type === 'variant') {
    return map2(a, b, 'boolean', (x, y) => {
      const left = typed(x, a.type);
      const right = typed(y, b.type);
      return decide(operator, left.value, left.type, right.value, right.type, true);
    });
  }
  if (!comparable(a.type, b.type)) {
    const error = daxError('comparison-types', { left: typeName(a.type), right: typeName(b.type) }, at);
    return map2(a, b, 'boolean', () => error);
  }
  return map2(a, b, 'boolean', (x, y) => decide(operator, x, a.type, y, b.type, false));
}

/** Order of two values for ORDER BY, MIN and MAX: BLANK first, then by kind, then by value. */
export function compareForOrder(x: Cell, xType: ValueType, y: Cell, yType: ValueType): number {
  pulse();
  const left = typed(x, xType);
  const right = typed(y, yType);
  if (left.value === null || right.value === null) return left.value === right.value ? 0 : left.value === null ? -1 : 1;
  return order(left.value, left.type, right.value, right.type);
}

/** A primitive that is equal for equal values of one type, so that values can be looked up in a Map. */
export function valueKey(cell: Cell, type: ValueType): unknown {
  pulse();
  if (typeof cell === 'string') return type === 'string' ? textKey(cell) : `s${textKey(cell)}`;
  if (isVariant(cell)) return variantKey(cell.value, cell.type);
  return cell;
}

/** A primitive that is equal for equal values of any types: numbers and dates by amount, text without case. */
export const matchKey = (cell: Cell, type: ValueType): string | null =>
  cell === null ? null : isVariant(cell) ? variantKey(cell.value, cell.type) : typeof cell === 'object' ? null : variantKey(cell, type);

function variantKey(value: boolean | string | number | bigint, type: ValueType): string {
  if (typeof value === 'string') return `s${textKey(value)}`;
  if (typeof value === 'boolean') return `b${value}`;
  return `n${type === 'decimal' ? Number(value) / 10_000 : value}`;
}

type Kind = 'number' | 'text' | 'boolean' | 'none';

const kindOf = (type: ValueType): Kind =>
  type === 'string' ? 'text' : type === 'boolean' ? 'boolean' : type === 'blank' || type === 'variant' ? 'none' : 'number';

const kindRank: Readonly<Record<Kind, number>> = { none: 0, number: 1, text: 2, boolean: 3 };

/** Whether values of these types can be compared at all; a variant decides cell by cell. */
export function comparable(a: ValueType, b: ValueType): boolean {
  const left = kindOf(a);
  const right = kindOf(b);
  return left === right || left === 'none' || right === 'none';
}

function decide(operator: ComparisonOperator, x: Cell, xType: ValueType, y: Cell, yType: ValueType, mixed: boolean): boolean {
  if (operator === '==' && (x === null || y === null)) return x === y;
  if (x === null && y === null) return operator === '=' || operator === '<=' || operator === '>=';
  const left = x ?? zeroOf(yType);
  const right = y ?? zeroOf(xType);
  const leftType = x === null ? yType : xType;
  const rightType = y === null ? xType : yType;
  switch (operator) {
    case '=':
    case '==': return equal(left, leftType, right, rightType, mixed);
    case '<>': return !equal(left, leftType, right, rightType, mixed);
    case '<': return order(left, leftType, right, rightType) < 0;
    case '<=': return order(left, leftType, right, rightType) <= 0;
    case '>': return order(left, leftType, right, rightType) > 0;
    case '>=': return order(left, leftType, right, rightType) >= 0;
  }
}

const zeroOf = (type: ValueType): Cell => (type === 'string' ? '' : type === 'boolean' ? false : 0);

function equal(x: Cell, xType: ValueType, y: Cell, yType: ValueType, mixed: boolean): boolean {
  if (typeof x === 'string' && typeof y === 'string') return textEquals(x, y);
  if (mixed && kindOf(xType) !== kindOf(yType)) return false;
  return order(x, xType, y, yType) === 0;
}

function order(x: Cell, xType: ValueType, y: Cell, yType: ValueType): number {
  if (typeof x === 'string' && typeof y === 'string') return compareText(x, y);
  if (typeof x === 'boolean' && typeof y === 'boolean') return Number(x) - Number(y);
  const kinds = kindRank[kindOf(xType)] - kindRank[kindOf(yType)];
  if (kinds !== 0) return kinds;
  let left = x as number | bigint;
  let right = y as number | bigint;
  if (xType !== yType && (xType === 'decimal' || yType === 'decimal')) {
    left = xType === 'decimal' ? Number(left) / 10_000 : Number(left);
    right = yType === 'decimal' ? Number(right) / 10_000 : Number(right);
  }
  if (left < right) return -1;
  if (left > right) return 1;
  // NaN comes before every number.
  return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
}
