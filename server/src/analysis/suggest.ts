/** Did-you-mean: the candidate nearest to a misspelt name, found in bounded time. */
import { nameKey } from '../model/model.ts';

export interface Suggestion {
  readonly name: string;
  readonly distance: number;
  /** No other candidate is as near. */
  readonly certain: boolean;
}

/** Names longer than this are not compared: the time would grow with the square of the length. */
const longest = 200;

/**
 * The candidate nearest to `name`, upper and lower case and blanks aside.
 *
 * @returns undefined when none is near: more than a quarter of the letters (at least one, at most four) would change
 */
export function suggest(name: string, candidates: Iterable<string>): Suggestion | undefined {
  if (name.length > longest) return undefined;
  const wanted = nameKey(name);
  const bare = squeeze(wanted);
  const limit = Math.min(4, Math.max(1, Math.floor(wanted.length / 4)));
  let best: { name: string; distance: number } | undefined;
  let ties = 0;
  for (const candidate of candidates) {
    if (candidate.length > longest) continue;
    const key = nameKey(candidate);
    const distance = key === wanted ? 0 : squeeze(key) === bare ? 0.5 : editDistance(wanted, key, Math.min(limit, best?.distance ?? limit));
    if (distance > limit) continue;
    if (best === undefined || distance < best.distance) {
      best = { name: candidate, distance };
      ties = 0;
    } else if (distance === best.distance && nameKey(best.name) !== key) ties++;
  }
  return best === undefined ? undefined : { ...best, certain: ties === 0 };
}

/**
 * Letters to insert, delete, replace or swap (neighbours) to get from `a` to `b`.
 *
 * @returns more than `limit` as soon as it is certain that more are needed
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last: number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}

const squeeze = (name: string): string => name.replace(/[\s_]+/g, '');
