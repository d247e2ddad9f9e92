// "Show Dependencies": the graph of what a metric reads, in a panel beside the editor; one panel shows one metric at a time.
import { commands, Range, Uri, ViewColumn, window, workspace, type WebviewPanel } from 'vscode';
import type { DependenciesParams, DependenciesResult, DependencyGraph } from '../../../server/src/lsp/protocol/dependencies.ts';
import type { ModelTreeNode } from '../../../server/src/lsp/protocol/modelTree.ts';
import type { FromPage, ToPage } from '../../webview/graph/messages.ts';
import type { ClientFeature } from '../features.ts';
import type { Session } from '../session.ts';
import { pageHtml, resourceRoot } from '../pageHtml.ts';

/** How long the status bar says that there is no metric, in milliseconds. */
const patience = 4000;

interface Open {
  readonly panel: WebviewPanel;
  graph: DependencyGraph;
  params: DependenciesParams;
}

export const dependencyGraph: ClientFeature = (session) => {
  let open: Open | undefined;
  const draw = (it: Open): void => {
    it.panel.title = `${it.graph.metric}: Dependencies`;
    const message: ToPage = { kind: 'graph', graph: it.graph };
    void it.panel.webview.postMessage(message);
  };
  const show = async (node: ModelTreeNode | undefined): Promise<void> => {
    const params = paramsOf(node, await session.client());
    const graph = params === undefined ? null : await asked(session, params);
    if (params === undefined || graph === null) {
      window.setStatusBarMessage('DAX Metrics: put the cursor into the definition of a metric to see what it reads', patience);
      return;
    }
    if (open !== undefined) {
      Object.assign(open, { graph, params });
      open.panel.reveal(undefined, true);
      draw(open);
      return;
    }
    const { extensionUri } = session.context;
    const panel = window.createWebviewPanel('daxMetrics.graph', graph.metric, { viewColumn: ViewColumn.Beside, preserveFocus: false }, { enableScripts: true, localResourceRoots: [resourceRoot(extensionUri)] });
    const it: Open = (open = { panel, graph, params });
    panel.onDidDispose(() => (open = undefined));
    panel.webview.onDidReceiveMessage((message: FromPage) => (message.kind === 'ready' ? draw(it) : void reveal(it.graph, message.node, panel)));
    panel.webview.html = pageHtml(panel.webview, extensionUri, 'graph', 'Dependencies');
    draw(it);
  };
  const all = [
    commands.registerCommand('daxMetrics.showDependencies', (node?: ModelTreeNode) => show(node)),
    // What is saved is what a graph tells of.
    workspace.onDidSaveTextDocument(async () => {
      if (open?.panel.visible !== true) return;
      const it = open;
      const graph = await asked(session, it.params);
      if (graph === null || open !== it || graph.metric !== it.graph.metric) return;
      it.graph = graph;
      draw(it);
    }),
    { dispose: () => open?.panel.dispose() },
  ];
  return { dispose: () => all.forEach((it) => void it.dispose()) };
};

/** The metric of a line in the tree of models, else the one at the cursor. */
function paramsOf(node: ModelTreeNode | undefined, client: Awaited<ReturnType<Session['client']>>): DependenciesParams | undefined {
  const [model, , metric] = node?.path ?? [];
  if (model !== undefined && metric !== undefined) return { model, metric };
  const editor = window.activeTextEditor;
  if (editor === undefined || client === undefined) return undefined;
  const { line, character } = editor.selection.active;
  return { textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) }, position: { line, character } };
}

async function asked(session: Session, params: DependenciesParams): Promise<DependenciesResult> {
  const client = await session.client();
  return client === undefined ? null : client.sendRequest<DependenciesResult>('daxMetrics/dependencies', params);
}

async function reveal({ nodes }: DependencyGraph, id: string, panel: WebviewPanel): Promise<void> {
  const place = nodes.find((it) => it.id === id)?.place;
  if (place === undefined) return;
  const { start, end } = place.range;
  const beside = window.tabGroups.all.find((it) => it.viewColumn !== panel.viewColumn)?.viewColumn ?? ViewColumn.Beside;
  await window.showTextDocument(Uri.parse(place.uri), { selection: new Range(start.line, start.character, end.line, end.character), viewColumn: beside });
}
