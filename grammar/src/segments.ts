/**
 * Text to segments: where each definition, query, bare expression or stretch of prose begins and ends.
 *
 * A first reading follows what is open: inside a string, a comment or a bracket no line begins anything. Where it ends
 * with something still open, the segment is read again, and ends at the first hard boundary after the opening.
 */
import { bracketedNameEnd, isDocAt, isNewline, lineEnd, nextLine, quotedNameEnd, unclosedEnd } from './delimited.ts';
import { keywordHeader, plainHeader, type HeaderOptions, type KeywordHeader, type PlainHeader } from './header.ts';
import { isProseLine } from './prose.ts';
import {
  atEnd, commentEnd, hardStringEnd, isBlank, isClause, isVariable, isWordStart, likelyStringEnd, skipBlanks, skipPlaceholder, wordAt,
  type Source,
} from './scan.ts';
import { lookedAt } from './work.ts';

/** What a segment begins with; offsets are those of the whole text. */
export type Head =
  | PlainHeader
  | KeywordHeader
  | { readonly kind: 'query' | 'bare' | 'comments'; readonly at: number };

export interface Cut {
  readonly start: number;
  readonly end: number;
  readonly head: Head;
  /** The text's end came inside something that was never closed: where the segment ends depends on all that follows. */
  readonly open: boolean;
}

/**
 * What the last token was: `header` is the header's own assignment or a keyword that begins a statement, after which a
 * header may follow; after an `operator` (RETURN, a comma and an opening bracket count as such) none may.
 */
type Last = 'header' | 'operator' | 'name' | 'operand';

/**
 * Readings to the end of the text that find something open cost so many characters: so many per character of a short
 * text, fewer per character of a long one.
 */
const rereadingBudget = (length: number): number => Math.min(64 * length, 2_000_000 + 8 * length);

/** Cuts a text into segments that tile it. A text of nothing but blanks has none. */
export const cutSegments = (text: string, options: HeaderOptions): readonly Cut[] => cutFrom(text, 0, () => false, options).cuts;

/**
 * Cuts a text from the place where a segment begins, up to one before which `stops` says so.
 *
 * @returns the cuts, and where the cutting ended
 */
export function cutFrom(
  text: string, from: number, stops: (start: number) => boolean, options: HeaderOptions,
): { readonly cuts: readonly Cut[]; readonly end: number } {
  const cuts: Cut[] = [];
  const source: Source = { text, lastCommentEnd: text.lastIndexOf('*/'), options };
  let budget = rereadingBudget(text.length);
  let start = from;
  while (start < text.length && !stops(start)) {
    const reading = readSegment(source, start, budget > 0 ? undefined : start);
    const open = reading.openAt !== undefined;
    if (open) budget -= text.length - start;
    const { head, end } = open ? readSegment(source, start, reading.openAt) : reading;
    lookedAt(end - start + (open ? text.length - start : 0));
    if (head !== undefined) cuts.push({ start, end, head, open });
    else if (text.slice(start).trim() !== '') cuts.push({ start, end: text.length, head: { kind: 'comments', at: start }, open });
    start = end;
  }
  return { cuts, end: start };
}

/** Whether so many characters of a text read again leave segments the way they are when they are cut one by one. */
export const isFewReread = (characters: number, length: number): boolean => characters < rereadingBudget(length);

interface Reading {
  readonly end: number;
  readonly head: Head | undefined;
  /**
   * Set when the text's end came inside something: where the outermost bracket or the comment opened; the segment's
   * start for a string, since any quote before may be the one too many.
   */
  readonly openAt: number | undefined;
}

/** Reads one segment. From `hardAfter` on hard boundaries end it, whatever is open; no string runs across one. */
function readSegment(source: Source, from: number, hardAfter: number | undefined): Reading {
  const { text, options } = source;
  let at = from;
  let head: Head | undefined;
  let indentation = Infinity;
  let depth = 0;
  let openAt: number | undefined;
  let last: Last = 'header';
  let openVars = 0;
  let query = 'none' as 'none' | 'define' | 'evaluate';
  let atLineStart = true;
  /** Where the comment lines directly above begin, and whether one of them is a doc comment. */
  let leadStart = -1;
  let leadDocs = false;
  let afterBlank = false;
  let proseSoFar = false;

  const isHard = (): boolean => hardAfter !== undefined && at > hardAfter;

  /** Decides on the code that begins a line at `at`. True: it begins another segment. */
  const beginsSegment = (lineStart: number): boolean => {
    const word = wordAt(text, at);
    const upper = word.length <= 8 ? word.toUpperCase() : '';
    if (upper === 'DEFINE') {
      if (head !== undefined) return true;
      head = { kind: 'query', at };
      enter('define', at + word.length);
      const form = keywordHeader(text, skipBlanks(text, at), true);
      if (form?.assign !== undefined) at = form.assign.end;
      return false;
    }
    if (upper === 'EVALUATE') {
      if (head !== undefined && query === 'none') return true;
      head ??= { kind: 'query', at };
      enter('evaluate', at + word.length);
      return false;
    }
    const form = keywordHeader(text, at, query === 'define');
    if (form !== undefined) {
      if (head !== undefined && query !== 'define') return true;
      if (head === undefined) {
        head = form;
        indentation = at - lineStart;
      }
      enter(query, form.assign?.end ?? form.keyword.end);
      if (form.assign === undefined) last = 'name';
      return false;
    }
    const continues = (upper === 'VAR' && (openVars > 0 || isVariable(text, at + word.length)))
      || (upper === 'RETURN' && openVars > 0)
      || (query === 'evaluate' && isClause(text, at, upper));
    const header = continues ? undefined : plainHeader(text, at, options);
    const indent = at - lineStart;
    if (header !== undefined) {
      if (head === undefined) {
        head = header;
        indentation = indent;
        at = skipPlaceholder(text, header.assign.end);
        if (at > header.assign.end) last = 'operand';
        return false;
      }
      // A doc comment directly above tells a header even where an operator waits for its operand.
      if ((last !== 'operator' || leadDocs) && (depth === 0 || indent <= indentation)) return true;
    }
    if (head === undefined) {
      head = { kind: 'bare', at };
      indentation = indent;
      proseSoFar = isProseLine(text.slice(at, at + 200));
      return false;
    }
    return depth === 0 && beginsExpression(upper);
  };

  /** Whether code at the start of a line, no header, begins an expression of its own rather than going on. */
  const beginsExpression = (upper: string): boolean => {
    if (!(afterBlank || leadDocs) || query !== 'none' || openVars > 0) return false;
    if (last !== 'operand' && last !== 'name') return false;
    const first = text.charAt(at);
    const isMarkup = text.startsWith('**', at);
    if (last === 'name' && (first === '[' || first === '(')) return false;
    if (!isMarkup && ('+-*/^&|<>=,;:)}'.includes(first) || upper === 'IN' || upper === 'RETURN')) return false;
    return !(proseSoFar && isProseLine(text.slice(at, at + 200)));
  };

  const enter = (part: typeof query, position: number): void => {
    query = part;
    depth = 0;
    openAt = undefined;
    openVars = 0;
    last = 'header';
    at = position;
  };

  while (at < text.length) {
    if (atLineStart && (depth === 0 || isHard())) {
      const lineStart = at;
      at = skipBlanks(text, at);
      const code = text.charCodeAt(at);
      if (at >= text.length || isNewline(code)) {
        afterBlank = true;
        leadStart = -1;
        leadDocs = false;
        at = nextLine(text, at);
        continue;
      }
      const comment = commentEnd(source, at);
      if (comment !== 0 && (comment < 0 || atEnd(text, comment))) {
        if (comment < 0) {
          openAt ??= at;
          if (hardAfter === undefined) break;
          depth = Infinity;
          at = nextLine(text, at);
          continue;
        }
        const isDoc = isDocAt(text, at);
        if (isDoc && depth > 0 && query !== 'define' && head !== undefined) {
          return { end: leadStart >= 0 ? leadStart : lineStart, head, openAt: undefined };
        }
        if (leadStart < 0) leadStart = lineStart;
        leadDocs ||= isDoc;
        at = nextLine(text, comment);
        continue;
      }
      if (comment > 0) at = skipBlanks(text, comment);
      // Signs of markup at the end of a line of prose are no operators.
      if (proseSoFar) last = 'operand';
      if (beginsSegment(lineStart)) return { end: leadStart >= 0 ? leadStart : lineStart, head, openAt: undefined };
      atLineStart = false;
      afterBlank = false;
      leadStart = -1;
      leadDocs = false;
      continue;
    }
    const code = text.charCodeAt(at);
    if (isNewline(code)) {
      at = nextLine(text, at);
      atLineStart = true;
      continue;
    }
    if (isBlank(code)) {
      at++;
      continue;
    }
    const comment = commentEnd(source, at);
    if (comment !== 0) {
      if (comment < 0) openAt ??= at;
      if (comment < 0 && hardAfter === undefined) break;
      if (comment < 0) depth = Infinity;
      at = comment < 0 ? lineEnd(text, at) : comment;
      continue;
    }
    if (code === 34) {
      const end = hardAfter === undefined ? likelyStringEnd(text, at) : hardStringEnd(text, at, indentation, options);
      if (end < 0) {
        openAt = from;
        break;
      }
      at = end;
      last = 'operand';
    } else if (code === 39 || code === 91) {
      const end = code === 39 ? quotedNameEnd(text, at) : bracketedNameEnd(text, at);
      at = end < 0 ? unclosedEnd(text, at) : end;
      last = code === 39 ? 'name' : 'operand';
    } else if (code === 40 || code === 123) {
      if (depth++ === 0) openAt = at;
      last = 'operator';
      at++;
    } else if (code === 41 || code === 125) {
      depth = Math.max(0, depth - 1);
      if (depth === 0) openAt = undefined;
      last = 'operand';
      at++;
    } else if (isWordStart(code)) {
      const word = wordAt(text, at);
      at += word.length;
      last = 'name';
      if (word.length > 8) continue;
      switch (word.toUpperCase()) {
        case 'VAR':
          if (depth === 0) openVars++;
          last = 'operator';
          break;
        case 'RETURN':
          if (depth === 0) openVars = Math.max(0, openVars - 1);
          last = 'operator';
          break;
        case 'NOT':
        case 'IN':
          last = 'operator';
          break;
        case 'EVALUATE':
          if (query !== 'none') enter('evaluate', at);
          break;
        case 'BY':
          if (query === 'evaluate') last = 'operator';
          break;
      }
    } else {
      last = '+-*/^&|<>=,;:'.includes(text.charAt(at)) ? 'operator' : 'operand';
      at++;
    }
  }
  return { end: text.length, head, openAt: hardAfter === undefined ? openAt : undefined };
}
