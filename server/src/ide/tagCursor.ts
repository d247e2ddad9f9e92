/** A cursor in a doc comment: which tag it is in, and where the DAX of the tag stands. */
import { clausesOf, type ClauseWord } from '../expect/clauses.ts';

export interface TagCursor {
  /** Without the `@`; may still be typed. */
  readonly name: string;
  /** Offset of the `@`. */
  readonly start: number;
  /** The cursor is in the name itself. */
  readonly isInName: boolean;
  /** Behind the name and the blanks after it. */
  readonly body: number;
  /** The text with the marks of the tag's lines blanked out, so that its DAX can be read as it stands. */
  readonly text: string;
}

/** Lines of one tag that are looked at: a longer one is no tag that anybody writes. */
const mostLines = 100;

const docLine = /^([ \t\u00a0\ufeff]*)\/\/\/(?!\/)([ \t]?)(.*)$/;

/**
 * @param text of the region
 * @returns undefined outside doc comments, and in prose of theirs
 */
export function tagCursorAt(text: string, offset: number): TagCursor | undefined {
  const lines: { readonly start: number; readonly content: number; readonly text: string }[] = [];
  for (let end = offset; ;) {
    const start = lineStart(text, end);
    const line = docLine.exec(text.slice(start, end));
    if (line === null) return undefined;
    const [whole, , , content = ''] = line;
    const at = start + whole.length - content.length;
    const head = /^(\s*)@([A-Za-z][\w-]*)?/.exec(content);
    if (head !== null) return tagOf(text, offset, { start: at + (head[1]?.length ?? 0), name: head[2] ?? '', indent: head[1]?.length ?? 0 }, lines);
    // Only a deeper line goes on with the tag above it.
    if (start === 0 || lines.length === mostLines || !/^\s/.test(content)) return undefined;
    lines.unshift({ start, content: at, text: content });
    end = beforeBreak(text, start);
  }
}

function tagOf(
  text: string, offset: number, head: { readonly start: number; readonly name: string; readonly indent: number },
  lines: readonly { readonly start: number; readonly content: number; readonly text: string }[],
): TagCursor | undefined {
  if (lines.some((it) => it.text.length - it.text.trimStart().length <= head.indent)) return undefined;
  const nameEnd = head.start + 1 + head.name.length;
  let read = text.slice(0, offset);
  for (const it of lines) read = read.slice(0, it.start) + ' '.repeat(it.content - it.start) + read.slice(it.content);
  const blanks = /^\s*/.exec(read.slice(nameEnd))?.[0].length ?? 0;
  return {
    name: head.name, start: head.start, isInName: offset <= nameEnd, body: nameEnd + blanks, text: read + text.slice(offset),
  };
}

export interface TagPlace {
  /** The clause that the cursor is in; `head` before the first one. */
  readonly clause: ClauseWord | 'head';
  /** Where its text begins, in the region. */
  readonly from: number;
  /** Clauses that are written before the cursor. */
  readonly used: readonly ClauseWord[];
  /** From the tag's body to its first clause, or to the cursor. */
  readonly head: string;
}

export function placeIn(tag: TagCursor, offset: number): TagPlace {
  const written = tag.text.slice(tag.body, offset);
  // A word that the cursor touches is still being typed.
  const clauses = clausesOf(written, tag.name).clauses.filter((it) => it.wordSpan.end < written.length);
  const last = clauses.at(-1);
  return {
    clause: last?.word ?? 'head',
    from: tag.body + (last?.body.start ?? 0),
    used: clauses.map((it) => it.word),
    head: written.slice(0, clauses[0]?.wordSpan.start ?? written.length),
  };
}

function lineStart(text: string, from: number): number {
  let at = from;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at--;
  return at;
}

/** The end of the line above the one that starts at an offset. */
const beforeBreak = (text: string, start: number): number => start - (text[start - 1] === '\n' && text[start - 2] === '\r' ? 2 : 1);
