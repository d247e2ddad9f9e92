/** Patterns of SEARCH and CONTAINSSTRING: `?` is one character, `*` any number, `~` before them takes them as they are. */

type Part = { readonly kind: 'any' } | { readonly kind: 'one' } | { readonly kind: 'char'; readonly char: string };

/** Whether a pattern occurs anywhere in a text. Both are folded already. */
export function containsPattern(within: string, pattern: string): boolean {
  if (!hasWildcards(pattern)) return within.includes(pattern);
  return matchesFrom(within, 0, [{ kind: 'any' }, ...partsOf(pattern), { kind: 'any' }]);
}

/**
 * The first place at or after `from` where a pattern begins to match, -1 for none. Both are folded already.
 *
 * @param poll called before each attempt, so that a long search can be stopped
 */
export function indexOfPattern(within: string, pattern: string, from: number, poll: () => void): number {
  if (!hasWildcards(pattern)) return within.indexOf(pattern, from);
  const parts: readonly Part[] = [...partsOf(pattern), { kind: 'any' }];
  if (!matchesFrom(within, from, [{ kind: 'any' }, ...parts])) return -1;
  for (let at = from; at <= within.length; at++) {
    poll();
    if (matchesFrom(within, at, parts)) return at;
  }
  return -1;
}

const hasWildcards = (pattern: string): boolean => /[?*~]/.test(pattern);

function partsOf(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    const next = pattern.charAt(i + 1);
    if (char === '~' && (next === '?' || next === '*' || next === '~')) {
      parts.push({ kind: 'char', char: next });
      i++;
    } else parts.push(char === '*' ? { kind: 'any' } : char === '?' ? { kind: 'one' } : { kind: 'char', char });
  }
  return parts;
}

/** Greedy matching with one way back, so that time stays within length times length. */
function matchesFrom(within: string, from: number, parts: readonly Part[]): boolean {
  let at = from;
  let part = 0;
  let star = -1;
  let starAt = 0;
  while (at < within.length) {
    const current = parts[part];
    if (current !== undefined && (current.kind === 'one' || (current.kind === 'char' && current.char === within.charAt(at)))) {
      at++;
      part++;
    } else if (current?.kind === 'any') {
      if (part === parts.length - 1) return true;
      star = part++;
      starAt = at;
    } else if (star !== -1) {
      part = star + 1;
      at = ++starAt;
    } else return false;
  }
  return parts.slice(part).every((it) => it.kind === 'any');
}
