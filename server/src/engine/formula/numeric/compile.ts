/**
 * Row expressions as loops over numbers.
 *
 * An expression of columns, constants and the operators below becomes a tree of closures that fill blocks of numbers.
 * Whatever else an expression has is computed as ever, where it is the same for all rows or for all rows with the same
 * value of one column, and taken from there. Everything that numbers of this kind do not tell exactly raises `NotPlain`,
 * or is not compiled: then the expression is computed cell by cell, which is the meaning that the loops have to meet.
 */
import type { Scalar } from '../../../plan/plan.ts';
import type { ValueType } from '../../../plan/values.ts';
import { resultType, type ArithmeticOperator } from '../../values/arithmetic.ts';
import { comparable } from '../../values/compare.ts';
import { commonType } from '../../values/types.ts';
import { arithmeticCode, choiceCode, comparisonCode, connectionCode, notCode, type Code } from './code.ts';
import { arithmeticLoop, blankLoop, chooseLoop, compareLoop, truthLoop, wholeOnly, zeroBlanks, type Compare, type Lane } from './loops.ts';

/** Types whose values are plain numbers. */
export type PlainType = 'int64' | 'double' | 'dateTime' | 'boolean' | 'blank';

export const isPlain = (type: ValueType): type is PlainType => type === 'int64' || type === 'double' || type === 'dateTime' || type === 'boolean' || type === 'blank';

/** A compiled expression: `fill` computes the values of `count` rows from row `from` on into its lane. */
export interface Compiled extends Lane {
  readonly type: PlainType;
  /** Whether all rows have the same value. */
  readonly constant?: true;
  /** The same as one expression of code; undefined where it cannot be told so, as where a value may be BLANK. */
  readonly code?: Code | undefined;
  fill(from: number, count: number): void;
}

/** What the leaves of an expression are: undefined for what is no leaf of numbers. */
export type LeafOf = (node: Scalar) => Compiled | undefined;

/** What the lanes of an expression are made with. */
export interface Workshop {
  /** Rows of its blocks, which are fewer where there are fewer rows. */
  readonly block: number;
  /** Takes a constant of the expression and tells its code. */
  readonly constant: (value: number) => Code;
}

/** Compiles an expression; undefined when something in it is beyond this kind of loop. */
export function compile(node: Scalar, leafOf: LeafOf, shop: Workshop): Compiled | undefined {
  const leaf = leafOf(node);
  if (leaf !== undefined) return leaf;
  const inner = (it: Scalar): Compiled | undefined => compile(it, leafOf, shop);
  switch (node.op) {
    case 'constant': return constantLane(node.type, node.value, shop);
    case 'call': return call(node, inner, shop);
    case 'if': return choice(inner(node.condition), inner(node.then), node.otherwise === null ? blankLane(shop) : inner(node.otherwise), shop);
    case 'and':
    case 'or': return connection(node.op, inner(node.left), inner(node.right), shop);
    case 'divide': return division(inner(node.numerator), inner(node.denominator), node.alternate === null ? blankLane(shop) : inner(node.alternate), shop);
    default: return undefined;
  }
}

const numbersOnly = ({ block }: Workshop): Float64Array => new Float64Array(block);

export function constantLane(type: ValueType, value: unknown, shop: Workshop): Compiled | undefined {
  if (!isPlain(type)) return undefined;
  if (value === null) return blankLane(shop, type);
  if (typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const code = typeof value === 'boolean' ? { text: String(value), isNumber: true } : shop.constant(value);
  return { type, constant: true, code, values: numbersOnly(shop).fill(Number(value)), blanks: undefined, fill: () => undefined };
}

/** A BLANK of a type decides with it what becomes of others, as one without a type does not. */
const blankLane = (shop: Workshop, type: PlainType = 'blank'): Compiled => ({ type, constant: true, values: numbersOnly(shop), blanks: new Uint8Array(shop.block).fill(1), fill: () => undefined });

const arithmetics: ReadonlySet<string> = new Set<ArithmeticOperator>(['+', '-', '*', '/', '^']);
const comparisons: ReadonlySet<string> = new Set<Compare>(['=', '==', '<>', '<', '<=', '>', '>=']);

function call({ name, args }: Extract<Scalar, { op: 'call' }>, inner: (it: Scalar) => Compiled | undefined, shop: Workshop): Compiled | undefined {
  const [first, second] = args;
  if (first === null || first === undefined || second === null) return undefined;
  const a = inner(first);
  if (a === undefined) return undefined;
  if (second === undefined) return name === '-' ? negated(a, shop) : name === '+' ? a : name === 'NOT' ? not(a, shop) : undefined;
  const b = args.length === 2 ? inner(second) : undefined;
  if (b === undefined) return undefined;
  if (arithmetics.has(name)) return computed(name as ArithmeticOperator, a, b, shop);
  return comparisons.has(name) ? compared(name as Compare, a, b, shop) : undefined;
}

const marks = (shop: Workshop, ...lanes: readonly Lane[]): Uint8Array | undefined => (lanes.some((it) => it.blanks !== undefined) ? new Uint8Array(shop.block) : undefined);

function computed(operator: ArithmeticOperator, a: Compiled, b: Compiled, shop: Workshop): Compiled | undefined {
  if (a.type === 'boolean' || b.type === 'boolean') return undefined;
  const type = resultType(operator, a.type, b.type);
  if (!isPlain(type) || type === 'blank' || type === 'boolean') return undefined;
  const values = numbersOnly(shop);
  const loop = arithmeticLoop(operator, a.values, b.values);
  const rule = operator === '+' || operator === '-' ? 'both' : operator === '*' ? 'either' : 'left';
  const canBeBlank = rule === 'both' ? a.blanks !== undefined && b.blanks !== undefined : rule === 'either' ? (a.blanks ?? b.blanks) !== undefined : a.blanks !== undefined;
  const blanks = canBeBlank ? new Uint8Array(shop.block) : undefined;
  return {
    type, values, blanks, code: blanks === undefined ? arithmeticCode(operator, type === 'int64', a.code, b.code) : undefined,
    fill(from, count) {
      a.fill(from, count);
      b.fill(from, count);
      loop(count, values);
      if (type === 'int64') wholeOnly(values, count);
      if (blanks === undefined) return;
      blankLoop(rule, a.blanks, b.blanks, count, blanks);
      zeroBlanks(values, blanks, count);
    },
  };
}

/** BLANK counts as 0, but for `==`, which tells it from 0. */
function compared(operator: Compare, a: Compiled, b: Compiled, shop: Workshop): Compiled | undefined {
  if (!comparable(a.type, b.type)) return undefined;
  const values = numbersOnly(shop);
  const loop = compareLoop(operator === '==' ? '=' : operator, a.values, b.values);
  const code = a.blanks === undefined && b.blanks === undefined && a.type !== 'boolean' ? comparisonCode(operator === '==' ? '=' : operator, a.code, b.code) : undefined;
  return {
    type: 'boolean', values, blanks: undefined, code,
    fill(from, count) {
      a.fill(from, count);
      b.fill(from, count);
      loop(count, values);
      if (operator !== '==' || (a.blanks === undefined && b.blanks === undefined)) return;
      for (let i = 0; i < count; i++) if ((a.blanks?.[i] ?? 0) !== (b.blanks?.[i] ?? 0)) values[i] = 0;
    },
  };
}

function negated(a: Compiled, shop: Workshop): Compiled | undefined {
  if (a.type === 'boolean' || a.type === 'blank') return undefined;
  const values = numbersOnly(shop);
  return {
    type: a.type, values, blanks: a.blanks,
    fill(from, count) {
      a.fill(from, count);
      for (let i = 0; i < count; i++) values[i] = a.values[i] === 0 ? 0 : -(a.values[i] as number);
    },
  };
}

function not(a: Compiled, shop: Workshop): Compiled {
  const values = numbersOnly(shop);
  return {
    type: 'boolean', values, blanks: undefined, code: notCode(a),
    fill(from, count) {
      a.fill(from, count);
      truthLoop(a, count, values);
      for (let i = 0; i < count; i++) values[i] = 1 - (values[i] as number);
    },
  };
}

function connection(op: 'and' | 'or', a: Compiled | undefined, b: Compiled | undefined, shop: Workshop): Compiled | undefined {
  if (a === undefined || b === undefined) return undefined;
  const values = numbersOnly(shop);
  const other = numbersOnly(shop);
  return {
    type: 'boolean', values, blanks: undefined, code: connectionCode(op, a, b),
    fill(from, count) {
      a.fill(from, count);
      b.fill(from, count);
      truthLoop(a, count, values);
      truthLoop(b, count, other);
      if (op === 'and') for (let i = 0; i < count; i++) values[i] = (values[i] as number) * (other[i] as number);
      else for (let i = 0; i < count; i++) values[i] = values[i] === 1 || other[i] === 1 ? 1 : 0;
    },
  };
}

/** The type that holds the values of both, where it holds them as they are. */
function together(a: PlainType, b: PlainType): PlainType | undefined {
  const type = commonType(a, b);
  return isPlain(type) ? type : undefined;
}

function choice(condition: Compiled | undefined, then: Compiled | undefined, otherwise: Compiled | undefined, shop: Workshop): Compiled | undefined {
  if (condition === undefined || then === undefined || otherwise === undefined) return undefined;
  const type = together(then.type, otherwise.type);
  if (type === undefined) return undefined;
  const values = numbersOnly(shop);
  const holds = numbersOnly(shop);
  const blanks = marks(shop, then, otherwise);
  return {
    type, values, blanks, code: choiceCode(condition, then, otherwise),
    fill(from, count) {
      for (const it of [condition, then, otherwise]) it.fill(from, count);
      truthLoop(condition, count, holds);
      chooseLoop(holds, then, otherwise, count, values, blanks);
    },
  };
}

/** DIVIDE: the alternate where the denominator is zero or BLANK. */
function division(a: Compiled | undefined, b: Compiled | undefined, alternate: Compiled | undefined, shop: Workshop): Compiled | undefined {
  if (a === undefined || b === undefined || alternate === undefined) return undefined;
  const quotient = computed('/', a, b, shop);
  const type = quotient === undefined ? undefined : together(quotient.type, alternate.type);
  if (quotient === undefined || type === undefined) return undefined;
  const values = numbersOnly(shop);
  const dividable = numbersOnly(shop);
  const blanks = marks(shop, quotient, alternate);
  return {
    type, values, blanks, code: choiceCode(b, quotient, alternate),
    fill(from, count) {
      quotient.fill(from, count);
      alternate.fill(from, count);
      truthLoop(b, count, dividable);
      chooseLoop(dividable, quotient, alternate, count, values, blanks);
    },
  };
}
