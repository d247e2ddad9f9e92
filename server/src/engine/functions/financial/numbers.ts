/** How the financial functions take their arguments: all as numbers, dates as whole days. */
import type { ValueType } from '../../../plan/values.ts';
import { serialOfText } from '../../values/dateText.ts';
import { numberOf, type Evaluator } from '../evaluator.ts';
import { ofNumbers } from '../ofNumbers.ts';

/** A function of numbers and dates; dates may be written as text. */
export const financial = (name: string, f: (...x: (number | undefined)[]) => number, type: ValueType = 'double'): Evaluator =>
  ofNumbers(name, f, type, (it, call) => (typeof it.value === 'string' ? (serialOfText(it.value) ?? numberOf(it, call)) : numberOf(it, call)));

/** A value, or none where the arguments have no result. */
export const when = (holds: boolean, value: () => number): number => (holds ? value() : NaN);

/** Rounds as the pages of the financial functions say: to the nearest whole number. */
export const nearest = (x: number): number => Math.sign(x) * Math.round(Math.abs(x));

/**
 * A zero of a function, by secant steps from a first guess, with bisection where two signs are known.
 *
 * @returns undefined after a hundred steps without one
 */
export function zeroOf(f: (x: number) => number, guess: number, least: number): number | undefined {
  let [a, b] = [guess, guess === 0 ? 0.01 : guess * 1.1];
  let [fa, fb] = [f(a), f(b)];
  let bracket: readonly [number, number] | undefined;
  for (let i = 0; i < 200; i++) {
    if (!Number.isFinite(fb) && !Number.isFinite(fa)) return undefined;
    if (Math.abs(fb) < 1e-13) return b;
    if (fa < 0 !== fb < 0) bracket = fa < 0 ? [a, b] : [b, a];
    let next = fb === fa ? NaN : b - (fb * (b - a)) / (fb - fa);
    const outside = bracket !== undefined && (next - bracket[0]) * (next - bracket[1]) > 0;
    if (!Number.isFinite(next) || next <= least || outside) next = bracket === undefined ? (b + Math.max(least, -1)) / 2 : (bracket[0] + bracket[1]) / 2;
    if (next === b || Math.abs(next - b) < 1e-15 * Math.max(1, Math.abs(b))) return Math.abs(f(next)) < 1e-6 ? next : undefined;
    [a, fa] = [b, fb];
    [b, fb] = [next, f(next)];
    if (bracket !== undefined && Number.isFinite(fb)) bracket = fb < 0 ? [b, bracket[1]] : [bracket[0], b];
  }
  return Math.abs(fb) < 1e-7 ? b : undefined;
}
