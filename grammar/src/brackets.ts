/**
 * Brackets that pair up, whatever the text says: a bracket that was never closed gets a closing one of no length where
 * its content must end, a closing one too many is left out. So the parser always reads balanced text.
 */
import type { IToken, TokenType } from 'chevrotain';
import { flawOf } from './lexer.ts';
import { endOf, spanOf, type Report } from './problems.ts';
import {
  Arrow, AxisWord, ColumnWord, Comma, DefineWord, DensifyWord, EvaluateWord, FunctionWord, GroupWord, LCurly, LooseComma, LParen, MeasureWord,
  OrderWord, ParameterWord, QueryVar, RCurly, Return, RParen, StartWord, TableWord, TotalWord, Var, WithWord,
} from './tokens.ts';
import { endsOperand } from './words.ts';

/** Brackets and VAR blocks inside one another; real expressions stay far below, and every reader may recurse. */
export const maxNesting = 200;

/** `var` waits for its RETURN; `body` is what follows RETURN, up to the end of what encloses the block. */
type Open = { readonly kind: 'bracket'; readonly token: IToken; readonly index: number } | { readonly kind: 'var' | 'body' };

export interface Balanced {
  readonly tokens: IToken[];
  /** The text nests deeper than `maxNesting`; what lies below was left out. */
  readonly tooDeep: boolean;
}

const statements: ReadonlySet<TokenType> = new Set([
  MeasureWord, ColumnWord, TableWord, FunctionWord, QueryVar, ParameterWord, EvaluateWord, DefineWord, OrderWord, StartWord,
  WithWord, AxisWord, GroupWord, TotalWord, DensifyWord,
]);

/** Behind these stand lists without brackets. */
const listed: ReadonlySet<TokenType> = new Set([EvaluateWord, OrderWord, StartWord, GroupWord]);

export function balance(tokens: readonly IToken[], report: Report): Balanced {
  const kept: IToken[] = [];
  const open: Open[] = [];
  /** Where closing brackets were lost in unclosed strings, or left out. */
  let lostAt = -2;
  let tooDeep = false;
  let skipping = 0;
  let inList = false;
  /** The parameters of a function: no bracket of theirs goes beyond the arrow. */
  let inParameters = false;

  /** Closes what is open above `length`; one report for all, at the outermost. */
  const closeTo = (length: number, role?: 'end'): void => {
    if (open.length <= length) return;
    const outermost = open.slice(length).find((it) => it.kind === 'bracket');
    for (let top = open.length > length ? open.pop() : undefined; top !== undefined; top = open.length > length ? open.pop() : undefined) {
      if (top.kind === 'bracket') kept.push(closing(top.token, kept.at(-1)));
    }
    if (outermost?.kind !== 'bracket' || outermost.index < lostAt) return;
    report('unclosed-bracket', spanOf(outermost.token), { open: outermost.token.image }, undefined, role);
  };

  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) continue;
    const type = token.tokenType;
    if (skipping > 0) {
      if (type === LParen || type === LCurly) skipping++;
      else if (type === RParen || type === RCurly) skipping--;
      continue;
    }
    if (flawOf(token) === 'unclosed' && /[)}]/.test(token.image)) lostAt = index;

    if (type === LParen || type === LCurly || (type === Var && !endsOperand(kept.at(-1)))) {
      if (open.length >= maxNesting) {
        if (!tooDeep) report('nested-too-deep', spanOf(token), { limit: String(maxNesting) });
        tooDeep = true;
        skipping = type === Var ? Infinity : 1;
        continue;
      }
      open.push(type === Var ? { kind: 'var' } : { kind: 'bracket', token, index });
    } else if (type === RParen || type === RCurly) {
      const partner = lastBracket(open, type === RParen ? LParen : LCurly);
      if (partner < 0) {
        // Closing brackets in a row that nothing opened are one fault.
        if (lostAt !== index - 1) report('unexpected-token', spanOf(token), { found: token.image }, undefined, 'structure');
        lostAt = index;
        continue;
      }
      closeTo(partner + 1);
      open.pop();
    } else if (type === Var || type === Return) {
      const block = open.findLastIndex((it) => it.kind === 'var');
      if (block >= 0) {
        closeTo(block + 1, 'end');
        if (type === Return) open[block] = { kind: 'body' };
      }
    } else if (type === Comma) {
      while (open.at(-1)?.kind === 'body') open.pop();
      if (!inList && !open.some((it) => it.kind === 'bracket')) {
        kept.push({ ...token, tokenType: LooseComma, tokenTypeIdx: LooseComma.tokenTypeIdx as number });
        continue;
      }
    } else if (statements.has(type)) {
      closeTo(0, 'end');
      inList = listed.has(type);
      inParameters = type === FunctionWord;
    } else if (type === Arrow && inParameters) {
      closeTo(0);
      inParameters = false;
    }
    kept.push(token);
  }
  if (!tooDeep) closeTo(0, 'end');
  else closeSilently(open, kept);
  return { tokens: kept, tooDeep };
}

/** Whether a closing bracket was put in for one that is missing. */
export function isPutIn(token: IToken): boolean {
  return token.image === '';
}

function closeSilently(open: Open[], kept: IToken[]): void {
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    if (top.kind === 'bracket') kept.push(closing(top.token, kept.at(-1)));
  }
}

function lastBracket(open: readonly Open[], type: TokenType): number {
  return open.findLastIndex((it) => it.kind === 'bracket' && it.token.tokenType === type);
}

function closing(opening: IToken, previous: IToken | undefined): IToken {
  const tokenType = opening.tokenType === LParen ? RParen : RCurly;
  return { image: '', startOffset: endOf(previous ?? opening), tokenType, tokenTypeIdx: tokenType.tokenTypeIdx as number };
}
