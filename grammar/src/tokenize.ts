/** Text to plain tokens with kinds, comments included: for colours, completion and formatting. */
import type { IToken, TokenType } from 'chevrotain';
import { isDocAt } from './delimited.ts';
import { lex } from './lexer.ts';
import { endOf } from './problems.ts';
import { cutSegments } from './segments.ts';
import { headerName, type HeaderOptions } from './header.ts';
import {
  BinaryOperator, BracketedName, Comma, Colon, DateText, DefineWord, EvaluateWord, False, FunctionName, Identifier, In,
  LCurly, LParen, Not, NumberText, Parameter, Prefix, QuotedName, RCurly, Return, RParen, Semicolon, SmartName, SmartQuote, Stray,
  StringText, TableName, True, Var,
} from './tokens.ts';
import type { Segment, Span } from './tree.ts';
import { markWords, type Reading } from './words.ts';

export type TokenKind =
  /** The name of a definition of the form `Name =`. */
  | 'definition'
  | 'keyword' | 'function' | 'name' | 'quotedName' | 'bracketedName' | 'string' | 'number' | 'date' | 'boolean'
  | 'parameter' | 'operator' | 'punctuation' | 'comment' | 'doc' | 'invalid';

export interface Token {
  readonly kind: TokenKind;
  readonly span: Span;
  readonly text: string;
}

/** The tokens of a file in order, definition names and comments included; prose comes as the tokens it would be. */
export function tokenize(text: string, options: HeaderOptions = {}): readonly Token[] {
  return cutSegments(text, options).flatMap((cut): Token[] => {
    const { head } = cut;
    if (head.kind !== 'plain') {
      const isExpression = head.kind === 'bare' || head.kind === 'comments';
      return read(text.slice(cut.start, cut.end), cut.start, isExpression ? 'expression' : 'statements');
    }
    return readPlain(text, cut, head.name, head.assign);
  });
}

/** The tokens of a segment in order, comments included; spans are relative to it. */
export function segmentTokens({ text, item }: Segment): readonly Token[] {
  if (item.kind === 'bare' || item.kind === 'prose') return read(text, 0, 'expression');
  if (item.kind !== 'measure' || item.form !== 'plain' || item.assign === undefined) return read(text, 0, 'statements');
  return readPlain(text, { start: 0, end: text.length }, item.nameSpan, item.assign);
}

function readPlain(text: string, whole: Span, name: Span, assign: Span): Token[] {
  return [
    ...read(text.slice(whole.start, name.start), whole.start, 'expression'),
    { kind: 'definition', span: name, text: text.slice(name.start, name.end) },
    { kind: 'operator', span: assign, text: text.slice(assign.start, assign.end) },
    ...read(text.slice(assign.end, whole.end), assign.end, 'expression'),
  ];
}

/** The tokens of one expression. */
export function tokenizeExpression(text: string): readonly Token[] {
  return read(text, 0, 'expression');
}

/** The name of the plain definition whose header `line` is when it follows `previous`, or undefined. */
export function headerOf(previous: string, line: string, options: HeaderOptions = {}): string | undefined {
  const text = previous === '' ? line : `${previous}\n${line}`;
  const from = text.length - line.length;
  for (const { head } of cutSegments(text, options)) {
    if (head.kind === 'plain' && head.name.start >= from) return headerName(text, head);
  }
  return undefined;
}

function read(text: string, base: number, reading: Reading): Token[] {
  if (text.trim() === '') return [];
  const { tokens, comments } = lex(text);
  // Marked in place; the row of tokens stays whole.
  markWords(tokens, reading);
  const all = [
    ...tokens.map((it): Token => ({ kind: kindOf(it), span: { start: base + it.startOffset, end: base + endOf(it) }, text: it.image })),
    ...comments.map((it): Token => ({
      kind: isDocAt(text, it.startOffset) ? 'doc' : 'comment', span: { start: base + it.startOffset, end: base + endOf(it) }, text: it.image,
    })),
  ];
  return comments.length === 0 ? all : all.sort((a, b) => a.span.start - b.span.start);
}

const kinds = new Map<TokenType, TokenKind>([
  [Identifier, 'name'], [QuotedName, 'quotedName'], [SmartName, 'quotedName'], [BracketedName, 'bracketedName'], [FunctionName, 'function'],
  [NumberText, 'number'], [DateText, 'date'], [True, 'boolean'], [False, 'boolean'], [Parameter, 'parameter'],
  [Var, 'keyword'], [Return, 'keyword'], [In, 'keyword'], [Not, 'keyword'], [EvaluateWord, 'keyword'], [DefineWord, 'keyword'],
  [Comma, 'punctuation'], [Semicolon, 'punctuation'], [Colon, 'punctuation'], [LParen, 'punctuation'], [RParen, 'punctuation'],
  [LCurly, 'punctuation'], [RCurly, 'punctuation'], [Stray, 'invalid'], [SmartQuote, 'invalid'],
]);

function kindOf(token: IToken): TokenKind {
  const type = token.tokenType;
  if (type === TableName) return token.image.startsWith("'") ? 'quotedName' : 'name';
  const known = kinds.get(type);
  if (known !== undefined) return known;
  if (type === StringText || type.CATEGORIES?.includes(StringText) === true) return 'string';
  if (type.CATEGORIES?.includes(BinaryOperator) === true || type.CATEGORIES?.includes(Prefix) === true) return 'operator';
  // What is left are words retagged by their place, and `=>` and `:=`.
  return /^\w/.test(token.image) ? 'keyword' : 'operator';
}
