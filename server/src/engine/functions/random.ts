/** RAND and RANDBETWEEN: numbers by chance, the same ones whenever the same evaluation runs with the same seed. */
import { daxError, isFailure } from '../values/cells.ts';
import { cellsVector } from '../values/vector.ts';
import { argument, eachRow, numberOf, type Evaluator } from './evaluator.ts';

/**
 * A row of numbers from zero up to one (not included), by the generator SplitMix32 of Guy Steele, Doug Lea and
 * Christine Flood.
 */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let it = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    it = Math.imul(it ^ (it >>> 15), 0x735a2d97);
    return (it ^ (it >>> 15)) >>> 0;
  };
  return () => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 0x20000000000000;
}

export const random = {
  RAND: (_, call) => cellsVector('double', Array.from({ length: call.length }, () => call.random())),
  /** A whole number; both bounds belong to the range. */
  RANDBETWEEN: (args, call) => {
    const chances = cellsVector('double', Array.from({ length: call.length }, () => call.random()));
    return eachRow([argument(args, 0, call), argument(args, 1, call), chances], call, 'int64', (bottom, top, chance) => {
      const from = numberOf(bottom, call);
      const to = numberOf(top, call);
      if (isFailure(from)) return from;
      if (isFailure(to)) return to;
      const first = Math.ceil(from ?? 0);
      const last = Math.floor(to ?? 0);
      const isRange = first <= last && Number.isSafeInteger(first) && Number.isSafeInteger(last) && Number.isSafeInteger(last - first + 1);
      if (!isRange) return daxError('argument-out-of-range', { function: 'RANDBETWEEN', detail: 'no whole number lies between the bounds' }, call.at);
      return first + Math.floor((chance.value as number) * (last - first + 1));
    });
  },
} satisfies Record<string, Evaluator>;
