/**
 * The header rule: which line begins a definition. It is decided on the raw line, since a name may hold blanks, dots,
 * brackets, quotes and comment signs; what is open around the line is `segments.ts`'s business.
 */
import { parseExpression } from './expression.ts';
import { isNewline } from './delimited.ts';
import { decodeName } from './literals.ts';
import { identifierSource } from './tokens.ts';
import type { Call, Expression, Span } from './tree.ts';
import { walk } from './walk.ts';
import { lookedAt } from './work.ts';

export interface HeaderOptions {
  /** Whether a name is a function's: `DIVIDE(a, b) = 1` is an expression, `Cost (EUR) = 1` a definition. */
  readonly isFunction?: (name: string) => boolean;
}

/** `Name =` or `Name :=`. */
export interface PlainHeader {
  readonly kind: 'plain';
  readonly name: Span;
  readonly assign: Span;
}

/** `MEASURE T[c] =` and its kind; `assign` ends the line's head and is undefined when it stands elsewhere. */
export interface KeywordHeader {
  readonly kind: 'measure' | 'column' | 'table' | 'function' | 'mparameter';
  readonly keyword: Span;
  readonly assign: Span | undefined;
}

/** A longer left side is no name. */
const maxName = 1000;

const quoted = "'(?:[^'\\r\\n]|'')*'";
const column = '\\[(?:[^\\]\\r\\n]|\\]\\])*\\]';
const blank = '(?:[^\\S\\r\\n]|\\u0085)';
const bare = `(?<=${blank})${identifierSource}`;
const measureForm = new RegExp(`(measure|column)${blank}*(?:${bare}|${quoted})${blank}*${column}${blank}*(:?=(?![=>]))?`, 'iy');
const tableForm = new RegExp(`(table)${blank}*(?:${bare}|(${quoted}))${blank}*(:?=(?![=>]))`, 'iy');
const parameterForm = new RegExp(`(mparameter)${blank}*(?:${bare}|${quoted})${blank}*(:?=(?![=>]))`, 'iy');
/** Dots may stand in the wrong places: that is told where the name is read. */
const dotted = `(?<=${blank})(?![\\d.])[^-\\s\\u0085=(),;:'"\\[\\]{}<>+*/^&|#@!$%?~\\\\]+`;
const functionForm = new RegExp(`(function)${blank}*(?:${dotted}|${quoted})${blank}*(:?=(?![=>]))`, 'iy');

/** The plain header that begins at `from`, the first visible character of a line, or undefined. */
export function plainHeader(text: string, from: number, options: HeaderOptions): PlainHeader | undefined {
  if (cannotBeginName.includes(text.charAt(from))) return undefined;
  const equals = firstEquals(text, from);
  if (equals < 0 || '=>'.includes(text.charAt(equals + 1) || ' ') || '<>!'.includes(text.charAt(equals - 1))) return undefined;
  const start = text.charAt(equals - 1) === ':' ? equals - 1 : equals;
  const left = text.slice(from, start).trimEnd();
  if (left === '' || !hasEvenBrackets(left) || left.includes('//') || left.includes('/*') || isExpression(left, options)) return undefined;
  return { kind: 'plain', name: { start: from, end: from + left.length }, assign: { start, end: equals + 1 } };
}

/** The first `=` on the line of `from`, or -1. */
function firstEquals(text: string, from: number): number {
  const limit = Math.min(text.length, from + maxName);
  let at = from;
  while (at < limit && text.charCodeAt(at) !== 61 && !isNewline(text.charCodeAt(at))) at++;
  lookedAt(at - from);
  return text.charCodeAt(at) === 61 && at < limit ? at : -1;
}

/** Operators, brackets and quotes of strings: a line that starts with one is an expression or goes on with one. */
const cannotBeginName = '+-*/^&|<>=,;:()[]{}"@!';

/** The name that a plain header says. */
export function headerName(text: string, header: PlainHeader): string {
  const raw = text.slice(header.name.start, header.name.end);
  return /^'(?:[^']|'')*'$/.test(raw) ? decodeName(raw) : raw;
}

/**
 * MEASURE or COLUMN before `table[`, TABLE `name =`, FUNCTION `name = (`, in DEFINE also MPARAMETER `name =`, at `from`. TABLE and FUNCTION are keywords in
 * capitals, before a quoted name or inside DEFINE; `Table size = 1` defines "Table size".
 */
export function keywordHeader(text: string, from: number, inDefine: boolean): KeywordHeader | undefined {
  const letter = text.charCodeAt(from) | 32;
  if (letter === 109 || letter === 99) {
    const match = matchAt(measureForm, text, from) ?? (inDefine ? matchAt(parameterForm, text, from) : undefined);
    return match === undefined ? undefined : keywordOf(match, from, match[2]);
  }
  if (letter === 116) {
    const match = matchAt(tableForm, text, from);
    if (match === undefined || !(inDefine || match[1] === 'TABLE' || match[2] !== undefined)) return undefined;
    return keywordOf(match, from, match[3]);
  }
  if (letter === 102) {
    const match = matchAt(functionForm, text, from);
    if (match === undefined) return undefined;
    const isKeyword = inDefine || match[1] === 'FUNCTION' ? opensBracket(text, from + match[0].length) : hasArrow(text, from + match[0].length);
    return isKeyword || inDefine ? keywordOf(match, from, match[2]) : undefined;
  }
  return undefined;
}

function matchAt(pattern: RegExp, text: string, from: number): RegExpExecArray | undefined {
  pattern.lastIndex = from;
  return pattern.exec(text) ?? undefined;
}

function keywordOf(match: RegExpExecArray, from: number, assign: string | undefined): KeywordHeader {
  const [all, word = ''] = match;
  const end = from + all.length;
  return {
    kind: word.toLowerCase() as KeywordHeader['kind'],
    keyword: { start: from, end: from + word.length },
    assign: assign === undefined ? undefined : { start: end - assign.length, end },
  };
}

/** Whether the next thing, on this line or a later one, is `(`. */
function opensBracket(text: string, from: number): boolean {
  let at = from;
  for (let code = text.charCodeAt(at); code === 32 || code === 9 || isNewline(code); code = text.charCodeAt(at)) at++;
  return text.charAt(at) === '(';
}

/** `(x) =>` on the same line. */
function hasArrow(text: string, from: number): boolean {
  return /^[ \t]*\([^()\r\n]*\)[ \t]*=>/.test(text.slice(from, from + maxName));
}

function hasEvenBrackets(left: string): boolean {
  let depth = 0;
  let square = 0;
  for (const char of left) {
    if (char === '(' || char === '{') depth++;
    else if (char === ')' || char === '}') depth--;
    else if (char === '[') square++;
    else if (char === ']') square--;
    if (depth < 0 || square < 0) return false;
  }
  return depth === 0 && square === 0;
}

/**
 * Whether a left side is an expression and no name: it reads as one, and names a column or a measure in brackets, or
 * is made of nothing but literals and calls of functions.
 */
function isExpression(left: string, options: HeaderOptions): boolean {
  if (!/[[({"]|^[\d.]|^(?:true|false)\b/i.test(left)) return false;
  const { expression, problems } = parseExpression(left);
  if (problems.length > 0) return false;
  let hasColumn = false;
  let onlyValues = true;
  walk(expression, (node: Expression) => {
    if (node.kind === 'column') hasColumn = true;
    else if (node.kind === 'name') onlyValues = false;
    else if (node.kind === 'call') {
      const called = isCall(node, options);
      if (called === 'no') onlyValues = false;
      // Names inside are arguments.
      if (called === 'yes') hasColumn ||= holds(node, 'column');
      return called === 'maybe';
    }
    return true;
  });
  return hasColumn || onlyValues;
}

/** Whether a word before a bracket is a call. `Average (sec)` may be a name: a blank stands before the bracket. */
function isCall(call: Call, { isFunction }: HeaderOptions): 'yes' | 'maybe' | 'no' {
  const isDirect = call.open.start === call.nameSpan.end;
  if (isFunction === undefined) return isDirect ? 'yes' : 'no';
  if (!isFunction(call.name)) return 'no';
  return isDirect || holds(call, 'string') ? 'yes' : 'maybe';
}

function holds(call: Call, kind: Expression['kind']): boolean {
  let found = false;
  walk(call, (node) => {
    found ||= node.kind === kind;
    return !found;
  });
  return found;
}
