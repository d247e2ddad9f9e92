// textDocument/codeLens and codeLens/resolve: the state of expectations, references and values above a definition
import { CodeLensRefreshRequest, type CodeLens, type CodeLensParams, type Command } from '../library.ts';
import type { CodeLens as Lens, LensText } from '../../ide/codeLens.ts';
import { toRange, uriOf } from '../convert.ts';
import { toLocations } from '../locations.ts';
import { answer, request, type FeatureContext } from './feature.ts';
import { coalesced } from './refresh.ts';

export const codeLensFeature = request<CodeLensParams, CodeLens[] | null>({
  method: 'textDocument/codeLens',
  otherMethods: ['codeLens/resolve'],
  declare: (client) => (client.textDocument?.codeLens === undefined ? undefined : { codeLensProvider: { resolveProvider: true } }),
  neutral: null,
  async run({ textDocument }, { service, lensCommands }) {
    const uri = uriOf(textDocument);
    const document = await service.document(uri);
    if (document === undefined || document.regions.length === 0) return null;
    const lenses = (await service.codeLenses(uri)).filter((it) => it.kind === 'tests' || lensCommands[it.kind] !== undefined);
    return lenses.map(({ kind, span }): CodeLens => ({ range: toRange(document, span), data: { uri: textDocument.uri, kind, start: span.start, end: span.end } }));
  },
  also(connection, ctx) {
    answer<CodeLens, CodeLens>(connection, ctx, 'codeLens/resolve', async (lens, _, token) => {
      const data = asData(lens.data);
      if (data === undefined) return lens;
      const text = await ctx.service.codeLensText(uriOf(data), data.lens, token);
      // The definition is not there any more: an editor that resolves a lens wants a command for it all the same.
      return { ...lens, command: text === undefined ? { title: '', command: '' } : await commandOf(ctx, data.uri, lens, text) };
    }, { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } });
    if (ctx.client.workspace?.codeLens?.refreshSupport !== true) return;
    const refresh = coalesced(() => connection.sendRequest(CodeLensRefreshRequest.type), ctx);
    ctx.service.onDidChange((cause) => {
      // The client asks for the edited file's lenses by itself.
      if (cause === 'files' || ctx.documents.keys().length > 1) refresh();
    });
  },
});

/** A lens without a command of its own is text. */
async function commandOf(ctx: FeatureContext, uri: string, { range }: CodeLens, text: LensText): Promise<Command> {
  const command = ctx.lensCommands[text.kind];
  const place = [uri, range.start.line, range.start.character];
  switch (text.kind) {
    case 'tests': return { title: text.title, command: command ?? '', arguments: [uri, text.metric] };
    case 'references': {
      const places = await toLocations(ctx, text.places);
      return { title: text.title, command: places.length === 0 ? '' : (command ?? ''), arguments: [...place, places] };
    }
    case 'results':
    case 'pin': return { title: text.title, command: command ?? '', arguments: place };
  }
}

const kinds: readonly Lens['kind'][] = ['tests', 'references', 'results', 'pin'];

/** The data as the client hands it back; anything else is none. */
function asData(data: unknown): { readonly uri: string; readonly lens: Lens } | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { uri, kind, start, end } = data as Readonly<Record<string, unknown>>;
  const known = kinds.find((it) => it === kind);
  if (typeof uri !== 'string' || known === undefined || typeof start !== 'number' || typeof end !== 'number') return undefined;
  return { uri, lens: { kind: known, span: { start, end } } };
}
