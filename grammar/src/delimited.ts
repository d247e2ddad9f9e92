/**
 * Where delimited text ends: strings, quoted names, bracketed names and block comments.
 *
 * The lexer and the segmentation share these, so that both agree on what stands inside quotes.
 */

import { lookedAt } from './work.ts';

/** Typographic characters that word processors put in the place of `"`. */
const doubleQuotes = '“”„‟″＂';
/** Typographic characters that word processors put in the place of `'`. */
const singleQuotes = '‘’‚‛′＇';

/** A name may be broken by so many line breaks; more is an unclosed name. */
const maxBreaks = 2;
/** No name is longer; a bound on the search for its end. */
const maxNameLength = 512;

export function isNewline(code: number): boolean {
  return code === 10 || code === 13;
}

export function isSmartDouble(char: string): boolean {
  return char !== '' && doubleQuotes.includes(char);
}

export function isSmartSingle(char: string): boolean {
  return char !== '' && singleQuotes.includes(char);
}

/** The offset after the closing `"` of the string that opens at `start`, or -1. Strings may span lines. */
export function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) === 34) continue;
    lookedAt(at - start);
    return at + 1;
  }
  lookedAt(text.length - start);
  return -1;
}

/** The offset after the closing `'` of the name that opens at `start`, or -1. A name never spans lines. */
export function quotedNameEnd(text: string, start: number): number {
  const limit = Math.min(text.length, start + maxNameLength);
  for (let at = start + 1; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (isNewline(code)) return -1;
    if (code !== 39) continue;
    if (text.charCodeAt(at + 1) !== 39) return at + 1;
    at++;
  }
  return -1;
}

/**
 * The offset after the closing `]` of the name that opens at `start`, or -1.
 *
 * A name with a line break inside is broken, yet ends at its `]`, provided that what follows the break still reads
 * like a name: a quote, an equals sign, another `[` or a comment there means that the name was never closed.
 */
export function bracketedNameEnd(text: string, start: number): number {
  let breaks = 0;
  const limit = Math.min(text.length, start + maxNameLength);
  for (let at = start + 1; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 93) {
      if (text.charCodeAt(at + 1) !== 93) return at + 1;
      at++;
    } else if (isNewline(code)) {
      if (code === 13 && text.charCodeAt(at + 1) === 10) at++;
      if (++breaks > maxBreaks) return -1;
    } else if (breaks > 0) {
      const isComment = (code === 47 || code === 45) && text.charCodeAt(at + 1) === code;
      if (code === 91 || code === 34 || code === 61 || isComment) return -1;
    }
  }
  return -1;
}

/** The offset after the closing mark of the comment that opens at `start`, or -1. */
export function blockCommentEnd(text: string, start: number): number {
  const at = text.indexOf('*/', start + 2);
  lookedAt((at < 0 ? text.length : at) - start);
  return at < 0 ? -1 : at + 2;
}

/** Whether `///`, and not a rule of slashes, stands at `at`. */
export function isDocAt(text: string, at: number): boolean {
  return text.startsWith('///', at) && text.charAt(at + 3) !== '/';
}

/** The offset of the line break at or after `from`, or the text's end. */
export function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isNewline(text.charCodeAt(at))) at++;
  lookedAt(at - from);
  return at;
}

/** The offset after the line break that ends the line of `from`, or the text's end. */
export function nextLine(text: string, from: number): number {
  const end = lineEnd(text, from);
  if (end >= text.length) return text.length;
  return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
}

/** Whether a line break stands in a stretch of text. */
export function hasNewline(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (isNewline(text.charCodeAt(at))) return true;
  }
  return false;
}

/** Where an unclosed string or name ends: after the first typographic quote on its line, else at the line's end. */
export function unclosedEnd(text: string, start: number): number {
  let visible = start + 1;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isNewline(code)) break;
    if (code !== 32 && code !== 9) visible = at + 1;
    if (isSmartCode(code)) return at + 1;
  }
  lookedAt(visible - start);
  return visible;
}

/**
 * The end of a string in text where quotes do not pair up: on the line it opens, after the closing quote or the
 * typographic one, whichever is followed by what can follow a value.
 */
export function carefulStringEnd(text: string, start: number): { readonly end: number; readonly closed: 'plain' | 'smart' | 'no' } {
  let smart = -1;
  let plain = -1;
  for (let at = start + 1; at < text.length && plain < 0; at++) {
    const code = text.charCodeAt(at);
    if (isNewline(code)) break;
    if (code === 34) {
      if (text.charCodeAt(at + 1) === 34) at++;
      else plain = at + 1;
    } else if (smart < 0 && isSmartCode(code) && isSmartDouble(text.charAt(at))) smart = at + 1;
  }
  lookedAt(Math.max(smart, plain, start) - start);
  if (smart >= 0 && (plain < 0 || !endsValue(text, plain)) && (plain < 0 || endsValue(text, smart))) return { end: smart, closed: 'smart' };
  if (plain >= 0) return { end: plain, closed: 'plain' };
  return { end: unclosedEnd(text, start), closed: 'no' };
}

/** Whether what follows on the line can follow a value. */
function endsValue(text: string, from: number): boolean {
  let at = from;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  if (at >= text.length || isNewline(text.charCodeAt(at))) return true;
  return ',;)}&|=<>+-*/'.includes(text.charAt(at)) || /^(?:in|return|var|order)\b/i.test(text.slice(at, at + 7));
}

function isSmartCode(code: number): boolean {
  return (code >= 0x2018 && code <= 0x201f) || code === 0x2032 || code === 0x2033 || code === 0xff02 || code === 0xff07;
}
