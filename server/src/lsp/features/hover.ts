// textDocument/hover
import { MarkupKind, type Hover, type HoverParams } from '../library.ts';
import { toOffset, toRange, uriOf } from '../convert.ts';
import { request } from './feature.ts';

export const hoverFeature = request<HoverParams, Hover | null>({
  method: 'textDocument/hover',
  declare: () => ({ hoverProvider: true }),
  neutral: null,
  async run({ textDocument, position }, { service }) {
    const uri = uriOf(textDocument);
    const document = await service.document(uri);
    if (document === undefined) return null;
    const found = await service.hover(uri, toOffset(document, position));
    if (found === undefined) return null;
    return { contents: { kind: MarkupKind.Markdown, value: found.markdown }, range: toRange(document, found.span) };
  },
});
