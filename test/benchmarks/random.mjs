// Random numbers from a seed, so that every run writes the same files and makes the same edits.

/**
 * @param {number} seed
 * @returns a source of random choices (mulberry32)
 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let it = Math.imul(state ^ (state >>> 15), 1 | state);
    it = (it + Math.imul(it ^ (it >>> 7), 61 | it)) ^ it;
    return ((it ^ (it >>> 14)) >>> 0) / 4294967296;
  };
  /** A whole number from 0 to below `n`. */
  const below = (n) => Math.floor(next() * n);
  return {
    below,
    /** @type {<T>(list: readonly T[]) => T} */
    pick: (list) => list[below(list.length)],
    chance: (p) => next() < p,
  };
}

/** @typedef {ReturnType<typeof randomFrom>} Random */
