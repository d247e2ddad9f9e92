// The results view in the panel: its page, and the messages between the page and the language server.
import { CancellationTokenSource, commands, Disposable, env, EventEmitter, window, workspace, type Webview, type WebviewView, type WebviewViewProvider } from 'vscode';
import type { Act, Ask, Opening, State, ToExtension, ToPage } from '../../webview/results/messages.ts';
import type { Copied, ResultSubject } from '../../../server/src/lsp/protocol/results.ts';
import type { Session } from '../session.ts';
import { chooseColumns } from './columns.ts';
import { stateOf } from './kept.ts';
import { pageHtml, resourceRoot } from '../pageHtml.ts';
import { pinResults } from './pin.ts';
import { revealPlace } from './reveal.ts';

export const viewId = 'daxMetrics.results';

export interface ResultsView extends Disposable {
  /** Brings the view into sight and shows results of a subject; resolves to its title once they are there, to undefined where something else is shown before. */
  show(subject: ResultSubject, opening: Opening): Promise<string | undefined>;
}

/** Each a command, which a page's menu offers where it can do it. */
const acts: Readonly<Record<Act, true>> = {
  keep: true, drop: true, explain: true, rows: true, whyCounted: true, whyNotCounted: true, copyValue: true, copyCsv: true, copyMarkdown: true, pinValue: true, pinRows: true,
};

const methods = {
  results: 'daxMetrics/results', explain: 'daxMetrics/explainResult', rows: 'daxMetrics/rowsBehindResult', fate: 'daxMetrics/rowFate',
} as const satisfies Readonly<Record<Ask['about'], string>>;

/** What the view shows, kept for the workspace: it is there again in the next window. */
const kept = 'results.state';

/** Edits that come one after the other are one change, in milliseconds. */
const calm = 300;
/** How long the status bar says what was copied, in milliseconds. */
const patience = 4000;

export function createResultsView(session: Session): ResultsView {
  const shown = new EventEmitter<{ readonly title: string; readonly subject: ResultSubject }>();
  /** Ends the wait for what was to be shown last. */
  let giveUp: (() => void) | undefined;
  let view: WebviewView | undefined;
  /** What a page that is not there yet is to show. */
  let waiting: Extract<ToPage, { type: 'show' }> | undefined;
  /** The page says each change of it. An editor writes what a page keeps by itself now and then only. */
  let state: State | undefined = stateOf(session.context.workspaceState.get(kept));
  let isReady = false;
  let subject: ResultSubject | undefined;
  let soon: ReturnType<typeof setTimeout> | undefined;

  const post = (message: ToPage): void => void view?.webview.postMessage(message);
  const send = (): void => {
    if (waiting !== undefined) post(waiting);
    waiting = undefined;
  };
  /** A page that is not ready will ask for everything by itself. */
  const changed = (): void => {
    if (!isReady) return;
    clearTimeout(soon);
    soon = setTimeout(() => { if (isReady) post({ type: 'changed' }); }, calm);
  };

  const offer = (): Thenable<unknown> => commands.executeCommand('setContext', 'daxMetrics.hasResults', true);
  if (state !== undefined) void offer();

  const provider: WebviewViewProvider = {
    resolveWebviewView(resolved) {
      view = resolved;
      isReady = false;
      const { webview } = resolved;
      const extension = session.context.extensionUri;
      webview.options = { enableScripts: true, localResourceRoots: [resourceRoot(extension)] };
      const running = new Map<number, CancellationTokenSource>();
      const end = Disposable.from(
        webview.onDidReceiveMessage((message: ToExtension) => void receive(message, webview, running)),
        resolved.onDidChangeVisibility(() => { if (!resolved.visible) isReady = false; }),
      );
      resolved.onDidDispose(() => {
        end.dispose();
        for (const it of running.values()) it.cancel();
        if (view !== resolved) return;
        view = undefined;
        isReady = false;
      });
      webview.html = pageHtml(webview, extension, 'results', 'Results');
    },
  };

  async function receive(message: ToExtension, webview: Webview, running: Map<number, CancellationTokenSource>): Promise<void> {
    switch (message.type) {
      case 'ready':
        isReady = true;
        if (waiting === undefined && state !== undefined) post({ type: 'restore', state });
        return send();
      case 'keep':
        ({ state } = message);
        return void session.context.workspaceState.update(kept, state);
      case 'ask': {
        const source = new CancellationTokenSource();
        running.set(message.id, source);
        const answer = await ask(methods[message.ask.about], message.ask.params, source);
        running.delete(message.id);
        if (!source.token.isCancellationRequested) void webview.postMessage({ type: 'answer', id: message.id, answer: answer as never } satisfies ToPage);
        return source.dispose();
      }
      case 'cancel': return running.get(message.id)?.cancel();
      case 'chooseColumns': {
        const client = await session.ready();
        const by = client === undefined ? undefined : await chooseColumns(client, message.subject, message.by);
        if (by !== undefined) post({ type: 'columns', subject: message.subject, by });
        // An editor gives the focus back to the text, not to the page that asked.
        return void commands.executeCommand(`${viewId}.focus`);
      }
      case 'copy': {
        const copied = (await ask('daxMetrics/copyResults', message.params)) as Copied | null | undefined;
        if (copied === null || copied === undefined) return;
        await env.clipboard.writeText(copied.text);
        const rows = `${copied.rows.toLocaleString()} ${copied.rows === 1 ? 'row' : 'rows'}`;
        const mark = copied.isMadeUp ? ' (generated)' : '';
        window.setStatusBarMessage(`${copied.rows < copied.total ? `Copied the first ${rows} of ${copied.total.toLocaleString()}` : `Copied ${rows}`}${mark}`, patience);
        return;
      }
      case 'copyText':
        await env.clipboard.writeText(message.text);
        return void window.setStatusBarMessage('Copied the value', patience);
      case 'pin': return pinResults(session, message.params, message.total, message.rest);
      case 'reveal': return revealPlace(session, message.place);
      case 'shown':
        ({ subject } = message);
        if (view !== undefined) view.description = message.title;
        return shown.fire(message);
    }
  }

  /** @returns undefined where there is no server or it does not answer */
  async function ask(method: string, params: unknown, source = new CancellationTokenSource()): Promise<unknown> {
    const client = await session.ready();
    return client?.sendRequest(method, params, source.token).catch(() => undefined);
  }

  return Object.assign(Disposable.from(
    shown,
    window.registerWebviewViewProvider(viewId, provider),
    session.onDidChange(changed),
    session.onDidStart(changed),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // Other files tell of their changes through the server.
      if (contentChanges.length > 0 && document.languageId === 'markdown' && document.uri.toString() === subject?.uri) changed();
    }),
    ...Object.keys(acts).map((act) => commands.registerCommand(`daxMetrics.results.${act}`, () => { if (isReady) post({ type: 'act', act: act as Act }); })),
    { dispose: () => clearTimeout(soon) },
  ), {
    async show(wanted: ResultSubject, opening: Opening) {
      giveUp?.();
      const there = new Promise<string | undefined>((resolve) => {
        const listening = shown.event((it) => {
          if (JSON.stringify(it.subject) !== JSON.stringify(wanted)) return;
          listening.dispose();
          resolve(it.title);
        });
        giveUp = () => {
          listening.dispose();
          resolve(undefined);
        };
      });
      await offer();
      waiting = { type: 'show', subject: wanted, opening, chart: state?.chart ?? true };
      await commands.executeCommand(`${viewId}.focus`);
      // A page that was in sight all the time does not say that it is ready.
      if (isReady) send();
      return there;
    },
  });
}
