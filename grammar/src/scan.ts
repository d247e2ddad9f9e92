/** Looking at raw text while segments are cut: comments, strings, words and lines that may be hard boundaries. */
import { blockCommentEnd, carefulStringEnd, hasNewline, isDocAt, isNewline, lineEnd, nextLine, stringEnd } from './delimited.ts';
import { keywordHeader, plainHeader, type HeaderOptions } from './header.ts';
import { isPlaceholder } from './prose.ts';

export interface Source {
  readonly text: string;
  /** Where the last block comment closes, so that one without an end is known without a search. */
  readonly lastCommentEnd: number;
  readonly options: HeaderOptions;
}

/** The end of the comment at `at`, 0 when none begins there, -1 when it is never closed. */
export function commentEnd({ text, lastCommentEnd }: Source, at: number): number {
  const code = text.charCodeAt(at);
  if (code !== 47 && code !== 45) return 0;
  const next = text.charCodeAt(at + 1);
  if (next === code) return lineEnd(text, at);
  if (code !== 47 || next !== 42) return 0;
  return lastCommentEnd < at + 2 ? -1 : blockCommentEnd(text, at);
}

/** The end of a string, or -1. One that runs over its line, which has a typographic quote, ended at that quote. */
export function likelyStringEnd(text: string, at: number): number {
  const end = stringEnd(text, at);
  if (end >= 0 && !hasNewline(text, at, end)) return end;
  const careful = carefulStringEnd(text, at);
  return careful.closed === 'smart' ? careful.end : end;
}

/** The end of a string that does not run across a hard boundary. */
export function hardStringEnd(text: string, at: number, indentation: number, options: HeaderOptions): number {
  const end = stringEnd(text, at);
  if (end >= 0) {
    if (!hasNewline(text, at, end)) return end;
    let line = nextLine(text, at);
    while (line < end && !isHardLine(text, line, indentation, options)) line = nextLine(text, line);
    if (line >= end) return end;
  }
  return carefulStringEnd(text, at).end;
}

/** Whether a line by itself looks like a hard boundary. */
function isHardLine(text: string, lineStart: number, indentation: number, options: HeaderOptions): boolean {
  const at = skipBlanks(text, lineStart);
  const word = wordAt(text, at).toUpperCase();
  return isDocAt(text, at) || word === 'DEFINE' || word === 'EVALUATE' || keywordHeader(text, at, false) !== undefined
    || (at - lineStart <= indentation && plainHeader(text, at, options) !== undefined);
}

/** The end of a marked-up placeholder that is all of a header's line, else `from`. */
export function skipPlaceholder(text: string, from: number): number {
  const at = skipBlanks(text, from);
  if (!'*_<'.includes(text.charAt(at) || ' ')) return from;
  const end = lineEnd(text, at);
  return isPlaceholder(text.slice(at, Math.min(end, at + 1000))) ? end : from;
}

/** Whether nothing but blanks is left on the line. */
export function atEnd(text: string, at: number): boolean {
  const visible = skipBlanks(text, at);
  return visible >= text.length || isNewline(text.charCodeAt(visible));
}

/** The next offset that is no blank; line breaks are none. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** White space that is no line break. */
export function isBlank(code: number): boolean {
  if (code <= 32) return code === 32 || code === 9 || code === 11 || code === 12;
  return code === 0xa0 || code === 0x85 || code === 0x3000 || code === 0xfeff || code === 0x1680 || code === 0x202f || code === 0x205f
    || (code >= 0x2000 && code <= 0x200a) || code === 0x2028 || code === 0x2029;
}

/** Letters; punctuation such as typographic quotes stands between U+2000 and U+206F. */
export function isWordStart(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95
    || (code > 0xbf && code !== 0x3000 && code !== 0xfeff && !(code >= 0x2000 && code <= 0x206f));
}

/** The word at an offset, empty where none begins. */
export function wordAt(text: string, from: number): string {
  let at = from;
  for (let code = text.charCodeAt(at); isWordStart(code) || (code >= 48 && code <= 57 && at > from); code = text.charCodeAt(at)) at++;
  return text.slice(from, at);
}

/** VAR is the keyword before a name and `=`. */
export function isVariable(text: string, from: number): boolean {
  const name = skipBlanks(text, from);
  if (name === from) return false;
  const end = name + wordAt(text, name).length;
  return end > name && text.charAt(skipBlanks(text, end)) === '=';
}

/** ORDER BY and START AT. */
export function isClause(text: string, at: number, upper: string): boolean {
  const partner = upper === 'ORDER' ? 'BY' : upper === 'START' ? 'AT' : undefined;
  return partner !== undefined && wordAt(text, skipBlanks(text, at + upper.length)).toUpperCase() === partner;
}
