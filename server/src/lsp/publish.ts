// Diagnostics for clients that cannot ask for them: sent after changes, for the newest text only.
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LanguageService } from '../ide/service.ts';
import { toDiagnostic } from './convert.ts';

export interface PublishContext {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly service: LanguageService;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly log: (message: string) => void;
}

/** Typing is over when nothing came for so many milliseconds. */
const pause = 150;

export function publishDiagnostics({ connection, documents, service, delay, log }: PublishContext): void {
  const due = new Map<string, number>();
  let turn = 0;

  const publish = async (uri: string): Promise<void> => {
    const mine = ++turn;
    due.set(uri, mine);
    await delay(pause);
    if (due.get(uri) !== mine) return;
    const version = documents.get(uri)?.version;
    const found = await service.diagnostics(uri);
    const document = documents.get(uri);
    if (document === undefined || document.version !== version || due.get(uri) !== mine) return;
    await connection.sendDiagnostics({ uri, version: document.version, diagnostics: found.map((it) => toDiagnostic(document, it)) });
  };
  const start = (uri: string): void =>
    void publish(uri).catch((error: unknown) => log(`diagnostics of ${uri} failed: ${error instanceof Error ? error.stack : String(error)}`));

  documents.onDidChangeContent(({ document }) => start(document.uri));
  documents.onDidClose(({ document }) => {
    due.delete(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
  service.onDidChange(() => {
    for (const it of documents.all()) start(it.uri);
  });
}
