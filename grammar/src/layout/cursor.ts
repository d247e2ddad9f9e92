/** Goes through the tokens of a segment once, in step with its tree. */
import type { Docs, TokenDoc } from './doc.ts';
import type { Row } from './row.ts';

export interface Cursor {
  /** The next token, whatever it is. */
  token(): TokenDoc;
  /** The tokens that end at an offset or before. */
  upTo(end: number): readonly TokenDoc[];
  /** Whether the next token is this word or sign, in whatever capitals. */
  is(text: string): boolean;
  /** The next token is to begin at an offset. */
  expect(start: number): void;
  /** Whether every token was taken where the tree has it. */
  agrees(): boolean;
}

export function cursorOver(row: Row, docs: Docs): Cursor {
  const { code, pieces } = row;
  let at = 0;
  let parted = false;
  const next = () => pieces[code[at] ?? -1]?.token;
  return {
    token() {
      if (at >= code.length) parted = true;
      return docs.token(Math.min(at++, code.length - 1));
    },
    upTo(end) {
      const found: TokenDoc[] = [];
      for (let token = next(); token !== undefined && token.span.end <= end; token = next()) found.push(this.token());
      if (found.length === 0) parted = true;
      return found;
    },
    is: (text) => next()?.text.toUpperCase() === text,
    expect(start) {
      if (next()?.span.start !== start) parted = true;
    },
    agrees: () => !parted && at === code.length,
  };
}
