/** Random choices that a seed repeats. */
export interface Random {
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** `count` different items at most, in their order. */
  some<T>(items: readonly T[], count: number): readonly T[];
  /** An item by weight; those of weight 0 are never taken. */
  weighed<T>(items: readonly (readonly [weight: number, item: T])[]): T;
}

export function randomOf(seed: number): Random {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let it = Math.imul(state ^ (state >>> 15), state | 1);
    it ^= it + Math.imul(it ^ (it >>> 7), it | 61);
    return ((it ^ (it >>> 14)) >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 5; i++) next();
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new Error('nothing to pick from');
    return items[int(0, items.length - 1)] as T;
  };
  return {
    int,
    chance: (probability) => next() < probability,
    pick,
    some(items, count) {
      const left = items.map((_, i) => i);
      const taken: number[] = [];
      while (taken.length < count && left.length > 0) taken.push(...left.splice(int(0, left.length - 1), 1));
      return taken.sort((a, b) => a - b).map((i) => items[i] as (typeof items)[number]);
    },
    weighed(items) {
      const total = items.reduce((sum, [weight]) => sum + weight, 0);
      if (total <= 0) throw new Error('nothing to pick from');
      let at = next() * total;
      for (const [weight, item] of items) {
        at -= weight;
        if (weight > 0 && at < 0) return item;
      }
      return (items.findLast(([weight]) => weight > 0) as readonly [number, (typeof items)[number][1]])[1];
    },
  };
}
