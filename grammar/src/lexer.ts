/** Text to tokens. Never fails: what belongs to no token is a `Stray` one. */
import { Lexer, type IToken } from 'chevrotain';
import { carefulTokens, plainTokens, SmartQuote, StringText, type Flaw } from './tokens.ts';
import { lookedAt, madeTokens } from './work.ts';

export interface Lexed {
  readonly tokens: IToken[];
  readonly comments: readonly IToken[];
}

/** A test has the library check the token types; here that would cost every start. */
const settings = { positionTracking: 'onlyOffset', ensureOptimizations: true, skipValidations: true } as const;
let plainLexer: Lexer | undefined;
let carefulLexer: Lexer | undefined;

/** Reads text in which the last string may be unclosed; offsets are those of `text`. */
export function lex(text: string): Lexed {
  plainLexer ??= new Lexer(plainTokens, settings);
  const lexed = run(plainLexer, text);
  if (!lexed.tokens.some(pairsBadly)) return lexed;
  // A quote too few or a typographic one: read again, closing each string where its line makes sense.
  carefulLexer ??= new Lexer(carefulTokens, settings);
  return run(carefulLexer, text);
}

/** What the lexer found wrong with a token. */
export function flawOf(token: IToken): Flaw['kind'] | undefined {
  return (token.payload as Flaw | undefined)?.kind;
}

function run(lexer: Lexer, text: string): Lexed {
  const result = lexer.tokenize(text);
  lookedAt(text.length);
  madeTokens(result.tokens.length);
  return { tokens: result.tokens, comments: result.groups['comments'] ?? [] };
}

function pairsBadly(token: IToken): boolean {
  return token.tokenType === SmartQuote || (token.tokenType === StringText && token.payload !== undefined);
}
