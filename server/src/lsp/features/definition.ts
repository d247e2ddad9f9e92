// textDocument/definition
import type { ClientCapabilities, DefinitionParams, Location, LocationLink } from '../library.ts';
import { toOffset, toRange, uriOf } from '../convert.ts';
import { request } from './feature.ts';

const knowsLinks = (client: ClientCapabilities): boolean => client.textDocument?.definition?.linkSupport === true;

export const definitionFeature = request<DefinitionParams, LocationLink[] | Location[] | null>({
  method: 'textDocument/definition',
  declare: () => ({ definitionProvider: true }),
  neutral: null,
  async run({ textDocument, position }, { service, client }) {
    const uri = uriOf(textDocument);
    const document = await service.document(uri);
    if (document === undefined) return null;
    const links: LocationLink[] = [];
    for (const it of await service.definition(uri, toOffset(document, position))) {
      const lines = await service.lines(it.uri);
      if (lines === undefined) continue;
      const range = toRange({ lines }, it.span);
      // The editor's own spelling for its own file, so that it does not open it a second time.
      const targetUri = it.uri === uri ? textDocument.uri : it.uri;
      links.push({ originSelectionRange: toRange(document, it.origin), targetUri, targetRange: range, targetSelectionRange: range });
    }
    if (links.length === 0) return null;
    return knowsLinks(client) ? links : links.map((it) => ({ uri: it.targetUri, range: it.targetRange }));
  },
});
