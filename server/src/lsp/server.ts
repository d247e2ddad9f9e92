// The language server on a connection: the session's life, document sync, and the features of the table.
import {
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LanguageService, OpenText } from '../ide/service.ts';
import { capabilitiesOf, features, listenTo } from './features.ts';

/** What differs between a Node process and a web worker. */
export interface ServerHost {
  readonly yieldToMessages: () => Promise<void>;
  createService(connection: Connection, params: InitializeParams): LanguageService;
}

export const serverName = 'DAX Metrics';

/** Serves one client until the connection ends. */
export function serve(connection: Connection, host: ServerHost): void {
  connection.onInitialize((params): InitializeResult => {
    const service = host.createService(connection, params);
    const documents = new TextDocuments(TextDocument);
    documents.onDidOpen(({ document }) => service.open(openText(document)));
    documents.onDidChangeContent(({ document }) => service.change(openText(document)));
    documents.onDidClose(({ document }) => service.close(document.uri));
    documents.listen(connection);
    listenTo(features, params.capabilities, connection, {
      service,
      documents,
      yieldToMessages: host.yieldToMessages,
      log: (message) => connection.console.error(message),
    });
    connection.onRequest('daxMetrics/settled', () => service.settled());
    return {
      capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental, ...capabilitiesOf(features, params.capabilities) },
      serverInfo: { name: serverName },
    };
  });
  connection.listen();
}

function openText(document: TextDocument): OpenText {
  return { uri: document.uri, languageId: document.languageId, version: document.version, text: document.getText() };
}
