// What changed between two answers of semantic tokens.

/** Line and column steps, length, type, modifiers. */
const numbersAToken = 5;

export interface TokenEdit {
  readonly start: number;
  readonly deleteCount: number;
  readonly data: number[];
}

/** The one edit that turns the data before into the data after; undefined where they are equal. It keeps to whole tokens. */
export function editBetween(before: readonly number[], after: readonly number[]): TokenEdit | undefined {
  const sameToken = (a: number, b: number): boolean => {
    for (let i = 0; i < numbersAToken; i++) if (before[a + i] !== after[b + i]) return false;
    return true;
  };
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && sameToken(head, head)) head += numbersAToken;
  if (head === before.length && head === after.length) return undefined;
  let tail = 0;
  while (tail < shorter - head && sameToken(before.length - tail - numbersAToken, after.length - tail - numbersAToken)) tail += numbersAToken;
  return { start: head, deleteCount: before.length - head - tail, data: after.slice(head, after.length - tail) };
}
