/**
 * The text before a cursor, as someone is typing it: what is unfinished there, which brackets are open, which variables
 * are in scope.
 *
 * The lexer and the parser repair what is unfinished; completion needs to know that it is.
 */
import { lineEnd } from '../base/spans.ts';

export interface CursorToken {
  readonly kind: 'word' | 'table' | 'column' | 'string' | 'sign';
  /** As written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface OpenBracket {
  readonly sign: '(' | '{';
  /** Index of its token. */
  readonly token: number;
  /** Name of the function whose arguments it holds. */
  readonly name: string | undefined;
  /** Commas between it and the cursor, those of inner brackets left out: the index of the argument. */
  readonly commas: number;
}

export interface Cursor {
  /** The token that the cursor is in; `code` where none but a word may be begun. */
  readonly inside: 'code' | 'string' | 'column' | 'table' | 'comment';
  /** Where that token or word begins; the cursor itself where nothing is begun. */
  readonly start: number;
  readonly offset: number;
  /** Complete tokens before `start`, comments left out. */
  readonly tokens: readonly CursorToken[];
  /** Brackets that are open at the cursor, outermost first. */
  readonly open: readonly OpenBracket[];
  /** Names of variables in scope, innermost last. */
  readonly variables: readonly string[];
}

/**
 * @param from where the DAX begins that the cursor belongs to: behind a definition's header
 * @param offset the cursor
 */
export function cursorAt(text: string, from: number, offset: number): Cursor {
  const tokens: CursorToken[] = [];
  let inside: Cursor['inside'] = 'code';
  let start = offset;
  let at = from;
  while (at < offset) {
    const it = tokenAt(text, at, offset);
    if (it.end === undefined) {
      inside = it.kind === 'word' || it.kind === 'sign' || it.kind === 'blank' ? 'code' : it.kind;
      start = at;
      break;
    }
    if (it.kind !== 'blank' && it.kind !== 'comment') tokens.push({ kind: it.kind, text: text.slice(at, it.end), start: at, end: it.end });
    at = it.end;
  }
  return { inside, start, offset, tokens, open: openBrackets(tokens), variables: variablesIn(tokens) };
}

type Piece =
  /** Without an end it is still unfinished at the cursor. */
  | { readonly kind: Exclude<CursorToken['kind'], 'sign'> | 'comment'; readonly end: number | undefined }
  | { readonly kind: 'sign' | 'blank'; readonly end: number };

const word = /[\p{L}\p{N}_.]+/uy;
const blank = /\s+/y;

function tokenAt(text: string, at: number, limit: number): Piece {
  const sign = text[at] ?? '';
  const two = text.slice(at, Math.min(at + 2, limit));
  blank.lastIndex = at;
  if (blank.test(text)) return { kind: 'blank', end: Math.min(blank.lastIndex, limit) };
  if (two === '//' || two === '--') {
    const end = lineEnd(text, at, limit);
    return { kind: 'comment', end: end < limit ? end : undefined };
  }
  if (two === '/*') {
    const end = text.indexOf('*/', at + 2);
    return { kind: 'comment', end: end >= 0 && end + 2 <= limit ? end + 2 : undefined };
  }
  if (sign === '"') return delimited(text, at, limit, 'string', '"');
  if (sign === "'") return delimited(text, at, limit, 'table', "'");
  if (sign === '[') return delimited(text, at, limit, 'column', ']');
  word.lastIndex = at;
  if (word.test(text)) return { kind: 'word', end: word.lastIndex < limit ? word.lastIndex : undefined };
  const isPair = ['==', '<>', '<=', '>=', '&&', '||', ':='].includes(two);
  return { kind: 'sign', end: at + (isPair ? 2 : 1) };
}

/** Text up to its closing delimiter, which is doubled inside; unclosed text ends with its line. */
function delimited(text: string, at: number, limit: number, kind: 'string' | 'table' | 'column', close: string): Piece {
  for (let i = at + 1; i < limit; i++) {
    if (text[i] !== close) continue;
    if (text[i + 1] === close && i + 1 < limit) i++;
    else return { kind, end: i + 1 };
  }
  const end = lineEnd(text, at, limit);
  return { kind, end: end < limit ? end : undefined };
}

function openBrackets(tokens: readonly CursorToken[]): readonly OpenBracket[] {
  const open: { sign: '(' | '{'; token: number; name: string | undefined; commas: number }[] = [];
  tokens.forEach((it, i) => {
    if (it.kind !== 'sign') return;
    const before = tokens[i - 1];
    if (it.text === '(') open.push({ sign: '(', token: i, name: before?.kind === 'word' ? before.text : undefined, commas: 0 });
    else if (it.text === '{') open.push({ sign: '{', token: i, name: undefined, commas: 0 });
    else if (it.text === ')' || it.text === '}') open.pop();
    else if (it.text === ',') {
      const top = open.at(-1);
      if (top !== undefined) top.commas++;
    }
  });
  return open;
}

/** A variable is in scope in the brackets of its VAR, behind its own expression. */
function variablesIn(tokens: readonly CursorToken[]): readonly string[] {
  let scope: { name: string | undefined; defining: string | undefined; names: string[] }[] = [{ name: undefined, defining: undefined, names: [] }];
  tokens.forEach((it, i) => {
    const top = scope.at(-1);
    if (it.kind === 'sign' && (it.text === '(' || it.text === '{')) scope.push({ name: undefined, defining: undefined, names: [] });
    else if (it.kind === 'sign' && (it.text === ')' || it.text === '}')) scope = scope.length > 1 ? scope.slice(0, -1) : scope;
    else if (it.kind === 'word' && top !== undefined && /^(?:var|return)$/i.test(it.text)) {
      if (top.defining !== undefined) top.names.push(top.defining);
      const name = tokens[i + 1];
      top.defining = /^var$/i.test(it.text) && name?.kind === 'word' && tokens[i + 2]?.text === '=' ? name.text : undefined;
    }
  });
  return [...new Set(scope.flatMap((it) => it.names))];
}
