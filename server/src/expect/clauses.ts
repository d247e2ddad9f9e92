/** Cuts a tag's text at `±`, `by`, `where`, `within`, `rows` and commas that stand outside brackets, names, strings and comments. */
import type { Span } from '../base/spans.ts';

export type ClauseWord = '±' | 'by' | 'where' | 'within' | 'rows';

export interface Clause {
  readonly word: ClauseWord;
  readonly wordSpan: Span;
  /** What follows the word, up to the next clause. */
  readonly body: Span;
}

export interface Clauses {
  /** What stands before the first clause. */
  readonly head: Span;
  readonly clauses: readonly Clause[];
  /** Offsets of commas outside brackets. */
  readonly commas: readonly number[];
  /** A bracket, name or string that is never closed or never opened. */
  readonly unbalanced: { readonly at: Span; readonly text: string } | undefined;
}

const openers = new Map([['(', ')'], ['{', '}']]);

const wordsOfAll: ReadonlySet<string> = new Set(['by', 'where', 'within']);
/** A comparison lists rows; in other tags `rows` is a name like any other. */
const wordsOfComparisons: ReadonlySet<string> = new Set([...wordsOfAll, 'rows']);

/**
 * Spans are offsets in `text`.
 *
 * @param tag name of the tag, without its `@`
 */
export function clausesOf(text: string, tag: string): Clauses {
  const known = tag === 'compare' ? wordsOfComparisons : wordsOfAll;
  const words: { word: ClauseWord; span: Span }[] = [];
  const commas: number[] = [];
  const open: number[] = [];
  let unbalanced: Clauses['unbalanced'];
  const fault = (start: number, end: number): void => {
    unbalanced ??= { at: { start, end }, text: text.slice(start, Math.min(end, start + 1)) };
  };
  for (let i = 0; i < text.length; ) {
    const char = text.charAt(i);
    const delimiter = char === '"' || char === "'" ? char : char === '[' ? ']' : undefined;
    if (delimiter !== undefined) {
      const end = closingOf(text, i + 1, delimiter);
      if (end === undefined) fault(i, text.length);
      i = end === undefined ? text.length : end + 1;
    } else if (text.startsWith('--', i) || text.startsWith('//', i)) {
      const end = text.indexOf('\n', i);
      i = end < 0 ? text.length : end;
    } else if (text.startsWith('/*', i)) {
      const end = text.indexOf('*/', i + 2);
      i = end < 0 ? text.length : end + 2;
    } else if (openers.has(char)) {
      open.push(i++);
    } else if (char === ')' || char === '}') {
      const opener = open.pop();
      if (opener === undefined || openers.get(text.charAt(opener)) !== char) fault(i, i + 1);
      i++;
    } else if (char === ',' || char === '±') {
      if (open.length === 0) {
        if (char === ',') commas.push(i);
        else words.push({ word: '±', span: { start: i, end: i + 1 } });
      }
      i++;
    } else if (/[\p{L}\p{N}_]/u.test(char)) {
      let end = i + 1;
      while (end < text.length && /[\p{L}\p{N}_.]/u.test(text.charAt(end))) end++;
      const word = text.slice(i, end).toLowerCase();
      // A word right before a bracket is a table, `where[x]`; one beside a hyphen is part of an id, `division-by-zero`.
      const apart = !'[-'.includes(text.charAt(end) || ' ') && text.charAt(i - 1) !== '-';
      if (known.has(word) && apart && open.length === 0) words.push({ word: word as ClauseWord, span: { start: i, end } });
      i = end;
    } else i++;
  }
  const opener = open[0];
  if (opener !== undefined) fault(opener, opener + 1);
  const clauses = words.map((it, i): Clause => ({
    word: it.word,
    wordSpan: it.span,
    body: { start: it.span.end, end: words[i + 1]?.span.start ?? text.length },
  }));
  return { head: { start: 0, end: words[0]?.span.start ?? text.length }, clauses, commas, unbalanced };
}

/** Stretches between the commas inside `range`. */
export function listOf(range: Span, commas: readonly number[]): readonly Span[] {
  const inside = commas.filter((it) => it >= range.start && it < range.end);
  const bounds = [range.start - 1, ...inside, range.end];
  return bounds.slice(1).map((end, i) => ({ start: (bounds[i] ?? 0) + 1, end }));
}

/** Offset of the closing delimiter; a doubled one stands for itself. */
function closingOf(text: string, from: number, delimiter: string): number | undefined {
  for (let at = text.indexOf(delimiter, from); at >= 0; at = text.indexOf(delimiter, at + 2)) {
    if (text.charAt(at + 1) !== delimiter) return at;
  }
  return undefined;
}
