/** Proposals of keywords, each where it may stand. */
import type { CursorToken } from '../cursor.ts';
import type { CompletionContext } from './context.ts';
import type { Proposal } from './item.ts';

/** What a parameter of a function takes, as its hint says it. */
const hints = [
  'SCALAR', 'TABLE', 'COLUMNREF', 'TABLEREF', 'MEASUREREF', 'CALENDARREF', 'ANYREF', 'ANYVAL',
  'INT64', 'DECIMAL', 'DOUBLE', 'STRING', 'DATETIME', 'BOOLEAN', 'NUMERIC', 'VARIANT', 'VAL', 'EXPR',
];
const definitions = ['MEASURE', 'VAR', 'TABLE', 'COLUMN', 'FUNCTION'];

/** What a file may begin with besides a name. */
export const opening = (rank: number): readonly Proposal[] => ['EVALUATE', 'DEFINE', 'MEASURE'].map((it) => ({ label: it, kind: 'keyword', newText: it, rank }));

export const keywords = (ctx: CompletionContext, rank: number): readonly Proposal[] =>
  keywordsAt(ctx).map((it) => ({ label: it, kind: 'keyword', newText: it, rank }));

/** The words after the colon of a parameter. */
export function parameterHints({ cursor }: CompletionContext): readonly Proposal[] {
  const colon = cursor.tokens.findLastIndex((it) => it.kind === 'sign' && [':', ',', '=', '('].includes(it.text));
  if (cursor.tokens[colon]?.text !== ':') return [];
  return hints.map((it, i) => ({ label: it, kind: 'keyword', newText: it, rank: i / 100 }));
}

function keywordsAt({ cursor, statement, text }: CompletionContext): readonly string[] {
  const level = innermost(cursor.tokens, cursor.open.at(-1)?.token);
  const words = level.filter((it) => it.kind === 'word').map((it) => it.text.toUpperCase());
  const last = cursor.tokens.at(-1);
  if (wantsName(cursor.tokens)) return [];
  if (statement.kind === 'define' && last === undefined) return [...definitions, 'EVALUATE'];
  if (wantsOperand(last)) return ['VAR', 'NOT', 'TRUE', 'FALSE'];
  // On a line of its own IN might be the name of the next definition as well.
  const isOwnLine = cursor.open.length === 0 && last !== undefined && /[\r\n]/.test(text.slice(last.end, cursor.start));
  const found = isOwnLine && statement.kind !== 'tag' ? [] : ['IN'];
  const opening = words.findLast((it) => it === 'VAR' || it === 'RETURN');
  if (opening === 'VAR') found.unshift('RETURN', 'VAR');
  if (cursor.open.length > 0) return found;
  switch (statement.kind) {
    case 'evaluate': {
      const isOrdered = words.includes('ORDER');
      const isStarted = isOrdered && words.includes('START');
      return [...found, ...(isStarted ? [] : isOrdered ? ['ASC', 'DESC', 'START AT'] : ['ORDER BY']), 'EVALUATE', 'DEFINE'];
    }
    case 'member': return [...new Set([...found, ...definitions, 'EVALUATE'])];
    case 'definition':
    case 'expression': return [...found, 'EVALUATE', 'DEFINE', 'MEASURE'];
    case 'define':
    case 'parameters':
    case 'tag': return found;
  }
}

/** The tokens of the innermost open bracket, those in brackets that are closed left out. */
function innermost(tokens: readonly CursorToken[], open: number | undefined): readonly CursorToken[] {
  const level: CursorToken[] = [];
  let depth = 0;
  for (const it of tokens.slice(open === undefined ? 0 : open + 1)) {
    if (it.kind === 'sign' && /^[)}]$/.test(it.text)) depth--;
    else if (it.kind === 'sign' && /^[({]$/.test(it.text)) depth++;
    else if (depth === 0) level.push(it);
  }
  return level;
}

/** Whether a value ends here for certain; a word may still be the first of a name with blanks. */
export function endsOperand(last: CursorToken | undefined): boolean {
  switch (last?.kind) {
    case undefined: return false;
    case 'sign': return !wantsOperand(last);
    case 'word': return /^[\d.]/.test(last.text);
    case 'table':
    case 'column':
    case 'string': return true;
  }
}

/** Whether a new name is expected: behind VAR and its kind. */
export function wantsName(tokens: readonly CursorToken[]): boolean {
  const [before, last] = [tokens.at(-2), tokens.at(-1)];
  const isVar = (it: CursorToken | undefined): boolean => it?.kind === 'word' && /^var$/i.test(it.text);
  return isVar(last) || (isVar(before) && last?.kind === 'word');
}

function wantsOperand(last: CursorToken | undefined): boolean {
  if (last === undefined) return true;
  if (last.kind === 'sign') return last.text !== ')' && last.text !== '}';
  return last.kind === 'word' && /^(?:return|not|in|by|at|evaluate)$/i.test(last.text);
}
