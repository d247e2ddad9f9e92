/**
 * The arithmetic operators: types of results and BLANK as on the data types page of the Power BI documentation.
 * Whole and fixed decimal numbers are exact; what 64 bits cannot hold is an error, as in DAX.
 */
import type { At, Cell, ValueType } from '../../plan/values.ts';
import { daxError, isFailure, isVariant, type Failure } from './cells.ts';
import { toDouble } from './coerce.ts';
import { addExact, divideRounded, doubleToDecimal, multiplyExact, subtractExact, DECIMAL_SCALE } from './numbers.ts';
import { castCell, map1, map2, typed, type Vector } from './vector.ts';
import { isNumeric } from './types.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '^';

export function arithmetic(operator: ArithmeticOperator, a: Vector, b: Vector, at: At | undefined): Vector {
  const type = resultType(operator, a.type, b.type);
  if (type !== 'variant') {
    const kernel = kernelOf(operator, a.type, b.type, type, at);
    return map2(a, b, type, kernel);
  }
  return map2(a, b, type, (x, y) => {
    const left = typed(x, a.type);
    const right = typed(y, b.type);
    const result = resultType(operator, left.type, right.type);
    return castCell(kernelOf(operator, left.type, right.type, result, at)(left.value, right.value), result, 'variant');
  });
}

/** Unary minus keeps the type; of text and booleans it makes a number. */
export function negate(vector: Vector, at: At | undefined): Vector {
  const type = vector.type === 'string' ? 'double' : vector.type === 'boolean' ? 'int64' : vector.type;
  return map1(vector, type, (cell) => {
    if (cell === null) return null;
    const { value, type: own } = typed(cell, vector.type);
    if (typeof value === 'bigint') return -value;
    const number = typeof value === 'number' ? value : toDouble(value, own, at);
    if (typeof number !== 'number') return number;
    const negated = number === 0 ? 0 : -number;
    return isVariant(cell) ? castCell(negated, own === 'string' ? 'double' : own === 'boolean' ? 'int64' : own, 'variant') : negated;
  });
}

/** Type of `a operator b`; text counts as a decimal number, TRUE and FALSE as whole ones. */
export function resultType(operator: ArithmeticOperator, a: ValueType, b: ValueType): ValueType {
  if (a === 'variant' || b === 'variant') return 'variant';
  if (a === 'blank' && b === 'blank') return 'blank';
  const left = a === 'blank' ? asNumber(b) : asNumber(a);
  const right = b === 'blank' ? asNumber(a) : asNumber(b);
  switch (operator) {
    case '+':
      return left === 'dateTime' || right === 'dateTime' ? 'dateTime' : widest(left, right);
    case '-':
      if (left === 'dateTime') return 'dateTime';
      return right === 'dateTime' ? 'double' : widest(left, right);
    case '*':
      // Hours between two moments, `(b - a) * 24`, are a decimal number, whatever the table of result types says of I * date.
      if (left === 'dateTime' || right === 'dateTime') return left === 'decimal' || right === 'decimal' ? 'decimal' : 'double';
      if (left === 'decimal' || right === 'decimal') return left === right ? 'double' : 'decimal';
      return widest(left, right);
    case '/':
      if (left === 'decimal') return right === 'int64' || right === 'double' ? 'decimal' : 'double';
      return left === 'int64' && right === 'decimal' ? 'decimal' : 'double';
    case '^':
      return 'double';
  }
}

type Kernel = (x: Cell, y: Cell) => Cell;

function kernelOf(operator: ArithmeticOperator, a: ValueType, b: ValueType, type: ValueType, at: At | undefined): Kernel {
  const exact = exactKernel(operator, asNumber(a), asNumber(b), type, at);
  return (x, y) => {
    if (isBlankResult(operator, x, y)) return null;
    if (exact !== undefined) return exact(wholeOf(x), wholeOf(y));
    const left = toDouble(x, a, at);
    if (isFailure(left)) return left;
    const right = toDouble(y, b, at);
    if (isFailure(right)) return right;
    return fromDouble(inDoubles(operator, left ?? 0, right ?? 0), type, at);
  };
}

/** Whether the operator yields BLANK: a sum of two BLANKs, a product with one, a BLANK dividend or base. */
function isBlankResult(operator: ArithmeticOperator, x: Cell, y: Cell): boolean {
  switch (operator) {
    case '+':
    case '-': return x === null && y === null;
    case '*': return x === null || y === null;
    case '/':
    case '^': return x === null;
  }
}

/** Whole numbers and decimals without a detour over doubles, where both sides are such. */
function exactKernel(operator: ArithmeticOperator, a: ValueType, b: ValueType, type: ValueType, at: At | undefined):
  ((x: number | bigint, y: number | bigint) => Cell) | undefined {
  if (type !== 'int64' && type !== 'decimal') return undefined;
  const exactSide = (side: ValueType): boolean => side === 'int64' || side === 'decimal' || side === 'blank';
  if (!exactSide(a) || !exactSide(b)) return undefined;
  const overflow = (): Failure => daxError('overflow', { function: operator }, at);
  const scaled = (value: number | bigint, side: ValueType): number | bigint | undefined =>
    type === 'decimal' && side !== 'decimal' ? multiplyExact(value, DECIMAL_SCALE) : value;
  const both = (f: (x: number | bigint, y: number | bigint) => number | bigint | undefined) => (x: number | bigint, y: number | bigint): Cell => {
    const left = scaled(x, a);
    const right = scaled(y, b);
    return left === undefined || right === undefined ? overflow() : (f(left, right) ?? overflow());
  };
  switch (operator) {
    case '+': return both(addExact);
    case '-': return both(subtractExact);
    case '*': return (x, y) => multiplyExact(x, y) ?? overflow();
    case '/':
      return type === 'decimal' && a === 'decimal' && b !== 'decimal'
        ? (x, y) => (y === 0 || y === 0n ? undividable(Number(x)) : (divideRounded(x, y) ?? overflow()))
        : undefined;
    case '^': return undefined;
  }
}

/** A decimal over zero has no decimal result; the quotient of doubles is told instead. */
const undividable = (dividend: number): Cell => (dividend === 0 ? NaN : dividend > 0 ? Infinity : -Infinity);

const wholeOf = (cell: Cell): number | bigint => (typeof cell === 'bigint' || typeof cell === 'number' ? cell : cell === true ? 1 : 0);

function inDoubles(operator: ArithmeticOperator, x: number, y: number): number {
  switch (operator) {
    case '+': return x + y;
    case '-': return x - y;
    case '*': return x * y;
    case '/': return x / y;
    case '^': return x ** y;
  }
}

function fromDouble(value: number, type: ValueType, at: At | undefined): Cell {
  if (type === 'int64') return Number.isSafeInteger(value) ? value : Math.round(value);
  if (type !== 'decimal') return value;
  return doubleToDecimal(value) ?? (Number.isFinite(value) ? daxError('overflow', { function: 'the operator' }, at) : value);
}

const asNumber = (type: ValueType): ValueType => (type === 'string' ? 'double' : type === 'boolean' ? 'int64' : type);

function widest(a: ValueType, b: ValueType): ValueType {
  if (a === 'double' || b === 'double') return 'double';
  if (isNumeric(a) && isNumeric(b)) return a === 'decimal' || b === 'decimal' ? 'decimal' : 'int64';
  return 'double';
}
