// textDocument/documentSymbol
import { SymbolKind, type DocumentSymbol, type DocumentSymbolParams, type SymbolInformation } from '../library.ts';
import type { DocumentSymbol as Symbol } from '../../ide/documentSymbols.ts';
import { toRange, uriOf, type Lined } from '../convert.ts';
import { request } from './feature.ts';

const kinds: Readonly<Record<Symbol['kind'], SymbolKind>> = {
  measure: SymbolKind.Property,
  column: SymbolKind.Field,
  table: SymbolKind.Class,
  function: SymbolKind.Function,
  variable: SymbolKind.Variable,
  query: SymbolKind.Event,
};

export const documentSymbolFeature = request<DocumentSymbolParams, DocumentSymbol[] | SymbolInformation[] | null>({
  method: 'textDocument/documentSymbol',
  declare: () => ({ documentSymbolProvider: { label: 'DAX Metrics' } }),
  neutral: null,
  async run({ textDocument }, { service, client }) {
    const uri = uriOf(textDocument);
    const document = await service.document(uri);
    if (document === undefined) return null;
    const symbols = await service.documentSymbols(uri);
    if (symbols.length === 0) return null;
    return client.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true
      ? symbols.map((it) => toSymbol(document, it))
      : symbols.flatMap((it) => [it, ...it.children]).map((it) => ({
        name: it.name, kind: kinds[it.kind], location: { uri: textDocument.uri, range: toRange(document, it.span) },
      }));
  },
});

function toSymbol(document: Lined, it: Symbol): DocumentSymbol {
  return {
    name: it.name,
    kind: kinds[it.kind],
    range: toRange(document, it.span),
    selectionRange: toRange(document, it.nameSpan),
    children: it.children.map((child) => toSymbol(document, child)),
    ...(it.detail === undefined ? {} : { detail: it.detail }),
  };
}
