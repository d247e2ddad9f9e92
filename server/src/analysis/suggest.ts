/** Did-you-mean: the candidate nearest to a misspelt name, found in bounded time. */
import { distance as editsBetween } from '../base/closest.ts';
import { nameKey } from '../model/model.ts';

export interface Suggestion {
  readonly name: string;
  readonly distance: number;
  /** No other candidate is as near. */
  readonly certain: boolean;
}

/** A name that may have been meant, prepared for many comparisons. */
export interface Candidate {
  readonly name: string;
  readonly key: string;
  /** The key without blanks and underscores. */
  readonly bare: string;
  /** Which letters and digits it has: names that share few of them are far apart, which one operation tells. */
  readonly letters: number;
}

/** Names longer than this are not compared: the time would grow with the square of the length. */
const longest = 200;

/** Among more names than this only near ones are looked for: a file of misspelt names must not take minutes. */
export const manyNames = 1_000;

const prepared = new WeakMap<object, readonly Candidate[]>();

/** The candidates of something that has names; prepared once for each such thing. */
export function candidatesOf(owner: object, names: () => Iterable<string>): readonly Candidate[] {
  let candidates = prepared.get(owner);
  if (candidates === undefined) {
    candidates = prepare(names());
    prepared.set(owner, candidates);
  }
  return candidates;
}

export const prepare = (names: Iterable<string>): readonly Candidate[] => [...names].map(candidate);

/** Names are the same ones in the next set of names. */
const byName = new Map<string, Candidate>();
const mostKept = 20_000;

function candidate(name: string): Candidate {
  const known = byName.get(name);
  if (known !== undefined) return known;
  const key = nameKey(name);
  const made = { name, key, bare: squeeze(key), letters: lettersOf(key) };
  if (byName.size >= mostKept) byName.clear();
  if (name.length <= longest) byName.set(name, made);
  return made;
}

/**
 * The candidate nearest to `name`, upper and lower case and blanks aside.
 *
 * @returns undefined when none is near: more than a quarter of the letters would change, at least one, at most four (two
 *   among very many names)
 */
export function suggest(name: string, ...candidates: readonly (readonly Candidate[])[]): Suggestion | undefined {
  if (name.length > longest) return undefined;
  const wanted = nameKey(name);
  const most = Math.min(candidates.some((it) => it.length > manyNames) ? 2 : 4, mostEdits(wanted));
  let found: Nearest | undefined;
  for (const list of candidates) {
    const near = nearestIn(list, wanted, most);
    if (near === undefined || (found !== undefined && near.least > found.least)) continue;
    if (found === undefined || near.least < found.least) found = near;
    else if (near.isTied || near.best.key !== found.best.key) found = { ...found, isTied: true };
  }
  return found === undefined ? undefined : { name: found.best.name, distance: found.least, certain: !found.isTied };
}

interface Nearest {
  readonly best: Candidate;
  readonly least: number;
  /** Another name is as near. */
  readonly isTied: boolean;
}

/** What was found in long lists: a name that is missing is often missed by many. */
const found = new WeakMap<readonly Candidate[], Map<string, Nearest | undefined>>();

function nearestIn(list: readonly Candidate[], wanted: string, most: number): Nearest | undefined {
  if (list.length < 50) return search(list, wanted, most);
  let known = found.get(list);
  if (known === undefined) found.set(list, (known = new Map<string, Nearest | undefined>()));
  const key = `${String(most)} ${wanted}`;
  if (known.has(key)) return known.get(key);
  const near = search(list, wanted, most);
  if (known.size < mostKept) known.set(key, near);
  return near;
}

/** Of names that are as near it is the same one in whatever order they stand. */
function search(list: readonly Candidate[], wanted: string, most: number): Nearest | undefined {
  const bare = squeeze(wanted);
  const letters = lettersOf(wanted);
  let best: Candidate | undefined;
  let least = most + 1;
  let isTied = false;
  for (const it of list) {
    if (it.name.length > longest) continue;
    // An edit changes two letters at most: one goes, one comes.
    if (ones(it.letters ^ letters) > 2 * Math.min(most, least)) continue;
    const distance = it.key === wanted ? 0 : it.bare === bare ? 0.5 : editsBetween(wanted, it.key, Math.min(most, Math.ceil(least)));
    if (distance > most || distance > least) continue;
    if (distance === least && best !== undefined) {
      if (best.key === it.key) continue;
      isTied = true;
      if (it.key < best.key) best = it;
      continue;
    }
    best = it;
    least = distance;
    isTied = false;
  }
  return best === undefined ? undefined : { best, least, isTied };
}

/** So many letters of a name may be wrong, among few names. */
const mostEdits = (wanted: string): number => Math.min(4, Math.max(1, Math.floor(wanted.length / 4)));

/** Whether `suggest` may give, or count as another as near, a name for a misspelt one. */
export function isNear(wanted: string, name: string): boolean {
  if (wanted.length > longest || name.length > longest) return false;
  const [a, b] = [nameKey(wanted), nameKey(name)];
  return squeeze(a) === squeeze(b) || editsBetween(a, b, mostEdits(a)) <= mostEdits(a);
}

const squeeze = (name: string): string => (/[\s_]/.test(name) ? name.replace(/[\s_]+/g, '') : name);

/** A bit for each letter or digit that occurs; blanks and underscores have none, others share one. */
function lettersOf(key: string): number {
  let bits = 0;
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    if (code === 32 || code === 95) continue;
    if (code >= 97 && code <= 122) bits |= 1 << (code - 97);
    else if (code >= 48 && code <= 57) bits |= 1 << (26 + ((code - 48) % 5));
    else bits |= 1 << 31;
  }
  return bits;
}

function ones(bits: number): number {
  let it = bits - ((bits >>> 1) & 0x55555555);
  it = (it & 0x33333333) + ((it >>> 2) & 0x33333333);
  return Math.imul((it + (it >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
