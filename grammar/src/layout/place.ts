/** Puts a layout into lines: the white space before each token and comment of a row. */
import { flatWidth, type Doc, type Gap } from './doc.ts';
import type { LayoutOptions } from './options.ts';
import type { Piece, Row } from './row.ts';

interface Step {
  readonly doc: Doc;
  readonly depth: number;
  readonly flat: boolean;
  /** Comments in the group break its lines. */
  readonly commented: boolean;
}

/** What stands between the last token and the next one, as the gaps say. */
interface Pending {
  readonly breaks: boolean;
  readonly space: boolean;
  readonly depth: number;
  readonly keepsBlank: boolean;
}

const closers: ReadonlySet<string> = new Set([')', '}']);

const none: Omit<Pending, 'depth'> = { breaks: false, space: false, keepsBlank: false };

/**
 * @returns white space before each piece, with `\n` for line breaks; nothing before the first
 */
export function place(doc: Doc, row: Row, options: Pick<LayoutOptions, 'maxWidth' | 'indent' | 'tabSize'>): readonly string[] {
  const { maxWidth, indent, tabSize } = options;
  const indentWidth = indent === '\t' ? tabSize : indent.length;
  const spaces: string[] = [];
  const steps: Step[] = [{ doc, depth: 0, flat: false, commented: false }];
  let column = 0;
  let pending: Pending = { ...none, depth: 0 };
  let next = 0;

  const newLine = (depth: number, blanks: number): string => {
    column = depth * indentWidth;
    return '\n'.repeat(1 + blanks) + indent.repeat(depth);
  };
  const put = (piece: Piece, space: string): void => {
    spaces.push(space);
    const { text } = piece.token;
    const lastLine = piece.width === Infinity ? Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) : -1;
    if (lastLine >= 0) column = text.length - lastLine - 1;
    else column += space.startsWith('\n') ? text.length : space.length + text.length;
  };
  /** Writes the comments before a token, and it. */
  const token = (index: number, depth: number): void => {
    const end = row.code[index] ?? -1;
    let { breaks, space } = pending;
    let keepsBlank = pending.keepsBlank;
    const at = pending.breaks || pending.space ? pending.depth : depth;
    const closes = closers.has(row.pieces[end]?.token.text ?? '');
    const gapBefore = (piece: Piece): string => {
      if (next === 0) return '';
      // What stands above a closing bracket is one of the items.
      const depthThere = piece.isComment && closes && pending.breaks ? at + 1 : at;
      if (breaks) return newLine(depthThere, keepsBlank ? Math.min(1, piece.blanksAbove) : 0);
      return space ? ' ' : '';
    };
    for (; next < end; next++) {
      const piece = row.pieces[next];
      if (piece === undefined) break;
      if (piece.place === 'own') [breaks, keepsBlank] = [true, true];
      if (piece.place !== 'behind') {
        put(piece, gapBefore(piece) || (next === 0 ? '' : ' '));
        [breaks, space] = [false, true];
      } else {
        put(piece, ' ');
        space = true;
      }
      if (piece.endsLine) [breaks, keepsBlank] = [true, keepsBlank || piece.place === 'own'];
    }
    const piece = row.pieces[end];
    if (piece === undefined) return;
    // No blank comes between a comment and a comma.
    put(piece, piece.token.text === ',' && !breaks && !pending.space ? '' : gapBefore(piece));
    next = end + 1;
    pending = { ...none, depth };
  };
  const pass = (it: Gap, { depth, flat, commented }: Step): void => {
    const fills = it.breaks === 'fill' && !commented && column + 1 + it.next <= maxWidth;
    const breaks = it.breaks === 'must' || (!flat && it.breaks !== 'never' && !fills);
    if (breaks) pending = { breaks, space: false, depth, keepsBlank: it.keepsBlank };
    else if (it.flat === ' ') pending = { ...none, space: true, depth };
  };

  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const { doc: it, depth } = step;
    if (it.kind === 'token') token(it.first, depth);
    else if (it.kind === 'gap') pass(it, step);
    else {
      const flat = it.kind === 'group' ? step.flat || fits(it) : step.flat;
      const commented = it.kind === 'group' ? hasBreak(it.first, it.last) : step.commented;
      const inner = it.kind === 'indent' ? depth + 1 : depth;
      for (let i = it.parts.length - 1; i >= 0; i--) {
        const part = it.parts[i];
        if (part !== undefined) steps.push({ doc: part, depth: inner, flat, commented });
      }
    }
  }
  return spaces;

  /** Whether a group fits on the line with what follows it up to the next place where the line may break. */
  function fits(group: Doc): boolean {
    const start = pending.breaks ? pending.depth * indentWidth : column + (pending.space ? 1 : 0);
    let left = maxWidth - start - flatWidth(group, row);
    if (left < 0) return false;
    const rest: Step[] = [];
    for (let i = steps.length - 1; i >= 0 || rest.length > 0;) {
      const step = rest.pop() ?? steps[i--];
      if (step === undefined) return true;
      const { doc: it, flat } = step;
      if (it.kind === 'token') {
        if (hasBreak(it.first - 1, it.first)) return true;
        left -= it.width;
      } else if (it.kind === 'gap') {
        if (it.breaks === 'must' || (!flat && it.breaks !== 'never')) return true;
        left -= it.width;
      } else for (let k = it.parts.length - 1; k >= 0; k--) rest.push({ ...step, doc: it.parts[k] ?? it });
      if (left < 0) return false;
    }
    return true;
  }

  function hasBreak(from: number, to: number): boolean {
    return from < to && (row.forced[to] ?? 0) > (row.forced[from] ?? 0);
  }
}
