/**
 * Values of the naive evaluator: what DAX says of numbers, text, dates, truth values and BLANK, written down once more.
 *
 * Sources: the data types page (operator tables, BLANK), the operators page (`=` and `==`), the DIVIDE, IN and SWITCH pages.
 */
export type Val =
  | null
  | { readonly t: 'int' | 'double'; readonly v: number }
  /** Ten-thousandths. */
  | { readonly t: 'decimal'; readonly v: number }
  /** Days since 1899-12-30. */
  | { readonly t: 'date'; readonly v: number }
  | { readonly t: 'bool'; readonly v: boolean }
  | { readonly t: 'text'; readonly v: string };

/** What a value is, as far as comparisons go. */
export type Kind = 'num' | 'date' | 'bool' | 'text';

/**
 * Where the definitions leave the last digits open (a sum of doubles in no order, the fourth place of a decimal), a
 * comparison of nearly equal numbers has no answer to check; such a case is told here and left out.
 */
export interface Doubt {
  /** Decimals are about: of branches of different types the common type may be the decimal, which rounds quotients. */
  readonly decimals: boolean;
  /** The digits after the fourth place of some decimal were lost. */
  rounded: boolean;
  /** A choice hung on what is open. */
  fragile: boolean;
  /** Days were added to a BLANK of a date's type: whether that is a date hangs on types that only a checker knows. */
  days: boolean;
}

export const doubtless = (decimals = false): Doubt => ({ decimals, rounded: false, fragile: false, days: false });

export const int = (v: number): Val => ({ t: 'int', v });
export const double = (v: number): Val => ({ t: 'double', v });
export const bool = (v: boolean): Val => ({ t: 'bool', v });
export const text = (v: string): Val => ({ t: 'text', v });

export const dateOf = (year: number, month: number, day: number): number => Math.round((Date.UTC(year, month - 1, day) - Date.UTC(1899, 11, 30)) / 86_400_000);

/** A number as it is compared and added: a decimal in units. */
export function numberOf(it: Val): number {
  if (it === null) return 0;
  switch (it.t) {
    case 'int': case 'double': case 'date': return it.v;
    case 'decimal': return it.v / 10_000;
    case 'bool': return it.v ? 1 : 0;
    case 'text': throw new Error('text where a number is wanted');
  }
}

/** Identity of a value: what groups, filters and strict comparisons go by. */
export function keyOf(it: Val): string {
  if (it === null) return 'blank';
  switch (it.t) {
    case 'text': return `text:${it.v.toLowerCase()}`;
    case 'bool': return `bool:${String(it.v)}`;
    case 'date': return `date:${String(it.v)}`;
    case 'int': case 'double': case 'decimal': return `num:${String(Number(numberOf(it).toPrecision(12)) + 0)}`;
  }
}

type Op = '+' | '-' | '*' | '/';

/** The type of a result, by the operator tables of the data types page. */
function resultType(op: Op, a: NonNullable<Val>['t'], b: NonNullable<Val>['t']): 'int' | 'double' | 'decimal' | 'date' {
  const is = (left: typeof a, right: typeof b): boolean => a === left && b === right;
  if (op === '+' || op === '-') {
    if (a === 'date' || (op === '+' && b === 'date')) return 'date';
    if (b === 'date' || a === 'double' || b === 'double') return 'double';
    return a === 'decimal' || b === 'decimal' ? 'decimal' : 'int';
  }
  if (op === '*') {
    if (is('int', 'int')) return 'int';
    if (is('decimal', 'decimal')) return 'double';
    return a === 'decimal' || b === 'decimal' ? 'decimal' : 'double';
  }
  // Of a whole number by a decimal the page says both; the tolerance for lost places covers either.
  return (a === 'decimal') !== (b === 'decimal') ? 'decimal' : 'double';
}

export function arithmetic(op: Op, a: Val, b: Val, doubt: Doubt): Val {
  if (a === null && b === null) return null;
  if ((op === '*' && (a === null || b === null)) || (op === '/' && a === null)) return null;
  const type = resultType(op, a?.t ?? 'int', b?.t ?? 'int');
  const x = numberOf(a);
  const y = numberOf(b);
  const value = op === '+' ? x + y : op === '-' ? x - y : op === '*' ? x * y : x / y;
  if (Math.abs(value) > 1e12) doubt.fragile = true;
  return made(type, value, doubt);
}

const hasFourPlaces = (it: number): boolean => !(Math.abs(it * 10_000 - Math.round(it * 10_000)) >= 1e-6 * Math.max(1, Math.abs(it)));

/** DIVIDE: BLANK or the alternate where there is nothing to divide by. */
export function divide(a: Val, b: Val, alternate: () => Val, doubt: Doubt): Val {
  if (numberOf(b) === 0) return alternate();
  return arithmetic('/', a, b, doubt);
}

export function negate(it: Val, doubt: Doubt): Val {
  return it === null ? null : made(it.t === 'bool' || it.t === 'text' ? 'int' : it.t, -numberOf(it), doubt);
}

/** A number of a type; a decimal keeps four places. */
export function made(type: 'int' | 'double' | 'decimal' | 'date', value: number, doubt: Doubt): Val {
  if (doubt.decimals && !hasFourPlaces(value)) doubt.rounded = true;
  if (type !== 'decimal') return { t: type, v: value + 0 };
  const exact = value * 10_000;
  const v = Math.sign(exact) * Math.round(Math.abs(exact)) + 0;
  if (!hasFourPlaces(value)) doubt.rounded = true;
  return { t: 'decimal', v };
}

/** Whether doubt covers the difference of two numbers that are not equal. */
export const near = (a: number, b: number, doubt: Doubt): boolean =>
  Math.abs(a - b) <= (doubt.rounded ? 0.05 + 1e-3 * Math.abs(a) : 1e-9 * Math.max(Math.abs(a), Math.abs(b)));

/** Less than, equal, greater than 0: a loose comparison, in which BLANK is the zero of the other side. */
export function compare(a: Val, b: Val, doubt: Doubt): number {
  if (a === null && b === null) return 0;
  const kind = a?.t ?? b?.t;
  if (kind === 'text') {
    const x = a === null ? '' : (a as { v: string }).v.toLowerCase();
    const y = b === null ? '' : (b as { v: string }).v.toLowerCase();
    return x < y ? -1 : x > y ? 1 : 0;
  }
  const x = numberOf(a);
  const y = numberOf(b);
  if (x !== y && near(x, y, doubt)) doubt.fragile = true;
  // With a lost fourth place, even equality may be chance.
  if (doubt.rounded && near(x, y, doubt)) doubt.fragile = true;
  return x < y ? -1 : x > y ? 1 : 0;
}

/** `==`: BLANK equals BLANK alone. */
export function same(a: Val, b: Val, doubt: Doubt): boolean {
  if (a === null || b === null) return a === b;
  return compare(a, b, doubt) === 0;
}

/** A condition: BLANK is FALSE. */
export const truth = (it: Val): boolean => {
  if (it === null) return false;
  return it.t === 'bool' ? it.v : numberOf(it) !== 0;
};

export function literal(it: Val): string {
  if (it === null) return 'BLANK()';
  switch (it.t) {
    case 'int': return String(it.v);
    case 'double': return Number.isInteger(it.v) ? `${String(it.v)}.0` : String(it.v);
    case 'bool': return it.v ? 'TRUE()' : 'FALSE()';
    case 'text': return `"${it.v.replaceAll('"', '""')}"`;
    case 'date': {
      const at = new Date(it.v * 86_400_000 + Date.UTC(1899, 11, 30));
      return `DATE(${String(at.getUTCFullYear())}, ${String(at.getUTCMonth() + 1)}, ${String(at.getUTCDate())})`;
    }
    case 'decimal': throw new Error('DAX has no decimal literal');
  }
}

export function shown(it: Val): string {
  if (it === null) return 'BLANK';
  return it.t === 'decimal' ? `${String(numberOf(it))} decimal` : it.t === 'date' ? literal(it) : it.t === 'text' ? literal(it) : String(it.v);
}
