/** Tokens to the leaves of the tree. */
import type { IToken } from 'chevrotain';
import { flawOf } from './lexer.ts';
import { dateSerial, decodeName, decodeString, joinBroken } from './literals.ts';
import { endOf, spanOf, type Report } from './problems.ts';
import {
  BracketedName, CarefulString, DateText, False, Identifier, NumberText, Parameter, SmartString, StringText, True,
} from './tokens.ts';
import { isOrderPhrase, orderPhrase } from './words.ts';
import type { ColumnReference, Expression, Missing, Name, Omitted } from './tree.ts';

/** The leaf that a token is by itself: a literal, a name, a column or a parameter. */
export function atomNode(token: IToken, report: Report): Expression {
  const span = spanOf(token);
  const { image, tokenType: type } = token;
  switch (type) {
    case NumberText:
      return { kind: 'number', value: Number(image), text: image, integer: /^\d+$/.test(image), span };
    case StringText:
    case CarefulString:
    case SmartString:
      return { kind: 'string', value: decodeString(smartless(token)), span };
    case True:
    case False:
      return { kind: 'boolean', value: type === True, span };
    case BracketedName:
      return columnReference(undefined, token);
    case Parameter:
      return { kind: 'parameter', name: image.slice(1), span };
    case DateText: {
      const text = image.slice(3, -1);
      const serial = dateSerial(text);
      if (Number.isNaN(serial)) report('invalid-date', span, { text });
      return { kind: 'date', text, serial, span };
    }
    default: {
      const [, word, blanks] = isOrderPhrase(image) ? (orderPhrase.exec(image) ?? []) : [];
      if (word === undefined || blanks === undefined) return { kind: 'name', name: nameOf(token), span };
      const name = { text: word, quoted: false, span: { start: span.start, end: span.start + word.length } };
      return { kind: 'name', name, blanks: blanks.replace(/\s+/, ' '), span };
    }
  }
}

/** A place without an expression. */
export function missing(at: number): Missing {
  return { kind: 'missing', span: { start: at, end: at } };
}

/** An empty argument. */
export function omitted(at: number): Omitted {
  return { kind: 'omitted', span: { start: at, end: at } };
}

/** A string with plain quotes where typographic ones stand. */
function smartless(token: IToken): string {
  if (flawOf(token) !== 'smart') return token.image;
  return `"${token.image.slice(1, -1)}"`;
}

export function nameOf(token: IToken): Name {
  const bare = token.tokenType === Identifier || token.image.charAt(0) !== "'";
  return { text: decodeName(token.image), quoted: !bare || flawOf(token) === 'smart', span: spanOf(token) };
}

/** `T[c]` or `[c]`. */
export function columnReference(table: IToken | undefined, column: IToken): ColumnReference {
  const span = { start: table?.startOffset ?? column.startOffset, end: endOf(column) };
  const home = table === undefined ? undefined : nameOf(table);
  if (flawOf(column) !== 'broken') {
    return { kind: 'column', table: home, column: { text: decodeName(column.image), quoted: false, span: spanOf(column) }, span };
  }
  const { spaced, tight } = joinBroken(column.image);
  return {
    kind: 'column', table: home, column: { text: spaced, quoted: false, span: spanOf(column) }, broken: true,
    ...(tight === spaced ? {} : { alternative: tight }), span,
  };
}
