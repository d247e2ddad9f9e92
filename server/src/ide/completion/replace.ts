/** The text that a proposal replaces: what was typed of it, and what closes it already. */
import type { Span } from '../../base/spans.ts';
import type { CompletionContext } from './context.ts';

/** In offsets of the region's text; never beyond the line. */
export function asRegionSpan({ cursor, text }: Pick<CompletionContext, 'cursor' | 'text'>): Span {
  const behind = /^[^\r\n]*/.exec(text.slice(cursor.offset))?.[0] ?? '';
  return { start: cursor.start, end: cursor.offset + lengthToReplace(cursor.inside, behind) };
}

/**
 * As `asRegionSpan`, where what may stand there is known: a name with a bracket that opens inside is told from an unclosed
 * one before another.
 *
 * @param names as DAX writes them
 */
export function spanAmong(ctx: Pick<CompletionContext, 'cursor' | 'text'>, names: Iterable<string>): Span {
  const { cursor, text } = ctx;
  const span = asRegionSpan(ctx);
  const rest = cursor.inside === 'column' ? /^(?:[^\]\r\n]|\]\])*\]/.exec(text.slice(cursor.offset))?.[0] : undefined;
  if (rest === undefined || cursor.offset + rest.length <= span.end) return span;
  const folded = rest.toLowerCase();
  for (const it of names) if (it.length > rest.length && it.toLowerCase().endsWith(folded)) return { start: span.start, end: cursor.offset + rest.length };
  return span;
}

/** The text behind what a proposal replaces. */
export const textBehind = (ctx: Pick<CompletionContext, 'cursor' | 'text'>): string => {
  const { end } = asRegionSpan(ctx);
  return ctx.text.slice(end, end + 20);
};

function lengthToReplace(inside: CompletionContext['cursor']['inside'], behind: string): number {
  switch (inside) {
    case 'code': return (/^[\p{L}\p{N}_.]*/u.exec(behind)?.[0] ?? '').length;
    case 'column': return (closingBracket(behind) ?? word(behind)).length;
    case 'table': return closingQuote(behind.replace(notOfTables, (it) => ' '.repeat(it.length)), "'") ?? (/^[^[\]"'(){},]*'/.exec(behind)?.[0] ?? word(behind)).length;
    case 'string': return closingQuote(behind, '"') ?? (/^[^"[\](){},=<>&|]*"/.exec(behind)?.[0] ?? word(behind)).length;
    case 'comment': return 0;
  }
}

/** Texts, names in brackets and comments may hold apostrophes of their own. */
const notOfTables = /"(?:[^"]|"")*"|\[(?:[^\]]|\]\])*\]|(?:\/\/|--).*/g;

/**
 * Where a text or name that is open at the cursor ends on its line: quotes stand in pairs, so that of an odd number of
 * them the first closes it.
 *
 * @returns the length with the quote; undefined where it is not closed
 */
function closingQuote(behind: string, quote: string): number | undefined {
  let first: number | undefined;
  let count = 0;
  for (let i = 0; i < behind.length; i++) {
    if (behind[i] !== quote) continue;
    if (behind[i + 1] === quote) {
      i++;
      continue;
    }
    count++;
    first ??= i + 1;
  }
  return count % 2 === 1 ? first : undefined;
}

/** The text up to the bracket that closes a name, with it: no other opens before it, and it stands in no text. */
function closingBracket(behind: string): string | undefined {
  const [found] = /^(?:[^[\]]|\]\])*\]/.exec(behind) ?? [];
  return found === undefined || (found.split('"').length - 1) % 2 === 1 ? undefined : found;
}

const word = (behind: string): string => /^[\p{L}\p{N}_]*/u.exec(behind)?.[0] ?? '';
