/** Chance that comes out the same every time: numbers that a seed and names decide. */
import type { Distribution } from '../../../model/generate.ts';
import { randomFrom } from '../../functions/random.ts';

/** From 0 to 1, 1 not included. */
export type Chance = () => number;

/**
 * A row of numbers of its own for each thing that is named, so that another column, or another hint, changes no other.
 * The hash is FNV-1a over the UTF-16 units of the names.
 */
export function chanceOf(seed: number, ...names: readonly string[]): Chance {
  let hash = 0x811c9dc5 ^ seed;
  for (const name of names) {
    for (let i = 0; i <= name.length; i++) {
      // A unit that no name has stands between names.
      hash = Math.imul(hash ^ (i < name.length ? name.charCodeAt(i) : 0x10000), 0x01000193);
    }
  }
  return randomFrom(hash);
}

/** Steps of a normal distribution with mean 0 and deviation 1, as the sum of twelve even ones: the same on every machine. */
function normal(chance: Chance): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += chance();
  return sum;
}

export interface Spread {
  readonly distribution: Distribution;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Draws numbers between two bounds; what would fall outside is drawn again, and stands at the bound in the end. */
export function drawNumber({ distribution, min, max, mean, deviation }: Spread, chance: Chance): number {
  switch (distribution) {
    case 'uniform': return min + chance() * (max - min);
    case 'normal': return within(min, max, () => mean + deviation * normal(chance));
    case 'exponential': return within(min, max, () => min - Math.max(mean - min, 0) * Math.log(1 - chance()));
    // The density falls with the distance from the lower bound: 1 / (1 + x).
    case 'zipf': return min + (Math.exp(chance() * Math.log(1 + max - min)) - 1);
  }
}

const attempts = 8;

function within(min: number, max: number, draw: () => number): number {
  let value = draw();
  for (let i = 1; i < attempts && (value < min || value > max); i++) value = draw();
  return Math.min(Math.max(value, min), max);
}

/** Draws places from 0 to the number of weights, each as often as its weight says. */
export function placesBy(weights: ArrayLike<number>, chance: Chance): () => number {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sums[i] = sum += weights[i] as number;
  return () => {
    const wanted = chance() * sum;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Draws places from 0 to `count`. */
export function places(count: number, distribution: Distribution, chance: Chance): () => number {
  switch (distribution) {
    case 'uniform': return () => Math.floor(chance() * count);
    case 'zipf': return placesBy(Float64Array.from({ length: count }, (_, i) => 1 / (i + 1)), chance);
    case 'normal': case 'exponential': {
      const spread = { distribution, min: 0, max: count - 1, mean: distribution === 'normal' ? (count - 1) / 2 : count / 4, deviation: count / 6 };
      return () => Math.floor(drawNumber(spread, chance));
    }
  }
}

/** The places from 0 to `count` in an order by chance. */
export function shuffled(count: number, chance: Chance): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}
