/** Numbers that are the same for the same seed. */
export type Random = () => number;

/** A generator of numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(random: Random, list: readonly T[]): T => {
  const it = list[Math.floor(random() * list.length)];
  if (it === undefined) throw new Error('nothing to pick from');
  return it;
};
export const below = (random: Random, limit: number): number => Math.floor(random() * limit);
