/** Problems of single tokens: unclosed and broken ones, typographic quotes, characters that are no DAX. */
import type { IToken } from 'chevrotain';
import { hasNewline, isSmartSingle } from './delimited.ts';
import { flawOf } from './lexer.ts';
import { joinBroken } from './literals.ts';
import { endOf, spanOf, type Report, type Role } from './problems.ts';
import type { Problem } from './tree.ts';
import {
  BangEqual, BracketedName, CarefulString, Identifier, In, Not, NumberText, QuotedName, SmartName, SmartQuote, Stray, type Flaw,
} from './tokens.ts';
import { endsOperand } from './words.ts';

/**
 * Tokens in which words before a `]` that nothing opened are a bracketed name: `Cash Collected]`. How far back the name
 * goes is a guess, so it takes words and numbers of the same line only.
 */
export function joinUnopened(tokens: IToken[], text: string): IToken[] {
  if (!tokens.some(isUnopened)) return tokens;
  const joined: IToken[] = [];
  for (const token of tokens) {
    if (!isUnopened(token)) {
      joined.push(token);
      continue;
    }
    let start = token.startOffset;
    for (let last = joined.at(-1); last !== undefined && mayBeInName(last) && !hasNewline(text, endOf(last), start); last = joined.at(-1)) {
      start = last.startOffset;
      joined.pop();
    }
    if (start === token.startOffset) joined.push(token);
    else {
      const payload: Flaw = { kind: 'unopened' };
      const tokenTypeIdx = BracketedName.tokenTypeIdx as number;
      joined.push({ image: text.slice(start, endOf(token)), startOffset: start, tokenType: BracketedName, tokenTypeIdx, payload });
    }
  }
  return joined;
}

function isUnopened(token: IToken): boolean {
  return token.tokenType === Stray && token.image === ']';
}

function mayBeInName({ tokenType: type }: IToken): boolean {
  return type === Identifier || type === NumberText || type === Stray || type === In || type === Not;
}

/** Markdown escapes brackets, `T\[c\]`: without the backslashes it is DAX. */
function unescaping(token: IToken, next: IToken | undefined): Problem['repair'] {
  if (token.image !== '\\' || next === undefined || next.startOffset !== endOf(token) || !next.image.startsWith('[')) return undefined;
  const edits = [{ span: spanOf(token), newText: '' }];
  if (next.image.endsWith('\\]')) edits.push({ span: { start: endOf(next) - 2, end: endOf(next) - 1 }, newText: '' });
  return { title: 'Take out the backslashes', edits };
}

/**
 * Reports what is wrong with single tokens. A character that is no DAX is left out where an operand may stand, so that
 * `1 + %2` is read as `1 + 2`; after an operand it stays, so that what follows is part of the same fault.
 */
export function withoutStrays(tokens: readonly IToken[], report: Report): IToken[] {
  const kept: IToken[] = [];
  let strayEnd = -1;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) continue;
    const type = token.tokenType;
    const role = index === tokens.length - 1 ? 'end' : undefined;
    if (type === Stray) {
      // A run of stray characters is one fault.
      if (token.startOffset !== strayEnd) report('invalid-character', spanOf(token), { found: token.image }, unescaping(token, tokens[index + 1]), role);
      strayEnd = endOf(token);
    }
    const last = kept.at(-1);
    if (last !== undefined && isDotted(last, token)) {
      kept[kept.length - 1] = { ...last, image: last.image + token.image };
      continue;
    }
    if (type === SmartQuote) reportQuotes(token, [token.startOffset], report);
    if (type === Stray || type === SmartQuote) {
      if (endsOperand(kept.at(-1))) kept.push(token);
      continue;
    }
    if (token.payload !== undefined) reportFlaw(token, report, role);
    if (type === CarefulString && flawOf(token) === 'unopened') continue;
    if (type === BangEqual) {
      const edits = [{ span: spanOf(token), newText: '<>' }];
      report('unexpected-token', spanOf(token), { found: '!=', expected: '<>' }, { title: 'Write <>', edits });
    }
    kept.push(token);
  }
  return kept;
}

/** Whether a token goes on with a name that has a dot at its end, or two in a row. */
function isDotted(name: IToken, { tokenType: type, image, startOffset }: IToken): boolean {
  if (name.tokenType !== Identifier || endOf(name) !== startOffset) return false;
  return (type === Stray && image === '.') || (type === Identifier && name.image.endsWith('.'));
}

function reportFlaw(token: IToken, report: Report, role: Role | undefined): void {
  const opening = { start: token.startOffset, end: token.startOffset + 1 };
  const isName = token.tokenType === BracketedName || token.tokenType === QuotedName || token.tokenType === SmartName;
  switch (flawOf(token)) {
    case 'unclosed':
      report(isName ? 'unclosed-name' : 'unclosed-string', opening, { found: token.image.charAt(0) }, undefined, role);
      break;
    case 'unopened': {
      const at = endOf(token) - 1;
      if (isName) report('unexpected-token', { start: at, end: at + 1 }, { found: ']', expected: '[' });
      else report('unclosed-string', opening, { found: '"' }, undefined, role);
      break;
    }
    case 'broken':
      report('broken-name', spanOf(token), { name: joinBroken(token.image).spaced });
      break;
    case 'smart': {
      const ends = [token.startOffset, endOf(token) - 1];
      reportQuotes(token, ends.filter((it) => !'"\'['.includes(token.image.charAt(it - token.startOffset))), report);
      break;
    }
    case undefined:
      break;
  }
}

function reportQuotes(token: IToken, places: readonly number[], report: Report): void {
  const [first] = places;
  if (first === undefined) return;
  const found = token.image.charAt(first - token.startOffset);
  const replacement = isSmartSingle(found) ? "'" : '"';
  const edits = places.map((it) => ({ span: { start: it, end: it + 1 }, newText: replacement }));
  report('smart-quote', { start: first, end: first + 1 }, { found, replacement }, { title: `Write ${replacement}`, edits });
}
