/**
 * Words that mean something only in their place: MEASURE before `table[`, ORDER before BY, a VAR that defines a query
 * variable, a name before a bracket. They are retagged here, so that the parser decides on one token.
 */
import type { IToken, TokenType } from 'chevrotain';
import {
  AtWord, Atom, BracketedName, ByWord, ColonEqual, ColumnWord, DefineWord, Direction, Equal, EvaluateWord, False,
  FunctionName, FunctionWord, Identifier, LCurly, LParen, MeasureWord, OrderWord, QueryVar, QuotedName, RCurly, Return,
  RParen, SmartName, StartWord, TableName, TableWord, True, Var,
} from './tokens.ts';

/** What the tokens are read as: an expression, or statements that begin with a keyword. */
export type Reading = 'expression' | 'statements';

/** Retags tokens in place; returns them without VISUAL SHAPE clauses, which no value depends on. */
export function markWords(tokens: IToken[], reading: Reading): IToken[] {
  for (const [index, token] of tokens.entries()) {
    // In `ORDER BY [x]` and `START AT (1)` the second word is no table and no function.
    if (reading === 'expression' || !isSecondWord(tokens[index - 1], token)) markName(token, tokens[index + 1]);
  }
  return reading === 'statements' ? markStatements(tokens) : tokens;
}

/** Whether a value may end with this token. */
export function endsOperand(token: IToken | undefined): boolean {
  const type = token?.tokenType;
  return type === RParen || type === RCurly || (type?.CATEGORIES?.includes(Atom) ?? false);
}

function retag(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx as number;
}

function markName(token: IToken, next: IToken | undefined): void {
  const type = token.tokenType;
  if (type === Identifier) {
    if (next?.tokenType === LParen) retag(token, FunctionName);
    else if (next?.tokenType === BracketedName) retag(token, TableName);
  } else if (type === QuotedName || type === SmartName) {
    if (next?.tokenType === BracketedName) retag(token, TableName);
  } else if ((type === True || type === False) && next?.tokenType === LParen) retag(token, FunctionName);
}

function markStatements(tokens: IToken[]): IToken[] {
  const kept: IToken[] = [];
  let inDefine = true;
  let inOrder = false;
  let inShape = false;
  let depth = 0;
  let openVars = 0;
  for (const [index, token] of tokens.entries()) {
    const previous = kept.at(-1);
    const type = token.tokenType;
    const statement = inDefine ? definitionWord(tokens, index) : undefined;
    if (statement !== undefined) {
      retag(token, statement);
      [depth, openVars, inShape] = [0, 0, false];
    } else if (type === EvaluateWord || type === DefineWord) {
      inDefine = type === DefineWord;
      [depth, openVars, inShape, inOrder] = [0, 0, false, false];
    } else if (inShape) continue;
    else if (type === LParen || type === LCurly) depth++;
    else if (type === RParen || type === RCurly) depth--;
    else if (type === Var && depth <= 0) {
      const begins = previous === undefined || previous.tokenType === DefineWord || endsOperand(previous);
      if (inDefine && openVars === 0 && begins) retag(token, QueryVar);
      else if (!endsOperand(previous)) openVars++;
    } else if (type === Return && depth <= 0) openVars = Math.max(0, openVars - 1);
    else if (type === Identifier) {
      const next = tokens[index + 1];
      if (inDefine && isWord(token, 'WITH') && isWord(next, 'VISUAL')) inShape = true;
      else if (!inDefine && isWord(token, 'ORDER') && isWord(next, 'BY')) {
        retag(token, OrderWord);
        inOrder = true;
      } else if (!inDefine && isWord(token, 'BY') && previous?.tokenType === OrderWord) retag(token, ByWord);
      else if (!inDefine && isWord(token, 'START') && isWord(next, 'AT')) retag(token, StartWord);
      else if (!inDefine && isWord(token, 'AT') && previous?.tokenType === StartWord) retag(token, AtWord);
      else if (inOrder && depth <= 0 && endsOperand(previous) && (isWord(token, 'ASC') || isWord(token, 'DESC'))) retag(token, Direction);
      if (inShape) continue;
    }
    kept.push(token);
  }
  return kept;
}

/** MEASURE and COLUMN need `table[`, TABLE and FUNCTION `name =`. */
function definitionWord(tokens: readonly IToken[], index: number): TokenType | undefined {
  const token = tokens[index];
  if (token?.tokenType !== Identifier) return undefined;
  const [name, then] = [tokens[index + 1], tokens[index + 2]];
  const isTable = name?.tokenType === TableName && then?.tokenType === BracketedName;
  if (isTable && isWord(token, 'MEASURE')) return MeasureWord;
  if (isTable && isWord(token, 'COLUMN')) return ColumnWord;
  const isNamed = (name?.tokenType === Identifier || name?.tokenType === QuotedName)
    && (then?.tokenType === Equal || then?.tokenType === ColonEqual);
  if (isNamed && isWord(token, 'TABLE')) return TableWord;
  if (isNamed && isWord(token, 'FUNCTION')) return FunctionWord;
  return undefined;
}

function isSecondWord(first: IToken | undefined, second: IToken): boolean {
  return (isWord(first, 'ORDER') && isWord(second, 'BY')) || (isWord(first, 'START') && isWord(second, 'AT'));
}

function isWord(token: IToken | undefined, word: string): boolean {
  return token?.tokenType === Identifier && token.image.length === word.length && token.image.toUpperCase() === word;
}
