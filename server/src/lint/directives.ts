/**
 * Suppressions as they are written in comments.
 *
 *     // dax-metrics-disable-next-line rule, rule -- reason
 *     // dax-metrics-disable-line rule
 *     // dax-metrics-disable rule
 *
 * The first counts for the next line of DAX, the second for its own line, the third for the whole file. On a page the
 * same words stand in an HTML comment. `dax-metrics-mutant-ok-next-line` and its kin name mutation operators in the same
 * way: survivors of theirs that were judged.
 */
import type { Span } from '../base/spans.ts';

export interface Directive {
  readonly scope: 'next-line' | 'line' | 'file';
  readonly rules: readonly NamedRule[];
  /** What follows `--`; empty where nothing does. */
  readonly reason: string;
  /** The whole comment, in the document. */
  readonly span: Span;
}

export interface NamedRule {
  readonly id: string;
  readonly span: Span;
}

/** The word that a directive begins with. */
export type DirectiveWord = 'dax-metrics-disable' | 'dax-metrics-mutant-ok';

const endings: readonly (readonly [ending: string, scope: Directive['scope']])[] = [['-next-line', 'next-line'], ['-line', 'line'], ['', 'file']];

/** Whether a text may hold a directive at all: most do not. */
export const mayDirect = (text: string, word: DirectiveWord = 'dax-metrics-disable'): boolean => text.includes(word);

/** Marks that open a comment; what closes it is cut off too. */
const marks: readonly (readonly [open: string, close: string])[] = [['<!--', '-->'], ['//', ''], ['--', ''], ['/*', '*/']];

/**
 * Reads a comment.
 *
 * @param text the comment, its marks included
 * @param at where each of its characters stands in the document
 * @returns undefined for a comment that says something else
 */
export function readDirective(text: string, at: (offset: number) => number, begin: DirectiveWord = 'dax-metrics-disable'): Directive | undefined {
  const mark = marks.find(([open]) => text.startsWith(open));
  if (mark === undefined) return undefined;
  const [open, close] = mark;
  const trimmed = text.trimEnd();
  const end = close !== '' && trimmed.endsWith(close) ? trimmed.length - close.length : trimmed.length;
  let from = open.length;
  while (from < end && isBlank(text[from])) from++;
  if (!text.startsWith(begin, from)) return undefined;
  from += begin.length;
  const [ending, scope] = endings.find(([it]) => text.startsWith(it, from)) ?? (['', 'file'] as const);
  from += ending.length;
  if (from < end && !isBlank(text[from])) return undefined;
  const reason = text.indexOf('--', from);
  const list = text.slice(from, reason < 0 ? end : Math.min(reason, end));
  const why = reason < 0 ? '' : text.slice(reason + 2, end).trim();
  return { scope, rules: namesIn(list, from, at), reason: why, span: { start: at(0), end: at(trimmed.length - 1) + 1 } };
}

const isBlank = (it: string | undefined): boolean => it === ' ' || it === '\t' || it === '\n' || it === '\r';

/** The names of a list, separated by commas or blanks. */
function namesIn(list: string, from: number, at: (offset: number) => number): readonly NamedRule[] {
  const names: NamedRule[] = [];
  let start = -1;
  for (let i = 0; i <= list.length; i++) {
    const isEnd = i === list.length || isBlank(list[i]) || list[i] === ',';
    if (!isEnd && start < 0) start = i;
    if (isEnd && start >= 0) {
      names.push({ id: list.slice(start, i), span: { start: at(from + start), end: at(from + i - 1) + 1 } });
      start = -1;
    }
  }
  return names;
}
