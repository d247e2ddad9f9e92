/** The text that a proposal replaces: what was typed of it, and what closes it already. */
import type { Span } from '../../base/spans.ts';
import type { CompletionContext } from './context.ts';

/** In offsets of the region's text; never beyond the line. */
export function asRegionSpan({ cursor, text }: CompletionContext): Span {
  const behind = /^[^\r\n]*/.exec(text.slice(cursor.offset))?.[0] ?? '';
  return { start: cursor.start, end: cursor.offset + lengthToReplace(cursor.inside, behind) };
}

function lengthToReplace(inside: CompletionContext['cursor']['inside'], behind: string): number {
  switch (inside) {
    case 'code': return (/^[\p{L}\p{N}_.]*/u.exec(behind)?.[0] ?? '').length;
    // Only a delimiter that closes this name or text belongs to it; past a sign of the code around it comes another's.
    case 'column': return (/^[^[\]"'(){},]*\]/.exec(behind)?.[0] ?? word(behind)).length;
    case 'table': return (/^[^[\]"'(){},]*'/.exec(behind)?.[0] ?? word(behind)).length;
    case 'string': return (/^[^"[\](){},=<>&|]*"/.exec(behind)?.[0] ?? word(behind)).length;
    case 'comment': return 0;
  }
}

const word = (behind: string): string => /^[\p{L}\p{N}_]*/u.exec(behind)?.[0] ?? '';
