/** Text functions. */
import { formatValue } from '../../formats/formatString.ts';
import { notEvaluated } from '../values/cells.ts';
import { toText } from '../values/coerce.ts';
import { textKey } from '../values/text.ts';
import { argument, eachRow, type Evaluator, type TypedValue } from './evaluator.ts';

const textOf = (it: TypedValue): string => toText(it.value, it.type);

export const text = {
  /** Case-insensitive; `?` stands for one character, `*` for any number, `~` before them for themselves. */
  CONTAINSSTRING: (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call)], call, 'boolean', (within, find) =>
    containsPattern(textKey(textOf(within)), textKey(textOf(find)))),
  CONTAINSSTRINGEXACT: (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call)], call, 'boolean', (within, find) =>
    textOf(within).includes(textOf(find))),
  CONCATENATE: (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call)], call, 'string', (a, b) => {
    const left = textOf(a);
    const right = textOf(b);
    call.budget.reserveText(left.length + right.length);
    return left + right;
  }),
  LEN: (args, call) => eachRow([argument(args, 0, call)], call, 'int64', (it) => (it.value === null ? 0 : textOf(it).length)),
  UPPER: (args, call) => eachRow([argument(args, 0, call)], call, 'string', (it) => textOf(it).toUpperCase()),
  LOWER: (args, call) => eachRow([argument(args, 0, call)], call, 'string', (it) => textOf(it).toLowerCase()),
  TRIM: (args, call) => eachRow([argument(args, 0, call)], call, 'string', (it) => textOf(it).replace(/ +/g, ' ').replace(/^ | $/g, '')),
  FORMAT: (args, call) => {
    const culture = args[2] ?? null;
    return eachRow([argument(args, 0, call), argument(args, 1, call), ...(culture === null ? [] : [culture])], call, 'string', (value, format, third) => {
      const name = third === undefined || third.value === null ? call.culture : textOf(third);
      if (name.toLowerCase() !== 'en-us') return notEvaluated({ id: 'feature-not-supported', what: `FORMAT in the culture ${name} is` }, call.at);
      const formatted = formatValue(value.value, value.type, textOf(format), name);
      return formatted ?? notEvaluated({ id: 'feature-not-supported', what: `FORMAT with "${textOf(format).slice(0, 40)}" is` }, call.at);
    });
  },
} satisfies Record<string, Evaluator>;

/** Whether a pattern with wildcards occurs anywhere in a text. Both are folded already. */
function containsPattern(within: string, pattern: string): boolean {
  if (!/[?*~]/.test(pattern)) return within.includes(pattern);
  const parts = patternParts(pattern);
  return matchesFrom(within, [{ kind: 'any' }, ...parts, { kind: 'any' }]);
}

type PatternPart = { readonly kind: 'any' } | { readonly kind: 'one' } | { readonly kind: 'char'; readonly char: string };

function patternParts(pattern: string): readonly PatternPart[] {
  const parts: PatternPart[] = [];
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
function matchesFrom(within: string, parts: readonly PatternPart[]): boolean {
  let at = 0;
  let part = 0;
  let star = -1;
  let starAt = 0;
  while (at < within.length) {
    const current = parts[part];
    if (current !== undefined && (current.kind === 'one' || (current.kind === 'char' && current.char === within.charAt(at)))) {
      at++;
      part++;
    } else if (current?.kind === 'any') {
      star = part++;
      starAt = at;
    } else if (star !== -1) {
      part = star + 1;
      at = ++starAt;
    } else return false;
  }
  return parts.slice(part).every((it) => it.kind === 'any');
}
