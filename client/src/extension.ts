// What both hosts share: when the server starts, its status, the commands, and file access on the server's behalf.
import { commands, EventEmitter, Uri, window, workspace, type Disposable, type Event, type ExtensionContext, type LogOutputChannel, type TextDocument } from 'vscode';
import { ErrorAction, State, type BaseLanguageClient, type ErrorHandler, type LanguageClientOptions } from 'vscode-languageclient';
import type { ChangedParams, InitializationOptions } from '../../server/src/lsp/protocol.ts';
import { afterProposals } from './languageClient/completion.ts';
import { documentSelector, mayHoldDax, modelFiles } from './languageClient/documents.ts';
import { clientFeatures } from './features.ts';
import { answerFileRequests } from './languageClient/files.ts';
import { referencesCommand } from './commands/references.ts';
import { hoverOfSelection } from './languageClient/hover.ts';
import { renameCommand } from './commands/renameAt.ts';
import { resultsCommand } from './results/commands.ts';
import { rulePages } from './rulePages.ts';
import type { Session } from './session.ts';
import { readSettings } from './commands/settings.ts';
import { createStatus } from './languageClient/status.ts';
import { testsCommand } from './tests/explorer.ts';
import { pinCommand } from './tests/pin.ts';

export interface HostedClient {
  readonly client: BaseLanguageClient;
  /** Ends what the client itself does not end, such as a worker. */
  dispose(): void;
}

export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => HostedClient;

/** What the extension exports to other extensions. */
export interface ExtensionApi {
  /** Resolves when the server has started, where one is needed, and no check or evaluation is under way. */
  settled(): Promise<void>;
  /** Fired each time the server has started: at first, after a restart, and after a crash. */
  readonly onDidStart: Event<unknown>;
}

export interface RunningExtension {
  readonly api: ExtensionApi;
  stop(): Promise<void>;
}

/**
 * Registers everything and starts the server as soon as the window holds something for it: a DAX document, a page with
 * a DAX fence, or a model file.
 */
export function startExtension(context: ExtensionContext, createClient: CreateClient): RunningExtension {
  const status = createStatus();
  const started = new EventEmitter<BaseLanguageClient>();
  const changed = new EventEmitter<ChangedParams>();
  let hosted: HostedClient | undefined;
  let log: LogOutputChannel | undefined;
  let turn: Promise<void> = Promise.resolve();

  /** Starts and stops come one after the other, however fast they are asked for. */
  const queue = (step: () => Promise<void>): Promise<void> => (turn = turn.then(step, step));

  const stop = async (): Promise<void> => {
    const ending = hosted;
    hosted = undefined;
    if (ending === undefined) return;
    try {
      await ending.client.dispose();
    } catch {
      // A server that never ran or has died cannot be stopped; there is nothing left to end.
    }
    ending.dispose();
  };

  const start = async (): Promise<void> => {
    if (hosted !== undefined) return;
    status.starting();
    // One log for all servers of the window: what the last one said is there when the next one runs.
    log ??= window.createOutputChannel('DAX Metrics', { log: true });
    // A server that died refuses whatever is still written to it: that alone is no reason to give it up, its end is.
    const errorHandler: ErrorHandler = { error: () => ({ action: ErrorAction.Continue, handled: true }), closed: () => restarts.closed() };
    const starting = createClient('daxMetrics', 'DAX Metrics', { ...clientOptions(context), errorHandler, outputChannel: log, middleware: { ...hoverOfSelection(running), ...afterProposals } });
    const restarts = starting.client.createDefaultErrorHandler();
    hosted = starting;
    let isUp = false;
    starting.client.onDidChangeState(({ newState }) => {
      status.follow(newState);
      // The client starts a server that crashed again by itself, unless it crashes over and over.
      if (newState === State.Running && isUp) started.fire(starting.client);
    });
    answerFileRequests(starting.client);
    starting.client.onNotification('daxMetrics/changed', (it: ChangedParams) => changed.fire(it));
    try {
      await starting.client.start();
      started.fire(starting.client);
    } catch (error) {
      status.failed(error);
    } finally {
      isUp = true;
    }
  };

  const running = (): BaseLanguageClient | undefined => (hosted?.client.isRunning() === true ? hosted.client : undefined);
  const session: Session = {
    context,
    async client() {
      await turn;
      return running();
    },
    async ready() {
      await queue(start);
      return running();
    },
    onDidStart: started.event,
    onDidChange: changed.event,
  };
  context.subscriptions.push(
    status,
    started,
    changed,
    commands.registerCommand('daxMetrics.restart', () => queue(async () => { await stop(); await start(); })),
    commands.registerCommand('daxMetrics.showLog', () => (log ??= window.createOutputChannel('DAX Metrics', { log: true })).show()),
    { dispose: () => log?.dispose() },
    ...clientFeatures.map((it) => it(session)),
    whenNeeded(() => void queue(start)),
  );
  const settled = async (): Promise<void> => {
    await turn;
    await running()?.sendRequest('daxMetrics/settled');
  };
  return { api: { settled, onDidStart: started.event }, stop: () => queue(stop) };
}

function clientOptions(context: ExtensionContext): LanguageClientOptions {
  const initializationOptions: InitializationOptions = {
    clientFiles: true,
    settings: readSettings(),
    rulePages,
    renameCommand,
    lensCommands: { tests: testsCommand, references: referencesCommand, results: resultsCommand, pin: pinCommand },
    followsChanges: true,
    evaluationWorker: Uri.joinPath(context.extensionUri, 'dist', 'worker.js').toString(true),
  };
  return {
    documentSelector,
    initializationOptions,
    diagnosticCollectionName: 'daxMetrics',
    diagnosticPullOptions: { onChange: true, onSave: false, onFocus: false },
  };
}

/** Calls back once: at once when the window needs the server, else when it first does. */
function whenNeeded(start: () => void): Disposable {
  const waiting: Disposable[] = [];
  let done = false;
  const end = (): void => {
    done = true;
    for (const it of waiting.splice(0)) it.dispose();
  };
  const need = (): void => {
    if (done) return;
    end();
    start();
  };
  const look = (document: TextDocument): void => {
    if (mayHoldDax(document)) need();
  };
  for (const document of workspace.textDocuments) look(document);
  if (!done) {
    waiting.push(workspace.onDidOpenTextDocument(look), workspace.onDidChangeTextDocument((event) => look(event.document)));
    void workspace.findFiles(modelFiles, '**/node_modules/**', 1).then((found) => {
      if (found.length > 0) need();
    });
  }
  return { dispose: end };
}
