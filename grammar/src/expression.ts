/** Text of one expression to its tree. */
import type { IToken } from 'chevrotain';
import { balance } from './brackets.ts';
import { boundDepth } from './depth.ts';
import { joinUnopened, withoutStrays } from './flaws.ts';
import { lex } from './lexer.ts';
import { missing } from './nodes.ts';
import { DaxParser } from './parser.ts';
import { endOf, reporter, type Found, type Report } from './problems.ts';
import { withoutLocalSeparators } from './separators.ts';
import { settle } from './settle.ts';
import { Equal } from './tokens.ts';
import type { DocComment, Expression, Problem, Span } from './tree.ts';
import { joinOrders, markWords, type Reading } from './words.ts';

export interface ParsedExpression {
  readonly expression: Expression;
  readonly problems: readonly Problem[];
  readonly comments: readonly Span[];
}

/** Longest stretch of text that is parsed as one, in UTF-16 units. */
export const maxSegmentLength = 1_000_000;

/**
 * Reads one expression, as a row filter, a TMDL property or a command line gives it; a leading `=` is allowed.
 *
 * Never throws; what is wrong stands in `problems`, and what could not be read is a `missing` node.
 */
export function parseExpression(text: string): ParsedExpression {
  const found: Found[] = [];
  const report = reporter(found);
  const comments: Span[] = [];
  const expression = readExpression(text, 0, true, report, comments);
  if (expression === undefined) report('expected-expression', { start: 0, end: 0 }, { found: '' });
  return { expression: expression ?? missing(0), problems: settle(found, text, []), comments };
}

/** Reads the expression in `text` from `base` on, or undefined when nothing but comments stands there. */
export function readExpression(text: string, base: number, leadingEqual: boolean, report: Report, comments: Span[]): Expression | undefined {
  const prepared = prepare(text, base, 'expression', report, comments);
  if (prepared === undefined) return undefined;
  const { tokens, tooDeep } = prepared;
  if (leadingEqual && tokens[0]?.tokenType === Equal) tokens.shift();
  if (tokens.length === 0) return undefined;
  const expression = applyRule((it) => it.body(), tokens, base, tooDeep ? () => {} : report, () => undefined) ?? missing(base);
  return boundDepth(expression, tokens.length, report);
}

/** Tokens ready for the parser: offsets of `text`, words in their roles, brackets in pairs. */
export function prepare(
  text: string, base: number, reading: Reading, report: Report, comments: Span[],
): { readonly tokens: IToken[]; readonly tooDeep: boolean } | undefined {
  if (text.length - base > maxSegmentLength) {
    report('segment-too-long', { start: base, end: base + 1 }, { limit: String(maxSegmentLength) });
    return undefined;
  }
  const lexed = lex(base === 0 ? text : text.slice(base));
  if (base > 0) shift(lexed.tokens, base);
  for (const comment of lexed.comments) comments.push({ start: comment.startOffset + base, end: endOf(comment) + base });
  const unclosed = lexed.comments.at(-1);
  if (unclosed?.payload !== undefined) {
    const start = unclosed.startOffset + base;
    report('unclosed-comment', { start, end: start + 2 });
  }
  const clean = withoutLocalSeparators(withoutStrays(joinUnopened(lexed.tokens, text), report), report);
  markWords(clean, reading);
  return balance(joinOrders(clean, text), report);
}

let parser: DaxParser | undefined;

/**
 * Applies one rule of the grammar to tokens. The parser is made once, at first use, since analysing the grammar takes
 * a while. A row of tokens that the grammar does not take, which would be a fault of ours, is told as a problem.
 */
export function applyRule<T>(
  rule: (parser: DaxParser) => T | undefined, tokens: IToken[], base: number, report: Report,
  docs: (offset: number) => DocComment | undefined,
): T | undefined {
  parser ??= new DaxParser();
  parser.start(tokens, base, report, docs);
  const result = rule(parser);
  const [error] = parser.errors;
  if (error === undefined) return result;
  const { token } = error;
  const start = Number.isNaN(token.startOffset) ? base : token.startOffset;
  report('unexpected-token', { start, end: start + token.image.length }, { found: token.image });
  return undefined;
}

function shift(tokens: IToken[], by: number): void {
  for (const token of tokens) token.startOffset += by;
}
