// Findings: pulled by clients that can, pushed to all others, never both.
import {
  DocumentDiagnosticReportKind,
  type ClientCapabilities,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from '../library.ts';
import type { WorkspaceDocument } from '../../workspace/types.ts';
import { toDiagnostic, uriOf } from '../convert.ts';
import { request, type Feature, type FeatureContext } from './feature.ts';
import { coalesced } from './refresh.ts';

const canPull = (client: ClientCapabilities): boolean => client.textDocument?.diagnostic !== undefined;

export const pullDiagnostics: Feature = request<DocumentDiagnosticParams, DocumentDiagnosticReport>({
  method: 'textDocument/diagnostic',
  declare: (client) =>
    canPull(client) ? { diagnosticProvider: { identifier: 'daxMetrics', interFileDependencies: true, workspaceDiagnostics: false } } : undefined,
  neutral: { kind: DocumentDiagnosticReportKind.Full, items: [] },
  async run({ textDocument, previousResultId }, { service, rulePages }) {
    const items = await diagnosticsOf({ service, rulePages }, textDocument.uri);
    const resultId = fingerprint(items);
    return resultId === previousResultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  },
  also(connection, ctx) {
    if (ctx.client.workspace?.diagnostics?.refreshSupport !== true) return;
    const refresh = coalesced(() => connection.languages.diagnostics.refresh(), ctx);
    ctx.service.onDidChange((cause) => {
      // After an edit the client asks for the other files by itself, as `interFileDependencies` tells it to.
      if (cause === 'files') refresh();
    });
  },
});

export const pushDiagnostics: Feature = {
  methods: ['textDocument/publishDiagnostics'],
  declare: (client) => (canPull(client) ? undefined : {}),
  listen(connection, ctx) {
    const publish = async (uri: string): Promise<void> => {
      const version = ctx.documents.get(uri)?.version;
      const diagnostics = version === undefined ? [] : await diagnosticsOf(ctx, uri);
      // A text that changed meanwhile is published by its own change.
      if (ctx.documents.get(uri)?.version !== version) return;
      await connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
    };
    const pending = new Set<string>();
    const flush = coalesced(async () => {
      const uris = [...pending];
      pending.clear();
      for (const uri of uris) await publish(uri);
    }, ctx);
    const ask = (uri: string): void => {
      pending.add(uri);
      flush();
    };
    ctx.documents.onDidChangeContent(({ document }) => ask(document.uri));
    ctx.documents.onDidClose(({ document }) => ask(document.uri));
    ctx.service.onDidChange(() => ctx.documents.keys().forEach(ask));
  },
};

/** @param clientUri in the client's spelling */
async function diagnosticsOf({ service, rulePages }: Pick<FeatureContext, 'service' | 'rulePages'>, clientUri: string): Promise<Diagnostic[]> {
  const uri = uriOf({ uri: clientUri });
  const document = await service.document(uri);
  if (document === undefined) return [];
  const findings = await service.diagnostics(uri);
  const lines = new Map<string, WorkspaceDocument['lines'] | undefined>();
  for (const it of findings.flatMap((finding) => finding.related ?? [])) {
    if (it.uri !== undefined && !lines.has(it.uri)) lines.set(it.uri, await service.lines(it.uri));
  }
  return findings.map((it) => toDiagnostic(clientUri, document, it, (other) => lines.get(other), rulePages));
}

/** Equal for equal reports: FNV-1a over their text, with its length. */
function fingerprint(items: readonly Diagnostic[]): string {
  const text = JSON.stringify(items);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${text.length}-${(hash >>> 0).toString(16)}`;
}
