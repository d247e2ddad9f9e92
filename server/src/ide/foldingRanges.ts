/**
 * Folding: what can be collapsed in a `.dax` file.
 *
 * Pages and model files fold by their own languages, headings, lists and fences; ranges of ours would compete with them.
 */
import { walk, expressionsOf } from '../../../grammar/src/index.ts';
import type { Definition, DocComment, Expression, Item, Segment, VarBlock } from '../../../grammar/src/tree.ts';
import { lineEnd, shift, type Span } from '../base/spans.ts';
import type { RegionView, Workspace } from '../workspace/types.ts';

export interface FoldingRange {
  readonly span: Span;
  readonly kind: 'code' | 'comment' | 'region';
  /** The last line begins with the bracket that closes it; it stays in sight. */
  readonly closed: boolean;
}

/** In order of place, an outer range before those inside. Ranges within one line are left out. */
export async function foldingRanges(workspace: Workspace, uri: string): Promise<readonly FoldingRange[]> {
  const document = await workspace.document(uri);
  if (document?.kind !== 'dax') return [];
  return document.regions
    .flatMap(({ region, segments }) => {
      const start = region.map[0]?.document ?? 0;
      const own = segments.flatMap(({ segment }) => foldsOf(segment).map((it) => ({ ...it, span: shift(it.span, start + segment.start) })));
      return [...own, ...markedRegions(segments).map((it) => ({ ...it, span: shift(it.span, start) }))];
    })
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

// A segment that only moved keeps its item, and with it all that folds in it.
const kept = new WeakMap<Item, readonly FoldingRange[]>();

function foldsOf(segment: Segment): readonly FoldingRange[] {
  const known = kept.get(segment.item);
  if (known !== undefined) return known;
  const { text, item } = segment;
  const found = [
    ...itemFolds(item, text),
    ...expressionsOf(item).flatMap((it) => expressionFolds(it, segment)),
    ...commentFolds(segment),
  ].filter((it) => /[\r\n]/.test(text.slice(it.span.start, it.span.end)));
  kept.set(item, found);
  return found;
}

const code = (span: Span): FoldingRange => ({ span, kind: 'code', closed: false });

function itemFolds(item: Item, text: string): readonly FoldingRange[] {
  if (item.kind === 'prose') return [];
  const docs = docsFold(item.docs, text);
  if (item.kind !== 'query') return [...docs, code(item.span)];
  const members = [...item.definitions, ...item.evaluates];
  return [
    ...docs,
    code(item.span),
    ...item.definitions.flatMap((it: Definition) => docsFold(it.docs, text)),
    ...members.map((it) => code(it.span)),
  ];
}

const docsFold = (docs: DocComment | undefined, text: string): readonly FoldingRange[] =>
  docs === undefined ? [] : [{ span: { start: docs.span.start, end: lineEnd(text, docs.span.end) }, kind: 'comment', closed: false }];

function expressionFolds(expression: Expression, { text, comments }: Segment): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  walk(expression, (it) => {
    switch (it.kind) {
      case 'call':
        if (it.close !== undefined) found.push(bracket({ start: it.open.start, end: it.close.end }, text));
        break;
      case 'parenthesized':
      case 'tuple':
      case 'constructor':
        found.push(bracket(it.span, text));
        break;
      case 'var':
        found.push(...variableFolds(it, text, comments));
        break;
      default:
    }
  });
  return found;
}

/** What stands between brackets. Where nothing but blanks is before the closing one on its line, that line stays in sight. */
function bracket({ start, end }: Span, text: string): FoldingRange {
  if (!/[)}]/.test(text.charAt(end - 1))) return code({ start, end });
  return { span: { start: start + 1, end: end - 1 }, kind: 'code', closed: /[\r\n][ \t\u00a0]*$/.test(text.slice(start, end - 1)) };
}

function variableFolds(block: VarBlock, text: string, comments: readonly Span[]): readonly FoldingRange[] {
  const before = block.variables.at(-1)?.span.end ?? block.span.start;
  const result = block.body.kind === 'missing' ? undefined : returnBefore(text, before, block.body.span.start, comments);
  return [
    code(block.span),
    ...block.variables.map((it) => code(it.span)),
    ...(result === undefined ? [] : [code({ start: result, end: block.body.span.end })]),
  ];
}

/** Offset of the RETURN between the last variable and the result. */
function returnBefore(text: string, from: number, to: number, comments: readonly Span[]): number | undefined {
  for (const it of text.slice(from, to).matchAll(/\breturn\b/gi)) {
    const at = from + it.index;
    if (!comments.some((comment) => comment.start <= at && at < comment.end)) return at;
  }
  return undefined;
}

/** Block comments, and lines of comment one below the other. */
function commentFolds({ text, comments }: Segment): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  let run: Span | undefined;
  const end = (): void => {
    if (run !== undefined) found.push({ span: run, kind: 'comment', closed: false });
    run = undefined;
  };
  for (const it of comments) {
    const isBlock = text.startsWith('/*', it.start);
    const isAlone = /(?:^|[\r\n])[ \t\u00a0]*$/.test(text.slice(Math.max(0, it.start - 200), it.start));
    if (isBlock || !isAlone || markerOf(text, it) !== undefined) {
      end();
      if (isBlock) found.push({ span: it, kind: 'comment', closed: false });
    } else if (run !== undefined && /^[ \t\u00a0]*(?:\r\n|\n|\r)[ \t\u00a0]*$/.test(text.slice(run.end, it.start))) run = { start: run.start, end: it.end };
    else {
      end();
      run = it;
    }
  }
  end();
  return found;
}

const markerOf = (text: string, comment: Span): 'region' | 'endregion' | undefined =>
  (/^(?:\/\/|--)[ \t]*#(region|endregion)\b/.exec(text.slice(comment.start, comment.start + 200))?.[1] as 'region' | 'endregion' | undefined);

/** From `// #region` to the `// #endregion` that belongs to it, whatever definitions lie between. */
function markedRegions(segments: RegionView['segments']): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  const open: number[] = [];
  for (const { segment } of segments) {
    for (const it of segment.comments) {
      const marker = markerOf(segment.text, it);
      if (marker === 'region') open.push(segment.start + it.start);
      const start = marker === 'endregion' ? open.pop() : undefined;
      if (start !== undefined) found.push({ span: { start, end: segment.start + it.end }, kind: 'region', closed: false });
    }
  }
  return found;
}
