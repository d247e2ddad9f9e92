// Whether a tree says all of its text: printed, it has every token that the text has, and no other.
import { printExpression, printItem, tokenize, tokenizeExpression, type Expression, type Segment, type Token } from '../../grammar/src/index.ts';

/** The first token in which a text and its printed tree part; `printed` is undefined where the tree ends too early. */
export interface Parted {
  /** Offset in the text; the text's end where the tree says more. */
  readonly at: number;
  readonly written: string | undefined;
  readonly printed: string | undefined;
}

/**
 * Where the printed tree of an expression parts from its text, or undefined when it gives back every token. A leading
 * `=` says that an expression follows and is no part of it.
 */
export function partedExpression(text: string, expression: Expression): Parted | undefined {
  const written = tokenizeExpression(text).filter(isCode);
  const [first] = written;
  return firstDifference(first?.text === '=' ? written.slice(1) : written, tokenizeExpression(printExpression(expression)), text.length);
}

/** The same of a segment: its header, docs and other comments included. */
export function partedSegment({ text, item, comments }: Segment): Parted | undefined {
  const isExpression = item.kind === 'bare';
  const written = isExpression ? tokenizeExpression(text) : tokenize(text);
  const parted = isExpression ? partedExpression(text, item.expression)
    : firstDifference(written.filter(isCode), tokenize(printItem(item)).filter(isCode), text.length);
  if (parted !== undefined) return parted;
  // Comments and docs stand beside the code: each is kept, in its place.
  const kept = new Set([...comments.map((it) => it.start), ...docLinesOf(item)]);
  const lost = written.find((it) => !isCode(it) && !kept.has(it.span.start) && !(it.kind === 'doc' && kept.has(docTextStart(it))));
  return lost === undefined ? undefined : { at: lost.span.start, written: lost.text, printed: undefined };
}

function firstDifference(written: readonly Token[], printed: readonly Token[], end: number): Parted | undefined {
  for (let i = 0; i < Math.max(written.length, printed.length); i++) {
    const [a, b] = [written[i], printed[i]];
    if (a !== undefined && b !== undefined && a.kind === b.kind && spelled(a) === spelled(b)) continue;
    return { at: a?.span.start ?? end, written: a?.text, printed: b?.text };
  }
  return undefined;
}

/** Keywords are the same in any case, and so is the mark of a date. */
function spelled({ kind, text }: Token): string {
  if (kind === 'keyword' || kind === 'boolean' || kind === 'operator') return text.toUpperCase();
  return kind === 'date' ? text.slice(2) : text;
}

const isCode = ({ kind }: Token): boolean => kind !== 'comment' && kind !== 'doc';

function docLinesOf(item: Segment['item']): readonly number[] {
  if (item.kind === 'prose') return [];
  const all = [item.docs, ...(item.kind === 'query' ? item.definitions.map((it) => it.docs) : [])];
  return all.flatMap((it) => it?.lines.map((line) => line.span.start) ?? []);
}

/** Where the text of a doc comment's line begins: behind `///` and one blank. */
const docTextStart = ({ span, text }: Token): number => span.start + (text.startsWith('/// ') ? 4 : 3);
