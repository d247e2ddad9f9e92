// textDocument/foldingRange
import { FoldingRangeKind, type ClientCapabilities, type FoldingRange, type FoldingRangeParams } from '../library.ts';
import type { FoldingRange as Fold } from '../../ide/foldingRanges.ts';
import { toPosition, uriOf, type Lined } from '../convert.ts';
import { request } from './feature.ts';

export const foldingRangeFeature = request<FoldingRangeParams, FoldingRange[] | null>({
  method: 'textDocument/foldingRange',
  declare: () => ({ foldingRangeProvider: true }),
  neutral: null,
  async run({ textDocument }, { service, client }) {
    const uri = uriOf(textDocument);
    const document = await service.document(uri);
    if (document === undefined) return null;
    const folds = await service.foldingRanges(uri);
    if (folds.length === 0) return null;
    return toRanges(document, folds, client);
  },
});

function toRanges(document: Lined, folds: readonly Fold[], client: ClientCapabilities): FoldingRange[] {
  const { lineFoldingOnly, rangeLimit } = client.textDocument?.foldingRange ?? {};
  const ranges: { readonly range: FoldingRange; readonly depth: number }[] = [];
  const around: number[] = [];
  let lastLine = -1;
  for (const it of folds) {
    const start = toPosition(document, it.span.start);
    const end = toPosition(document, it.span.end);
    const endLine = lineFoldingOnly === true && it.closed ? end.line - 1 : end.line;
    // Of ranges that begin on one line an editor shows one: the outermost, which comes first.
    if (endLine <= start.line || start.line === lastLine) continue;
    lastLine = start.line;
    while (around.length > 0 && (around.at(-1) ?? 0) < endLine) around.pop();
    ranges.push({
      depth: around.length,
      range: {
        startLine: start.line,
        endLine,
        ...(lineFoldingOnly === true ? {} : { startCharacter: start.character, endCharacter: end.character }),
        ...(it.kind === 'code' ? {} : { kind: it.kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region }),
      },
    });
    around.push(endLine);
  }
  if (rangeLimit === undefined || ranges.length <= rangeLimit) return ranges.map((it) => it.range);
  // The outer ones stay.
  const kept = new Set([...ranges].sort((a, b) => a.depth - b.depth).slice(0, rangeLimit));
  return ranges.filter((it) => kept.has(it)).map((it) => it.range);
}
