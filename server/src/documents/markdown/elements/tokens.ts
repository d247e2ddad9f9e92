/** The plain text of an item → words, numbers, quoted texts and signs. One pass; no name is known here. */
import { spanToDocument } from '../../../base/offsetMap.ts';
import type { Span } from '../../../base/spans.ts';
import type { Literal, Piece } from './types.ts';
import type { PlainText } from './plain.ts';

/** Offsets are those of the plain text. */
export interface Token {
  readonly kind: 'word' | 'literal' | 'sign';
  /** Of a word in lower case with straight apostrophes; of a sign the sign. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** Whether blank space stands before it. */
  readonly gap: boolean;
  /** Of a literal. */
  readonly literal: Literal | undefined;
}

/** Text behind is prose: no item of a page is so long. */
const maximumLength = 20_000;
const maximumQuoted = 200;

const signs = ['!==', ':=', '==', '!=', '<>', '<=', '>=', '=<', '&&', '||', '=>'] as const;
const singleQuotes = "'‘’‚‛`´";
const doubleQuotes = '"“”„‟';

export const spanOf = (plain: PlainText, start: number, end: number): Span => spanToDocument(plain.map, { start, end });

export const pieceOf = (plain: PlainText, start: number, end: number): Piece => ({
  text: plain.text.slice(start, end), span: spanOf(plain, start, end),
});

export function tokensOf(plain: PlainText): readonly Token[] {
  const text = plain.text.slice(0, maximumLength);
  const tokens: Token[] = [];
  let gap = true;
  for (let at = 0; at < text.length; ) {
    if (isBlank(text.charCodeAt(at))) {
      gap = true;
      at++;
      continue;
    }
    const address = gap ? addressEnd(text, at) : undefined;
    if (address !== undefined) {
      at = address;
      continue;
    }
    const token = tokenAt(plain, text, at, gap, tokens.at(-1));
    tokens.push(token);
    gap = false;
    at = token.end;
  }
  return tokens;
}

/** The end of a web address: what stands in it is no name. */
function addressEnd(text: string, at: number): number | undefined {
  if (!text.startsWith('http://', at) && !text.startsWith('https://', at)) return undefined;
  let end = at;
  while (end < text.length && !isBlank(text.charCodeAt(end))) end++;
  return end;
}

function tokenAt(plain: PlainText, text: string, at: number, gap: boolean, before: Token | undefined): Token {
  const char = text.charAt(at);
  if (isLetter(char)) {
    const end = wordEnd(text, at);
    const key = text.slice(at, end).replaceAll('’', "'").toLowerCase();
    const literal = key === 'true' || key === 'false'
      ? { kind: 'boolean' as const, text: key, span: spanOf(plain, at, end), inner: spanOf(plain, at, end), quote: 'none' as const }
      : undefined;
    return { kind: 'word', key, start: at, end, gap, literal };
  }
  if (isDigit(text.charCodeAt(at)) || (char === '-' && isDigit(text.charCodeAt(at + 1)) && (before === undefined || before.kind === 'sign') && gap)) {
    return numberAt(plain, text, at, gap);
  }
  const quoted = quotedAt(plain, text, at, gap, before);
  if (quoted !== undefined) return quoted;
  const sign = signs.find((it) => text.startsWith(it, at)) ?? char;
  return { kind: 'sign', key: sign, start: at, end: at + sign.length, gap, literal: undefined };
}

/** Letters, digits and underscores; an apostrophe between letters belongs to the word. */
function wordEnd(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (isLetter(char) || isDigit(text.charCodeAt(at))) continue;
    if ((char === "'" || char === '’') && isPlainLetter(text.charAt(at - 1)) && isPlainLetter(text.charAt(at + 1))) continue;
    break;
  }
  return at;
}

function numberAt(plain: PlainText, text: string, start: number, gap: boolean): Token {
  let end = start + 1;
  while (isDigit(text.charCodeAt(end))) end++;
  if (text.charAt(end) === '.' && isDigit(text.charCodeAt(end + 1))) {
    end++;
    while (isDigit(text.charCodeAt(end))) end++;
  }
  // `7th` and `2x` are words.
  if (isLetter(text.charAt(end))) {
    const wordStop = wordEnd(text, end);
    return { kind: 'word', key: text.slice(start, wordStop).toLowerCase(), start, end: wordStop, gap, literal: undefined };
  }
  const at = spanOf(plain, start, end);
  return { kind: 'literal', key: '', start, end, gap, literal: { kind: 'number', text: text.slice(start, end), span: at, inner: at, quote: 'none' } };
}

/** A quoted text. A quote that nothing closes opens a literal only before digits; else it is a sign. */
function quotedAt(plain: PlainText, text: string, at: number, gap: boolean, before: Token | undefined): Token | undefined {
  const char = text.charAt(at);
  const family = singleQuotes.includes(char) ? singleQuotes : doubleQuotes.includes(char) ? doubleQuotes : undefined;
  const digits = isDigit(text.charCodeAt(at + 1));
  if (family === undefined || isBlank(text.charCodeAt(at + 1)) || at + 1 >= text.length) return undefined;
  // Behind a letter it is an apostrophe, unless a code follows.
  if (!gap && before?.kind === 'word' && !digits) return undefined;
  let close = at + 1;
  while (close < text.length && close - at < maximumQuoted && !family.includes(text.charAt(close))) close++;
  const closed = family.includes(text.charAt(close)) && close < text.length && (!digits || /^[\d\s,;]*$/.test(text.slice(at + 1, close)));
  if (!closed && !digits) return undefined;
  let end = close;
  if (!closed) {
    end = at + 1;
    while (isDigit(text.charCodeAt(end))) end++;
  }
  const quote = !closed ? 'unclosed' : isStraight(char) === isStraight(text.charAt(close)) ? (isStraight(char) ? 'straight' : 'typographic') : 'mixed';
  const stop = closed ? end + 1 : end;
  return {
    kind: 'literal', key: '', start: at, end: stop, gap,
    literal: { kind: 'text', text: text.slice(at + 1, end), span: spanOf(plain, at, stop), inner: spanOf(plain, at + 1, end), quote },
  };
}

const isStraight = (char: string): boolean => char === "'" || char === '"';
const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isPlainLetter = (char: string): boolean => char !== '_' && char.charCodeAt(0) < 128 && isLetter(char);

function isLetter(char: string): boolean {
  const code = char.charCodeAt(0);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
  return /^\p{L}$/u.test(char);
}
