/** Did-you-mean: the candidate nearest to a misspelt name, found in bounded time. */
import { distance as editsBetween } from '../base/closest.ts';
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
    const distance = key === wanted ? 0 : squeeze(key) === bare ? 0.5 : editsBetween(wanted, key, Math.min(limit, best?.distance ?? limit));
    if (distance > limit) continue;
    if (best === undefined || distance < best.distance) {
      best = { name: candidate, distance };
      ties = 0;
    } else if (distance === best.distance && nameKey(best.name) !== key) ties++;
  }
  return best === undefined ? undefined : { ...best, certain: ties === 0 };
}

const squeeze = (name: string): string => name.replace(/[\s_]+/g, '');
