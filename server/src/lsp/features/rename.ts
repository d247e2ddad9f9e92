// textDocument/rename and textDocument/prepareRename
import {
  LSPErrorCodes,
  ResponseError,
  type ClientCapabilities,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from '../library.ts';
import { toOffset, toRange, uriOf } from '../convert.ts';
import { clientUri, linesOnce } from '../locations.ts';
import { answer, type Feature, type FeatureContext } from './feature.ts';

const prepares = (client: ClientCapabilities): boolean => client.textDocument?.rename?.prepareSupport === true;

/** The sentence is shown to the person who asked. */
const refusal = (sentence: string): ResponseError<void> => new ResponseError(LSPErrorCodes.RequestFailed, sentence);

export const renameFeature: Feature = {
  methods: ['textDocument/rename', 'textDocument/prepareRename'],
  declare: (client) => ({ renameProvider: prepares(client) ? { prepareProvider: true } : true }),
  listen(connection, ctx) {
    answer<RenameParams, WorkspaceEdit | ResponseError<void> | null>(connection, ctx, 'textDocument/rename', rename, null);
    if (!prepares(ctx.client)) return;
    answer<PrepareRenameParams, PrepareRenameResult | ResponseError<void> | null>(connection, ctx, 'textDocument/prepareRename', prepare, null);
  },
};

async function prepare({ textDocument, position }: PrepareRenameParams, { service }: FeatureContext): Promise<PrepareRenameResult | ResponseError<void> | null> {
  const uri = uriOf(textDocument);
  const document = await service.document(uri);
  if (document === undefined) return null;
  const found = await service.prepareRename(uri, toOffset(document, position));
  if (found === undefined) return null;
  return 'refused' in found ? refusal(found.refused) : { range: toRange(document, found.span), placeholder: found.placeholder };
}

async function rename({ textDocument, position, newName }: RenameParams, ctx: FeatureContext): Promise<WorkspaceEdit | ResponseError<void> | null> {
  const { service, documents, client } = ctx;
  const uri = uriOf(textDocument);
  const versions = new Map(documents.all().map((it) => [it.uri, it.version]));
  const document = await service.document(uri);
  if (document === undefined) return null;
  const found = await service.rename(uri, toOffset(document, position), newName);
  if (found === undefined) return null;
  if ('refused' in found) return refusal(found.refused);
  const linesOf = linesOnce(ctx);
  const changes: { readonly uri: string; readonly version: number | null; readonly edits: TextEdit[] }[] = [];
  for (const file of found.files) {
    const lines = await linesOf(file.uri);
    const at = clientUri(ctx, file.uri);
    const version = documents.get(at)?.version;
    // Places are those of the text as it was when they were looked for.
    if (lines === undefined || version !== versions.get(at)) return new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed since.');
    changes.push({ uri: at, version: version ?? null, edits: file.edits.map((it) => ({ range: toRange({ lines }, it.span), newText: it.newText })) });
  }
  if (client.workspace?.workspaceEdit?.documentChanges !== true) return { changes: Object.fromEntries(changes.map((it) => [it.uri, it.edits])) };
  return { documentChanges: changes.map((it): TextDocumentEdit => ({ textDocument: { uri: it.uri, version: it.version }, edits: it.edits })) };
}
