/** Problems of single tokens: unclosed and broken ones, typographic quotes, characters that are no DAX. */
import type { IToken } from 'chevrotain';
import { isSmartSingle } from './delimited.ts';
import { flawOf } from './lexer.ts';
import { joinBroken } from './literals.ts';
import { endOf, spanOf, type Report } from './problems.ts';
import { BangEqual, BracketedName, QuotedName, SmartName, SmartQuote, Stray } from './tokens.ts';
import { endsOperand } from './words.ts';

/**
 * Reports what is wrong with single tokens. A character that is no DAX is left out where an operand may stand, so that
 * `1 + %2` is read as `1 + 2`; after an operand it stays, so that what follows is part of the same fault.
 */
export function withoutStrays(tokens: readonly IToken[], report: Report): IToken[] {
  const kept: IToken[] = [];
  let strayEnd = -1;
  for (const token of tokens) {
    const type = token.tokenType;
    if (type === Stray) {
      // A run of stray characters is one fault.
      if (token.startOffset !== strayEnd) report('invalid-character', spanOf(token), { found: token.image });
      strayEnd = endOf(token);
    }
    if (type === SmartQuote) reportQuotes(token, [token.startOffset], report);
    if (type === Stray || type === SmartQuote) {
      if (endsOperand(kept.at(-1))) kept.push(token);
      continue;
    }
    if (token.payload !== undefined) reportFlaw(token, report);
    if (type === BangEqual) {
      const edits = [{ span: spanOf(token), newText: '<>' }];
      report('unexpected-token', spanOf(token), { found: '!=', expected: '<>' }, { title: 'Write <>', edits });
    }
    kept.push(token);
  }
  return kept;
}

function reportFlaw(token: IToken, report: Report): void {
  const opening = { start: token.startOffset, end: token.startOffset + 1 };
  const isName = token.tokenType === BracketedName || token.tokenType === QuotedName || token.tokenType === SmartName;
  switch (flawOf(token)) {
    case 'unclosed':
      report(isName ? 'unclosed-name' : 'unclosed-string', opening, { found: token.image.charAt(0) });
      break;
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
