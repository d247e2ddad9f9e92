/** Functions over the 64 bits of whole numbers, in two's complement; a shift by less than nothing goes the other way. */
import type { Cell } from '../../plan/values.ts';
import { daxError, isFailure, type Failure } from '../values/cells.ts';
import { argument, eachRow, numberOf, type Call, type Evaluator, type TypedValue } from './evaluator.ts';
import { int64, roundHalfAway } from '../values/numbers.ts';

const ofBits = (name: string, f: (a: bigint, b: bigint) => bigint): Evaluator => (args, call) =>
  eachRow([argument(args, 0, call), argument(args, 1, call)], call, 'int64', (left, right): Cell => {
    const a = bitsOf(left, name, call);
    if (typeof a !== 'bigint') return a;
    const b = bitsOf(right, name, call);
    if (typeof b !== 'bigint') return b;
    return int64(BigInt.asIntN(64, f(a, b))) ?? null;
  });

/** A whole number; BLANK counts as zero, fractions round. */
function bitsOf(it: TypedValue, name: string, call: Call): bigint | Failure {
  if (typeof it.value === 'bigint' && it.type === 'int64') return it.value;
  const x = numberOf(it, call);
  if (isFailure(x)) return x;
  const whole = roundHalfAway(x ?? 0);
  return Math.abs(whole) < 2 ** 63 ? BigInt(whole) : daxError('overflow', { function: name }, call.at);
}

const shifted = (bits: bigint, by: bigint): bigint => {
  if (by >= 64n) return 0n;
  if (by <= -64n) return bits < 0n ? -1n : 0n;
  return by >= 0n ? bits << by : bits >> -by;
};

export const bits = {
  BITAND: ofBits('BITAND', (a, b) => a & b),
  BITLSHIFT: ofBits('BITLSHIFT', shifted),
  BITOR: ofBits('BITOR', (a, b) => a | b),
  BITRSHIFT: ofBits('BITRSHIFT', (a, b) => shifted(a, -b)),
  BITXOR: ofBits('BITXOR', (a, b) => a ^ b),
} satisfies Record<string, Evaluator>;
