/** How the financial functions take their arguments: all as numbers, dates as whole days. */
import type { Cell, ValueType } from '../../../plan/values.ts';
import { daxError, isFailure } from '../../values/cells.ts';
import { toBoolean } from '../../values/coerce.ts';
import { serialOfText } from '../../values/dateText.ts';
import { argument, eachRow, numberOf, type Evaluator } from '../evaluator.ts';

/**
 * A function of numbers, BLANK counting as zero.
 *
 * @param f the value, NaN where the page of the function says that there is none; an argument that is left out is undefined
 */
export const financial = (name: string, f: (...x: (number | undefined)[]) => number, type: ValueType = 'double'): Evaluator => (args, call) =>
  eachRow(args.map((_, i) => argument(args, i, call)), call, type, (...values): Cell => {
    const numbers: (number | undefined)[] = [];
    for (const [i, it] of values.entries()) {
      if (args[i] === null) {
        numbers.push(undefined);
        continue;
      }
      const x = it.type === 'boolean' ? toBoolean(it.value, call.at) : typeof it.value === 'string' ? (serialOfText(it.value) ?? numberOf(it, call)) : numberOf(it, call);
      if (isFailure(x as Cell)) return x as Cell;
      numbers.push(Number(x ?? 0));
    }
    const result = f(...numbers);
    return Number.isFinite(result) ? result + 0 : daxError('argument-out-of-range', { function: name, detail: numbers.map((it) => it ?? '').join(', ') }, call.at);
  });

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
