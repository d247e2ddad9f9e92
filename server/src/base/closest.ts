/** The name that was probably meant. */

/**
 * Finds the known name nearest to a misspelt one.
 *
 * @param name what was written
 * @param known what would have been right, in order of preference
 * @returns the nearest by edits (insert, delete, replace, swap neighbours; case is free), or undefined when none is near
 *   enough: one edit for up to 4 characters, two up to 7, a third of the length above that
 */
export function closest(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted.length === 0 || wanted.length > 200) return undefined;
  let limit = wanted.length <= 4 ? 1 : wanted.length <= 7 ? 2 : Math.floor(wanted.length / 3);
  let best: string | undefined;
  for (const candidate of known) {
    const folded = candidate.toLowerCase();
    if (folded === wanted) return candidate;
    if (Math.abs(folded.length - wanted.length) > limit) continue;
    const edits = distance(wanted, folded, limit);
    if (edits <= limit && edits < folded.length) {
      best = candidate;
      limit = edits - 1;
    }
  }
  return best;
}

/** Edits between two texts, or more than `limit` when they are further apart (restricted Damerau-Levenshtein). */
export function distance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? limit + 1;
}
