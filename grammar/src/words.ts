/**
 * Words that mean something only in their place: MEASURE before `table[`, ORDER before BY, a VAR that defines a query
 * variable, a name before a bracket. They are retagged here, so that the parser decides on one token.
 */
import type { IToken, TokenType } from 'chevrotain';
import {
  AtWord, Atom, AxisWord, BracketedName, ByWord, Colon, ColonEqual, ColumnWord, Comma, DefineWord, DensifyWord, Direction, Equal, EvaluateWord,
  False, FunctionName, FunctionWord, GroupWord, Hint, Identifier, LCurly, LParen, MeasureWord, OrderWord, ParameterWord, QueryVar, QuotedName, RCurly,
  Return, RParen, ShapeWord, SmartName, StartWord, TableName, TableWord, TotalWord, True, Var, VisualWord, WithWord,
} from './tokens.ts';

/** What the tokens are read as: an expression, or statements that begin with a keyword. */
export type Reading = 'expression' | 'statements';

/** Retags tokens in place. */
export function markWords(tokens: readonly IToken[], reading: Reading): void {
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) continue;
    const previous = tokens[index - 1];
    // In `ORDER BY [x]` and `START AT (1)` the second word is no table and no function; a name behind VAR is a variable's.
    const isName = previous?.tokenType === Var || (reading === 'statements' && isSecondWord(previous, token));
    if (!isName) markName(token, tokens[index + 1]);
  }
  if (reading === 'statements') markStatements(tokens);
}

const saysBlanks = /blanks/i;

/** An order and where it has BLANK, as one argument of ORDERBY. */
export const orderPhrase = /^(ASC|DESC)\s+(BLANKS\s+(?:DEFAULT|FIRST|LAST))$/i;

/** Whether the image of a name may be such a phrase: no name is as long and has a blank where the order ends. */
export const isOrderPhrase = (image: string): boolean => image.length > 14 && (image.charCodeAt(3) <= 32 || image.charCodeAt(4) <= 32);

/** The tokens with `DESC BLANKS LAST` and its kin, where it is an argument, as one name. */
export function joinOrders(tokens: IToken[], text: string): IToken[] {
  if (!saysBlanks.test(text)) return tokens;
  let joined: IToken[] | undefined;
  let gone = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) continue;
    if (!isWord(token, 'BLANKS') || token.tokenType !== Identifier) continue;
    const [comma, order, place] = [tokens[index - 2], tokens[index - 1], tokens[index + 1]];
    if (comma?.tokenType !== Comma || order?.tokenType !== Identifier || place?.tokenType !== Identifier) continue;
    const image = text.slice(order.startOffset, place.startOffset + place.image.length);
    if (!orderPhrase.test(image)) continue;
    joined ??= [...tokens];
    joined[index - gone - 1] = { ...order, image };
    joined.splice(index - gone, 2);
    gone += 2;
  }
  return joined ?? tokens;
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

function markStatements(tokens: readonly IToken[]): void {
  let inDefine = true;
  let inOrder = false;
  let inShape = false;
  let depth = 0;
  let openVars = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) continue;
    const previous = tokens[index - 1];
    const type = token.tokenType;
    // `TABLE` behind a colon is the type of a parameter.
    const statement = inDefine && previous?.tokenType !== Colon ? definitionWord(tokens, index) : undefined;
    const shapeWord = inShape ? shapeWordOf(token, previous) : undefined;
    if (statement !== undefined) {
      retag(token, statement);
      [depth, openVars, inShape, inOrder] = [0, 0, false, false];
    } else if (type === EvaluateWord || type === DefineWord) {
      inDefine = type === DefineWord;
      [depth, openVars, inShape, inOrder] = [0, 0, false, false];
    } else if (shapeWord !== undefined) retag(token, shapeWord);
    else if (type === LParen || type === LCurly) depth++;
    else if (type === RParen || type === RCurly) depth--;
    else if (type === Var && depth <= 0) {
      const begins = previous === undefined || previous.tokenType === DefineWord || endsKey(previous);
      if (inDefine && openVars === 0 && begins) retag(token, QueryVar);
      else if (!endsOperand(previous)) openVars++;
    } else if (type === Return && depth <= 0) openVars = Math.max(0, openVars - 1);
    else if (type === Identifier) {
      const next = tokens[index + 1];
      const hasOrder = inShape || !inDefine;
      if (inDefine && (previous?.tokenType === Colon || previous?.tokenType === Hint)) retag(token, Hint);
      else if (inDefine && isWord(token, 'WITH') && isWord(next, 'VISUAL')) {
        retag(token, WithWord);
        inShape = true;
      } else if (hasOrder && isWord(token, 'ORDER') && isWord(next, 'BY')) {
        retag(token, OrderWord);
        inOrder = true;
      } else if (hasOrder && isWord(token, 'BY') && previous?.tokenType === OrderWord) retag(token, ByWord);
      else if (!inDefine && isWord(token, 'START') && isWord(next, 'AT')) retag(token, StartWord);
      else if (!inDefine && isWord(token, 'AT') && previous?.tokenType === StartWord) retag(token, AtWord);
      else if (inOrder && depth <= 0 && endsOperand(previous) && (isWord(token, 'ASC') || isWord(token, 'DESC'))) retag(token, Direction);
    }
  }
}

/** Words that begin a part of a visual shape, where the part before is complete; else they are names. */
function shapeWordOf(token: IToken, previous: IToken | undefined): TokenType | undefined {
  const before = previous?.tokenType;
  if (before === WithWord) return VisualWord;
  if (before === VisualWord) return isNamed(token, 'SHAPE') ? ShapeWord : undefined;
  const begins = before === ShapeWord || endsKey(previous) || (before === AxisWord && token.tokenType === TableName);
  if (!begins) return undefined;
  for (const [word, type] of shapeWords) if (isNamed(token, word)) return type;
  return undefined;
}

const shapeWords: readonly (readonly [string, TokenType])[] = [
  ['AXIS', AxisWord], ['GROUP', GroupWord], ['TOTAL', TotalWord], ['DENSIFY', DensifyWord],
];

/** Whether a value, or a key of ORDER BY, may end with this token. */
function endsKey(token: IToken | undefined): boolean {
  return endsOperand(token) || token?.tokenType === Direction;
}

/** MEASURE and COLUMN need `table[`, the others `name =`. */
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
  if (isNamed && isWord(token, 'MPARAMETER')) return ParameterWord;
  return undefined;
}

function isSecondWord(first: IToken | undefined, second: IToken): boolean {
  return (isWord(first, 'ORDER') && isWord(second, 'BY')) || (isWord(first, 'START') && isWord(second, 'AT'));
}

function isWord(token: IToken | undefined, word: string): boolean {
  return token?.tokenType === Identifier && token.image.length === word.length && token.image.toUpperCase() === word;
}

/** The same before a name in brackets, where a word was taken for a table's name. */
function isNamed(token: IToken, word: string): boolean {
  return (token.tokenType === TableName || token.tokenType === Identifier) && token.image.length === word.length && token.image.toUpperCase() === word;
}
