// textDocument/hover, and the same with what is selected
import { MarkupKind, type Hover, type HoverParams } from '../library.ts';
import { toOffset, toRange, toSpan, uriOf } from '../convert.ts';
import type { SelectionHoverParams } from '../protocol/values.ts';
import { ownRequest, request, type FeatureContext } from './feature.ts';

export const hoverFeature = request<HoverParams, Hover | null>({
  method: 'textDocument/hover',
  declare: () => ({ hoverProvider: true }),
  neutral: null,
  run: hover,
});

export const selectionHoverFeature = ownRequest<SelectionHoverParams, Hover | null>('daxMetrics/selectionHover', hover, null);

async function hover({ textDocument, position, selection }: HoverParams & Partial<SelectionHoverParams>, { service }: FeatureContext): Promise<Hover | null> {
  const uri = uriOf(textDocument);
  const document = await service.document(uri);
  if (document === undefined) return null;
  const found = await service.hover(uri, toOffset(document, position), selection === undefined ? undefined : toSpan(document, selection));
  if (found === undefined) return null;
  return { contents: { kind: MarkupKind.Markdown, value: found.markdown }, range: toRange(document, found.span) };
}
