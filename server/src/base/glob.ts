/**
 * Globs over paths, matched in time linear in path and glob: they come from project files, and no regular expression of
 * a user is ever run.
 *
 * `*` and `?` stay within one part of a path, `**` crosses parts, `{a,b}` is either, `[a-z]` and `[!a-z]` one sign.
 */

type Token =
  | { readonly kind: 'sign'; readonly sign: string }
  | { readonly kind: 'one'; readonly not: boolean; readonly ranges: readonly (readonly [from: string, to: string])[] }
  /** Signs other than `/`, none or many. */
  | { readonly kind: 'star' }
  /** Whole parts with their `/`, none or many. */
  | { readonly kind: 'parts' }
  /** Anything. */
  | { readonly kind: 'rest' };

/** Ways that the braces of one glob may be read. */
const mostWays = 100;

/** @returns whether a relative path with `/`, or a folder above it, is meant */
export function globMatcher(glob: string): (path: string) => boolean {
  const ways = alternatives(glob.replace(/^\.\//, '').replace(/\/$/, '')).map(tokens);
  return (path) => ways.some((way) => reaches(way, path));
}

/** A glob without braces for each way to read them; more than are reasonable are read as they are written. */
function alternatives(glob: string): readonly string[] {
  let ways = [''];
  for (let at = 0; at < glob.length; ) {
    const close = glob[at] === '{' ? glob.indexOf('}', at) : -1;
    const text = close < 0 ? [glob.charAt(at)] : glob.slice(at + 1, close).split(',');
    if (ways.length * text.length > mostWays) return [glob];
    ways = ways.flatMap((way) => text.map((it) => way + it));
    at = close < 0 ? at + 1 : close + 1;
  }
  return ways;
}

function tokens(glob: string): readonly Token[] {
  const found: Token[] = [];
  for (let at = 0; at < glob.length; at++) {
    const sign = glob.charAt(at);
    const isPart = at === 0 || glob[at - 1] === '/';
    if (isPart && glob.startsWith('**/', at)) {
      found.push({ kind: 'parts' });
      at += 2;
    } else if (isPart && glob.slice(at) === '**') {
      found.push({ kind: 'rest' });
      break;
    } else if (sign === '*') {
      if (found.at(-1)?.kind !== 'star') found.push({ kind: 'star' });
    } else if (sign === '?') found.push({ kind: 'one', not: true, ranges: [] });
    else {
      const one = sign === '[' ? oneOf(glob, at) : undefined;
      found.push(one?.token ?? { kind: 'sign', sign });
      at = one?.last ?? at;
    }
  }
  return found;
}

/** `[a-z_]` at `at`, up to its bracket; undefined where it has none. */
function oneOf(glob: string, at: number): { readonly token: Token; readonly last: number } | undefined {
  const not = glob[at + 1] === '!' || glob[at + 1] === '^';
  const start = at + (not ? 2 : 1);
  const last = glob.indexOf(']', start + 1);
  if (last < 0) return undefined;
  const ranges: [string, string][] = [];
  for (let i = start; i < last; i++) {
    const isRange = glob[i + 1] === '-' && i + 2 < last;
    ranges.push([glob.charAt(i), glob.charAt(isRange ? i + 2 : i)]);
    if (isRange) i += 2;
  }
  return { token: { kind: 'one', not, ranges }, last };
}

/** Follows all readings of the path at once, sign by sign. */
function reaches(way: readonly Token[], path: string): boolean {
  // A state is the token that comes next; `within` are the `**` that have begun a part and not ended it.
  let states = new Set<number>();
  let within = new Set<number>();
  const enter = (into: Set<number>, state: number): void => {
    if (into.has(state)) return;
    into.add(state);
    const kind = way[state]?.kind;
    if (kind === 'star' || kind === 'parts' || kind === 'rest') enter(into, state + 1);
  };
  enter(states, 0);
  for (const sign of path) {
    // What matches a folder means all that is below it.
    if (sign === '/' && states.has(way.length)) return true;
    const next = new Set<number>();
    const still = new Set<number>();
    for (const state of within) {
      if (sign === '/') enter(next, state);
      else still.add(state);
    }
    for (const state of states) {
      const token = way[state];
      if (token === undefined) continue;
      if (token.kind === 'rest' || (token.kind === 'star' && sign !== '/')) enter(next, state);
      else if (token.kind === 'parts' && sign !== '/') still.add(state);
      else if (token.kind === 'sign' && token.sign === sign) enter(next, state + 1);
      else if (token.kind === 'one' && sign !== '/' && token.ranges.some(([from, to]) => from <= sign && sign <= to) !== token.not) enter(next, state + 1);
    }
    states = next;
    within = still;
    if (states.size === 0 && within.size === 0) return false;
  }
  return states.has(way.length);
}
