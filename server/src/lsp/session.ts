// A session with one client: documents, settings, files, and what answers the features of the table.
import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification, TextDocuments, type Connection, type InitializeParams } from './library.ts';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createLanguageService, type OpenText } from '../ide/service.ts';
import type { AskClient } from '../host/clientFiles.ts';
import { createWorkspace } from '../workspace/index.ts';
import type { Host } from '../workspace/host.ts';
import type { Workspace } from '../workspace/types.ts';
import { features, listenTo, registrationsOf } from './features.ts';
import type { InitializationOptions } from './protocol.ts';
import { evaluationShown, loadingShown } from './progress.ts';
import type { CreateHost, ServerHost } from './server.ts';
import { createSettings } from './settings.ts';

/** Files whose change may change a finding or a value. */
const watched = '**/*.{dax,md,markdown,yaml,yml,json,ndjson,csv,tsv,parquet}';

/** Answers the client until the connection ends. @param params what it said with `initialize` */
export function openSession(connection: Connection, params: InitializeParams, serverHost: ServerHost, createHost: CreateHost): void {
  const client = params.capabilities;
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  const documents = new TextDocuments(TextDocument);
  const settings = createSettings(connection, client, options.settings);
  const ask: AskClient | undefined =
    options.clientFiles === true ? (method, it) => connection.sendRequest(method, it) : undefined;

  const watchLoading = loadingShown(connection, client, serverHost.delay);
  const watchEvaluation = evaluationShown(connection, client, serverHost.delay);

  const openWorkspace = (folders: readonly string[]): { readonly workspace: Workspace; dispose(): void } => {
    const host: Host = { ...createHost(folders, ask, options.evaluationWorker), ...(watchLoading === undefined ? {} : { watchLoading }), ...(watchEvaluation === undefined ? {} : { watchEvaluation }) };
    const workspace = createWorkspace({ host, folders });
    for (const it of documents.all()) workspace.setText(openText(it));
    workspace.onDidChange(() => service.changed());
    return {
      workspace,
      dispose() {
        workspace.dispose();
        host.engine.dispose();
      },
    };
  };
  let folders = foldersOf(params);
  let opened = openWorkspace(folders);
  const service = createLanguageService({ workspace: () => opened.workspace, settings: settings.of, delay: serverHost.delay });
  const reopen = (next: readonly string[]): void => {
    folders = next;
    opened.dispose();
    opened = openWorkspace(folders);
    service.changed();
  };

  documents.onDidOpen(({ document }) => service.open(openText(document)));
  documents.onDidChangeContent(({ document }) => service.change(openText(document)));
  documents.onDidSave(({ document }) => service.save(document.uri));
  documents.onDidClose(({ document }) => {
    service.close(document.uri);
    settings.forget(document.uri);
  });
  documents.listen(connection);

  settings.onDidChange(() => service.changed());

  listenTo(features, client, connection, {
    service,
    documents,
    client,
    rulePages: options.rulePages,
    renameCommand: options.renameCommand,
    hostOf: (folder) => createHost([folder], ask, options.evaluationWorker),
    lensCommands: options.lensCommands ?? {},
    followsChanges: options.followsChanges === true,
    yieldToMessages: serverHost.yieldToMessages,
    log: (message) => connection.console.error(message),
  });
  connection.onDidChangeWatchedFiles(({ changes }) => opened.workspace.filesChanged(changes.map((it) => it.uri)));
  connection.onRequest('daxMetrics/settled', () => service.settled());
  connection.onShutdown(() => opened.dispose());

  connection.onInitialized(() => {
    const registrations = registrationsOf(features, client).map(({ method, options }) => ({ id: method, method, registerOptions: options }));
    if (registrations.length > 0) {
      connection.sendRequest('client/registerCapability', { registrations }).catch((error: unknown) => connection.console.error(String(error)));
    }
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: watched }] });
    }
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration === true) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: 'daxMetrics' });
    }
    if (client.workspace?.workspaceFolders === true) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((it) => asFolder(it.uri)));
        reopen([...folders.filter((it) => !gone.has(it)), ...added.map((it) => asFolder(it.uri))]);
      });
    }
  });
}

function openText(document: TextDocument): OpenText {
  return { uri: document.uri, languageId: document.languageId, version: document.version, text: document.getText() };
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map((it) => asFolder(it.uri));
  return typeof rootUri === 'string' ? [asFolder(rootUri)] : [];
}

const asFolder = (uri: string): string => (uri.endsWith('/') ? uri : `${uri}/`);
