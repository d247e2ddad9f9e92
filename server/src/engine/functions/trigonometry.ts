/**
 * Trigonometry: angles in radians, results in doubles.
 *
 * BLANK stays BLANK in functions that are zero at zero, as Power BI Desktop shows of SIN, TAN, ASIN, ATAN, DEGREES and
 * RADIANS; in the others it counts as zero, as it shows of COS.
 */
import { daxError } from '../values/cells.ts';
import { argument, eachRow, numberOf, type Evaluator } from './evaluator.ts';

/**
 * A function of one number.
 *
 * @param f the value, NaN outside the domain
 */
export const ofNumber = (name: string, f: (x: number) => number): Evaluator => {
  const atZero = f(0);
  return (args, call) => eachRow([argument(args, 0, call)], call, 'double', (it) => {
    const x = numberOf(it, call);
    if (x === null && atZero === 0) return null;
    if (x !== null && typeof x !== 'number') return x;
    const result = f(x ?? 0);
    return Number.isFinite(result) ? result + 0 : daxError('argument-out-of-range', { function: name, detail: `${x ?? 0} has no result` }, call.at);
  });
};

const acot = (x: number): number => Math.PI / 2 - Math.atan(x);
const acoth = (x: number): number => (Math.abs(x) > 1 ? Math.atanh(1 / x) : NaN);

export const trigonometry = {
  ACOS: ofNumber('ACOS', Math.acos),
  ACOSH: ofNumber('ACOSH', Math.acosh),
  ACOT: ofNumber('ACOT', acot),
  ACOTH: ofNumber('ACOTH', acoth),
  ASIN: ofNumber('ASIN', Math.asin),
  ASINH: ofNumber('ASINH', Math.asinh),
  ATAN: ofNumber('ATAN', Math.atan),
  ATANH: ofNumber('ATANH', Math.atanh),
  COS: ofNumber('COS', Math.cos),
  COSH: ofNumber('COSH', Math.cosh),
  COT: ofNumber('COT', (x) => 1 / Math.tan(x)),
  COTH: ofNumber('COTH', (x) => 1 / Math.tanh(x)),
  DEGREES: ofNumber('DEGREES', (x) => (x * 180) / Math.PI),
  RADIANS: ofNumber('RADIANS', (x) => (x * Math.PI) / 180),
  SIN: ofNumber('SIN', Math.sin),
  SINH: ofNumber('SINH', Math.sinh),
  TAN: ofNumber('TAN', Math.tan),
  TANH: ofNumber('TANH', Math.tanh),
} satisfies Record<string, Evaluator>;
