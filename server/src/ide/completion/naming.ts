/** Lines on which the next definition may begin: there a name is written, of which nobody but its author knows anything. */
import type { CursorToken } from '../cursor.ts';
import type { CompletionContext } from './context.ts';

/** What begins or goes on with a statement rather than a name. */
const keyword = /^(?:var|return|evaluate|define|measure|column|table|function|order|by|start|at|asc|desc|not|in)$/i;
/** Behind these a line goes on. */
const wantsMore = /^(?:return|evaluate|not|in|by|at|var|define|measure)$/i;

/** Whether a word at the start of a line can only be a keyword or the name of the next definition. */
export function isLineOfItsOwn(ctx: CompletionContext): boolean {
  return startsLine(ctx, ctx.cursor.tokens.length, ctx.cursor.start);
}

/** Whether a line begins with a word and has two side by side, none of them a keyword: it can only become the header of a definition. */
export function isNaming(ctx: CompletionContext): boolean {
  const { cursor, text } = ctx;
  const lineStart = Math.max(text.lastIndexOf('\n', cursor.start - 1), text.lastIndexOf('\r', cursor.start - 1)) + 1;
  const first = cursor.tokens.findIndex((it) => it.start >= lineStart);
  const line = first < 0 ? [] : cursor.tokens.slice(first);
  const [head] = line;
  if (head === undefined || !mayBegin(ctx, first, head.start)) return false;
  const isWord = (it: CursorToken | undefined): boolean => it?.kind === 'word' && !keyword.test(it.text);
  // Signs that begin nothing else: % of total, # sessions.
  if (head.text === '%' || head.text === '#') return true;
  if (!isWord(head)) return false;
  // Behind a word whatever is begun in the code is one, too.
  const isBegun = cursor.inside === 'code' && cursor.start > (line.at(-1)?.end ?? 0);
  return line.some((it, i) => isWord(it) && (i === line.length - 1 ? isBegun : isWord(line[i + 1])));
}

/** Whether a definition may begin at a token: it starts its line, where one is possible, or the text. */
function mayBegin(ctx: CompletionContext, token: number, start: number): boolean {
  return token === 0 ? ctx.statement.kind === 'expression' : startsLine(ctx, token, start);
}

function startsLine({ cursor, text, statement }: CompletionContext, token: number, start: number): boolean {
  const last = cursor.tokens[token - 1];
  if (statement.kind === 'tag' || last === undefined || cursor.open.some((it) => it.token < token) || !/[\r\n]/.test(text.slice(last.end, start))) return false;
  if (last.kind === 'sign') return last.text === ')' || last.text === '}';
  return last.kind !== 'word' || !wantsMore.test(last.text);
}
