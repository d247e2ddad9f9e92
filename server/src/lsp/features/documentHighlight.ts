// textDocument/documentHighlight
import { DocumentHighlightKind, type DocumentHighlight, type DocumentHighlightParams } from '../library.ts';
import { toOffset, toRange, uriOf } from '../convert.ts';
import { request } from './feature.ts';

export const documentHighlightFeature = request<DocumentHighlightParams, DocumentHighlight[] | null>({
  method: 'textDocument/documentHighlight',
  declare: () => ({ documentHighlightProvider: true }),
  neutral: null,
  async run({ textDocument, position }, { service }) {
    const uri = uriOf(textDocument);
    const document = await service.document(uri);
    if (document === undefined) return null;
    const found = await service.documentHighlights(uri, toOffset(document, position));
    if (found.length === 0) return null;
    return found.map((it) => ({
      range: toRange(document, it.span),
      kind: it.kind === 'write' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  },
});
