/** Tokens → units: names that belong together become one reference. */
import { pieceOf, spanOf, type Token } from './tokens.ts';
import type { PlainText } from './plain.ts';
import type { Reference } from './types.ts';

/** A token, or a reference made of several; `key` is empty for a reference. */
export interface Unit {
  readonly kind: 'reference' | Token['kind'];
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly gap: boolean;
  readonly literal: Token['literal'];
  readonly reference: Reference | undefined;
}

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** An underscore that is no mark of emphasis. */
const underscored = /[A-Za-z0-9]_[A-Za-z0-9_]*$/;
/** `README.md`, `example.com`: what ends like this is a file or an address. */
const endings: ReadonlySet<string> = new Set(['md', 'json', 'yaml', 'yml', 'csv', 'dax', 'txt', 'html', 'js', 'ts', 'png', 'svg', 'com', 'net', 'org', 'js', 'xlsx', 'pbix', 'zip', 'exe']);
/** Words that begin a sentence after a dot, written small by mistake. */
const openers: ReadonlySet<string> = new Set([
  'a', 'an', 'and', 'as', 'at', 'for', 'if', 'in', 'is', 'it', 'learn', 'not', 'of', 'on', 'only', 'or', 'see', 'that', 'the', 'then', 'this', 'to',
  'used', 'when', 'where', 'which', 'with',
]);
const maximumBracket = 128;

export const isIdentifier = (plain: PlainText, it: { readonly start: number; readonly end: number }): boolean => identifier.test(plain.text.slice(it.start, it.end));

/** The name of an unit that is one word, as a reference. */
export const wordReference = (plain: PlainText, it: Unit): Reference => ({
  form: 'word', entity: undefined, attribute: pieceOf(plain, it.start, it.end), span: spanOf(plain, it.start, it.end),
});

export function unitsOf(plain: PlainText, tokens: readonly Token[]): readonly Unit[] {
  const units: Unit[] = [];
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i];
    if (token === undefined) break;
    const found = token.kind === 'word' && isIdentifier(plain, token) ? referenceAt(plain, tokens, i) : undefined;
    if (found === undefined) {
      units.push({ ...token, reference: undefined });
      i++;
    } else {
      units.push(...found.units);
      i = found.next;
    }
  }
  return units;
}

interface Found {
  readonly units: readonly Unit[];
  readonly next: number;
}

function referenceAt(plain: PlainText, tokens: readonly Token[], i: number): Found | undefined {
  return qualifiedAt(plain, tokens, i) ?? spacedAt(plain, tokens, i) ?? columnAt(plain, tokens, i) ?? nameAt(plain, tokens, i);
}

function made(plain: PlainText, form: Reference['form'], first: Token, last: Token, next: number): Found {
  const reference: Reference = {
    form,
    entity: first === last ? undefined : pieceOf(plain, first.start, first.end),
    attribute: pieceOf(plain, last.start, last.end),
    span: spanOf(plain, first.start, last.end),
  };
  return { units: [{ kind: 'reference', key: '', start: first.start, end: last.end, gap: first.gap, literal: undefined, reference }], next };
}

const hasUnderscore = (plain: PlainText, it: Token): boolean => underscored.test(plain.text.slice(it.start, it.end));

/** `a.b`, and of `a.b.c` the first two where one has an underscore: a missing blank behind a sentence is more likely than three parts. */
function qualifiedAt(plain: PlainText, tokens: readonly Token[], i: number): Found | undefined {
  const chain: Token[] = [];
  for (let at = i; ; at += 2) {
    const word = tokens[at];
    if (word?.kind !== 'word' || !isIdentifier(plain, word) || (at > i && word.gap)) break;
    chain.push(word);
    const dot = tokens[at + 1];
    if (dot?.key !== '.' || dot.kind !== 'sign' || dot.gap || chain.length === 10) break;
  }
  const [first, second] = chain;
  if (first === undefined || second === undefined) return undefined;
  const names = hasUnderscore(plain, first) || hasUnderscore(plain, second);
  if (!names && (chain.length > 2 || endings.has(second.key) || first.key.length === 1 || second.key.length === 1)) {
    return { units: tokens.slice(i, i + chain.length * 2 - 1).map((it) => ({ ...it, reference: undefined })), next: i + chain.length * 2 - 1 };
  }
  return made(plain, 'qualified', first, second, i + 3);
}

/** `a. b` and `a .b`, where an underscore tells that the dot ends no sentence. */
function spacedAt(plain: PlainText, tokens: readonly Token[], i: number): Found | undefined {
  const [first, dot, second] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (first === undefined || dot?.kind !== 'sign' || dot.key !== '.' || second?.kind !== 'word' || !isIdentifier(plain, second)) return undefined;
  const before = tokens[i - 1];
  if (before?.key === '.' && !first.gap) return undefined;
  if (!dot.gap && !second.gap) return undefined;
  const small = /^[a-z_]/.test(plain.text.charAt(second.start));
  if (!small || openers.has(second.key) || openers.has(first.key)) return undefined;
  return hasUnderscore(plain, second) || hasUnderscore(plain, first) ? made(plain, 'spaced', first, second, i + 3) : undefined;
}

/** `Table[Column]`, without a blank before the bracket. */
function columnAt(plain: PlainText, tokens: readonly Token[], i: number): Found | undefined {
  const [table, bracket] = [tokens[i], tokens[i + 1]];
  if (table === undefined || bracket?.key !== '[' || bracket.gap) return undefined;
  const close = plain.text.slice(bracket.end, bracket.end + maximumBracket).indexOf(']');
  if (close <= 0) return undefined;
  const end = bracket.end + close;
  let next = i + 2;
  while ((tokens[next]?.start ?? Infinity) <= end) next++;
  const reference: Reference = {
    form: 'column', entity: pieceOf(plain, table.start, table.end), attribute: pieceOf(plain, bracket.end, end), span: spanOf(plain, table.start, end + 1),
  };
  return { units: [{ kind: 'reference', key: '', start: table.start, end: end + 1, gap: table.gap, literal: undefined, reference }], next };
}

function nameAt(plain: PlainText, tokens: readonly Token[], i: number): Found | undefined {
  const token = tokens[i];
  return token !== undefined && hasUnderscore(plain, token) ? made(plain, 'name', token, token, i + 1) : undefined;
}
