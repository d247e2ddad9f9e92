/**
 * The algebra of layouts: tokens in order, with gaps between them that are blanks on one line or line breaks.
 *
 * A group is on one line where it fits, else its own gaps break and the groups inside are looked at in turn. Each node
 * knows how wide it is on one line, so that a layout takes time in proportion to its text.
 */
import type { Row } from './row.ts';

interface Measured {
  /** Indexes of the first and the last token of code; none: first is behind last. */
  readonly first: number;
  readonly last: number;
  /** Columns on one line without the comments inside; infinite where it cannot be on one. */
  readonly width: number;
}

export interface TokenDoc extends Measured {
  readonly kind: 'token';
}

export interface Gap extends Measured {
  readonly kind: 'gap';
  readonly flat: '' | ' ';
  /** `may`: with its group; `fill`: where `next` does not fit on the line; `must`: always. */
  readonly breaks: 'never' | 'may' | 'fill' | 'must';
  /** Columns of what follows a `fill`. */
  readonly next: number;
  /** A blank line that was written stays. */
  readonly keepsBlank: boolean;
}

export interface Group extends Measured {
  readonly kind: 'group';
  readonly parts: readonly Doc[];
}

/** One behind the other; an `indent` has the lines that begin in it one level deeper. */
export interface Series extends Measured {
  readonly kind: 'series' | 'indent';
  readonly parts: readonly Doc[];
}

export type Doc = TokenDoc | Gap | Group | Series;

const nothing: Measured = { first: Infinity, last: -1, width: 0 };

const gap = (flat: Gap['flat'], breaks: Gap['breaks'], next = 0, keepsBlank = false): Gap =>
  ({ kind: 'gap', ...nothing, width: breaks === 'must' ? Infinity : flat.length, flat, breaks, next, keepsBlank });

/** Nothing on one line, else a line break; `line` is a blank there. */
export const softLine = gap('', 'may');
export const line = gap(' ', 'may');
export const blank = gap(' ', 'never');
export const hardLine = gap('', 'must');
/** A line break that keeps a blank line above what follows. */
export const looseLine = gap('', 'must', 0, true);
/** A blank where `next` columns follow on the line, else a line break. */
export const fillLine = (next: number): Gap => gap(' ', 'fill', next);

export interface Docs {
  token(index: number): TokenDoc;
  group(parts: readonly Doc[]): Group;
  /** A group that breaks. */
  broken(parts: readonly Doc[]): Group;
  series(parts: readonly Doc[]): Series;
  indent(parts: readonly Doc[]): Series;
}

/** Makes nodes over a row of tokens. */
export function docsOver({ pieces, code }: Row): Docs {
  const measure = (parts: readonly Doc[]): Measured => {
    let [first, last, width] = [Infinity, -1, 0];
    for (const it of parts) {
      first = Math.min(first, it.first);
      last = Math.max(last, it.last);
      width += it.width;
    }
    return { first, last, width };
  };
  return {
    token: (index) => ({ kind: 'token', first: index, last: index, width: pieces[code[index] ?? -1]?.width ?? 0 }),
    group: (parts) => ({ kind: 'group', ...measure(parts), parts }),
    broken: (parts) => ({ kind: 'group', ...measure(parts), width: Infinity, parts }),
    series: (parts) => ({ kind: 'series', ...measure(parts), parts }),
    indent: (parts) => ({ kind: 'indent', ...measure(parts), parts }),
  };
}

/** Columns of a node on one line with the comments in it; infinite where one of them breaks the line. */
export function flatWidth({ first, last, width }: Doc, { forced, widths }: Row): number {
  if (first >= last) return width;
  const breaks = (forced[last] ?? 0) - (forced[first] ?? 0);
  return breaks > 0 ? Infinity : width + (widths[last] ?? 0) - (widths[first] ?? 0);
}
