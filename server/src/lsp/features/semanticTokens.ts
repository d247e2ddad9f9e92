// textDocument/semanticTokens: full, full/delta and range, with a refresh when other files change what names mean
import type {
  ClientCapabilities,
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from '../library.ts';
import { tokenModifiers, tokenTypes } from '../../ide/tokenLegend.ts';
import { toSpan, uriOf } from '../convert.ts';
import { editBetween } from '../tokenEdit.ts';
import { answer, request, type FeatureContext } from './feature.ts';
import { coalesced } from './refresh.ts';

/** Answers that are kept to tell the next ones by their difference: one a document, those asked for last. */
const mostKept = 32;

interface Kept {
  readonly resultId: string;
  readonly data: readonly number[];
}

const offered = (client: ClientCapabilities): boolean => client.textDocument?.semanticTokens !== undefined;

/** The grammar and what names mean: loaded with the session, behind the answer to initialize. */
const loadTokenData = () => import('../semanticTokenData.ts');

const keptFor = new WeakMap<FeatureContext, Map<string, Kept>>();

function keptIn(ctx: FeatureContext): Map<string, Kept> {
  const known = keptFor.get(ctx) ?? new Map<string, Kept>();
  keptFor.set(ctx, known);
  return known;
}

export const semanticTokensFeature = request<SemanticTokensParams, SemanticTokens | null>({
  method: 'textDocument/semanticTokens/full',
  otherMethods: ['textDocument/semanticTokens/full/delta', 'textDocument/semanticTokens/range'],
  declare: (client) =>
    offered(client)
      ? {
        semanticTokensProvider: {
          legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
          full: { delta: true },
          range: true,
        },
      }
      : undefined,
  neutral: null,
  async run({ textDocument }, ctx) {
    const uri = uriOf(textDocument);
    const data = await dataOf(ctx, uri);
    return data === undefined ? null : { resultId: keep(ctx, uri, data), data };
  },
  also(connection, ctx) {
    answer<SemanticTokensDeltaParams, SemanticTokens | SemanticTokensDelta | null>(
      connection, ctx, 'textDocument/semanticTokens/full/delta',
      async ({ textDocument, previousResultId }) => {
        const uri = uriOf(textDocument);
        const data = await dataOf(ctx, uri);
        if (data === undefined) return null;
        const before = keptIn(ctx).get(uri);
        const resultId = keep(ctx, uri, data);
        if (before?.resultId !== previousResultId) return { resultId, data };
        const edit = editBetween(before.data, data);
        return { resultId, edits: edit === undefined ? [] : [edit] };
      },
      null,
    );
    answer<SemanticTokensRangeParams, SemanticTokens | null>(
      connection, ctx, 'textDocument/semanticTokens/range',
      async ({ textDocument, range }) => {
        const document = await ctx.service.document(uriOf(textDocument));
        if (document === undefined || document.regions.length === 0) return null;
        const { tokenData } = await loadTokenData();
        return { data: tokenData(document, isWhole(ctx.client, document.kind), toSpan(document, range)) };
      },
      null,
    );
    ctx.documents.onDidClose(({ document }) => keptIn(ctx).delete(uriOf(document)));
    if (ctx.client.workspace?.semanticTokens?.refreshSupport !== true) return;
    const refresh = coalesced(() => connection.languages.semanticTokens.refresh(), ctx);
    ctx.service.onDidChange((cause) => {
      // The client asks for the edited file's tokens by itself.
      if (cause === 'files' || ctx.documents.keys().length > 1) refresh();
    });
  },
});

async function dataOf(ctx: FeatureContext, uri: string): Promise<number[] | undefined> {
  const document = await ctx.service.document(uri);
  if (document === undefined || document.regions.length === 0) return undefined;
  const { tokenData } = await loadTokenData();
  return tokenData(document, isWhole(ctx.client, document.kind));
}

/** Keywords and literals have their colours from a grammar, where the client lays tokens over one; a model file's DAX has none. */
const isWhole = (client: ClientCapabilities, kind: string): boolean =>
  client.textDocument?.semanticTokens?.augmentsSyntaxTokens !== true || kind === 'model';

/** @returns the id of the answer: the same for the same tokens */
function keep(ctx: FeatureContext, uri: string, data: readonly number[]): string {
  const kept = keptIn(ctx);
  const resultId = fingerprint(data);
  kept.delete(uri);
  kept.set(uri, { resultId, data });
  if (kept.size > mostKept) for (const oldest of kept.keys()) {
    kept.delete(oldest);
    break;
  }
  return resultId;
}

/** FNV-1a over the numbers, with their count. */
function fingerprint(data: readonly number[]): string {
  let hash = 0x811c9dc5;
  for (const it of data) hash = Math.imul(hash ^ it, 0x01000193);
  return `${data.length}-${(hash >>> 0).toString(16)}`;
}
