/** DAX written with semicolons and decimal commas, as some editors show it: one fault for the whole definition. */
import type { IToken } from 'chevrotain';
import { endOf, spanOf, type Report } from './problems.ts';
import { Comma, DefineWord, EvaluateWord, LCurly, LParen, NumberText, RCurly, RParen, Semicolon } from './tokens.ts';
import type { Span } from './tree.ts';

interface Found {
  readonly semicolons: readonly IToken[];
  /** Indices of commas directly between two numbers, inside brackets and outside. */
  readonly decimals: readonly number[];
  readonly bareDecimals: readonly number[];
  /** Those of them that can be no two values: lists without brackets stand in ORDER BY and START AT only. */
  readonly lone: readonly number[];
  /** A comma that can only be a separator. */
  readonly separatorComma: boolean;
}

/**
 * The tokens as they would be with commas and decimal points, when the text uses semicolons and decimal commas; spans
 * stay those of the text. Strings and names are single tokens and so are never touched.
 */
export function withoutLocalSeparators(tokens: IToken[], report: Report): IToken[] {
  const found = find(tokens);
  const { semicolons } = found;
  const lists = semicolons.length > 0;
  const decimals = lists ? (found.separatorComma ? [] : [...found.decimals, ...found.bareDecimals]) : found.lone;
  if (!lists && decimals.length === 0) return tokens;

  const edits: { span: Span; newText: string }[] = [
    ...semicolons.map((it) => ({ span: spanOf(it), newText: ',' })),
    ...decimals.flatMap((it) => {
      const comma = tokens[it];
      return comma === undefined ? [] : [{ span: spanOf(comma), newText: '.' }];
    }),
  ].sort((a, b) => a.span.start - b.span.start);
  const [first] = edits;
  if (first === undefined) return tokens;
  report('local-separators', first.span, {}, { title: 'Write commas between arguments and a point in decimals', edits });
  return rewrite(tokens, new Set(decimals));
}

function find(tokens: readonly IToken[]): Found {
  const semicolons: IToken[] = [];
  const decimals: number[] = [];
  const bareDecimals: number[] = [];
  const lone: number[] = [];
  let inEvaluate = false;
  let separatorComma = false;
  let depth = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) continue;
    const type = token.tokenType;
    if (type === LParen || type === LCurly) depth++;
    else if (type === RParen || type === RCurly) depth--;
    else if (type === Semicolon && depth > 0) semicolons.push(token);
    else if (type === Comma) {
      if (!isDecimal(tokens, index)) separatorComma ||= depth > 0;
      else if (depth > 0) decimals.push(index);
      else {
        bareDecimals.push(index);
        if (!inEvaluate) lone.push(index);
      }
    } else if (type === EvaluateWord || type === DefineWord) {
      inEvaluate = type === EvaluateWord;
      depth = 0;
    }
  }
  return { semicolons, decimals, bareDecimals, lone, separatorComma };
}

/** Whether the comma at `index` stands between two runs of digits without a blank. */
function isDecimal(tokens: readonly IToken[], index: number): boolean {
  const [left, comma, right] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  return left?.tokenType === NumberText && right?.tokenType === NumberText && comma !== undefined
    && endOf(left) === comma.startOffset && endOf(comma) === right.startOffset
    && /^\d+$/.test(left.image) && /^\d+(?:[eE][+-]?\d+)?$/.test(right.image);
}

function rewrite(tokens: readonly IToken[], decimals: ReadonlySet<number>): IToken[] {
  const result: IToken[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    const right = tokens[index + 2];
    if (token === undefined) continue;
    if (decimals.has(index + 1) && right !== undefined) {
      result.push({ ...token, image: `${token.image}.${right.image}` });
      index += 2;
    } else if (token.tokenType === Semicolon) {
      result.push({ ...token, tokenType: Comma, tokenTypeIdx: Comma.tokenTypeIdx as number });
    } else result.push(token);
  }
  return result;
}
