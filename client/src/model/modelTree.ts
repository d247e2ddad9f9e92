// The view "Model": metrics with values, tables, relationships and choices; a level is asked for when it is opened.
import {
  commands, env, EventEmitter, MarkdownString, Range, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, window,
  type Disposable, type TreeDataProvider, type TreeView,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ModelTreeChanged, ModelTreeNode, ModelTreeResult, TreePath } from '../../../server/src/lsp/protocol/modelTree.ts';
import type { ClientFeature } from '../features.ts';
import type { Session } from '../session.ts';

/** How long changes gather before the tree is drawn anew, in milliseconds. */
const calm = 400;

export const modelTreeView: ClientFeature = (session) => {
  const changed = new EventEmitter<ModelTreeNode | undefined>();
  const nodes = new Map<string, ModelTreeNode>();
  const provider = treeOf(session, changed, nodes);
  const view = window.createTreeView('daxMetrics.model', { treeDataProvider: provider, showCollapseAll: true });
  const refresh = refreshing(view, nodes, changed);
  const follow = (client: BaseLanguageClient): void => {
    client.onNotification('daxMetrics/modelTreeChanged', ({ path }: ModelTreeChanged) => refresh.soon(path));
    refresh.soon();
  };
  const all: readonly Disposable[] = [
    changed, view, refresh,
    session.onDidStart(follow),
    commands.registerCommand('daxMetrics.tree.reveal', (node: ModelTreeNode | undefined) => reveal(node)),
    commands.registerCommand('daxMetrics.tree.copyReference', (node: ModelTreeNode | undefined) => copy(node)),
  ];
  return { dispose: () => all.forEach((it) => void it.dispose()) };
};

function treeOf(session: Session, changed: EventEmitter<ModelTreeNode | undefined>, nodes: Map<string, ModelTreeNode>): TreeDataProvider<ModelTreeNode> {
  return {
    onDidChangeTreeData: changed.event,
    async getChildren(node) {
      const client = await session.client();
      const path: TreePath = node?.path ?? [];
      const found = client === undefined ? [] : await client.sendRequest<ModelTreeResult>('daxMetrics/modelTree', { path });
      for (const it of found) nodes.set(idOf(it.path), it);
      if (node === undefined) await commands.executeCommand('setContext', 'daxMetrics.hasModel', found.length > 0);
      return [...found];
    },
    getTreeItem: (node) => itemOf(node, nodes),
  };
}

function itemOf(node: ModelTreeNode, nodes: ReadonlyMap<string, ModelTreeNode>): TreeItem {
  const item = new TreeItem(node.label, stateOf(node, nodes));
  item.id = idOf(node.path);
  item.iconPath = iconOf(node);
  if (node.description !== undefined) item.description = node.description;
  if (node.tooltip !== undefined) item.tooltip = new MarkdownString().appendText(`${node.label}\n${node.tooltip}`);
  item.contextValue = [
    node.kind, ...(node.hasChildren ? ['opens'] : []), ...(node.place === undefined ? [] : ['placed']), ...(node.reference === undefined ? [] : ['referable']), ...(node.rowsOf === undefined ? [] : ['rows']),
  ].join(' ');
  // A click on what has lines below opens it.
  if (node.place !== undefined && !node.hasChildren) item.command = { command: 'daxMetrics.tree.reveal', title: 'Go to Definition', arguments: [node] };
  return item;
}

/** A lone model is open from the start, and so are its metrics. */
function stateOf({ hasChildren, kind }: ModelTreeNode, nodes: ReadonlyMap<string, ModelTreeNode>): TreeItemCollapsibleState {
  if (!hasChildren) return TreeItemCollapsibleState.None;
  const isLone = [...nodes.values()].filter((it) => it.kind === 'model').length === 1;
  return isLone && (kind === 'model' || kind === 'metrics') ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

const idOf = (path: TreePath): string => JSON.stringify(path);

function iconOf(node: ModelTreeNode): ThemeIcon {
  switch (node.kind) {
    case 'model': return new ThemeIcon('database');
    case 'metrics': return new ThemeIcon('pulse');
    case 'tables': case 'table': return new ThemeIcon('table');
    case 'relationships': return new ThemeIcon('references');
    case 'choices': case 'choice': return new ThemeIcon('symbol-enum');
    case 'option': return new ThemeIcon('symbol-enum-member');
    case 'relationship': return new ThemeIcon(node.trait === 'inactive' ? 'circle-slash' : 'arrow-right');
    case 'metric': return node.trait === 'noValue' ? new ThemeIcon('question', new ThemeColor('disabledForeground')) : new ThemeIcon('symbol-number');
    case 'column': return new ThemeIcon(columnIcon(node.trait));
  }
}

function columnIcon(trait: ModelTreeNode['trait']): string {
  switch (trait) {
    case 'key': return 'key';
    case 'choice': return 'symbol-enum';
    case 'calculated': return 'symbol-method';
    case 'text': return 'symbol-string';
    case 'number': return 'symbol-number';
    case 'date': return 'calendar';
    case 'boolean': return 'symbol-boolean';
    default: return 'symbol-field';
  }
}

/** Changes of a moment are drawn once, and only while the view is looked at. */
function refreshing(view: TreeView<ModelTreeNode>, nodes: Map<string, ModelTreeNode>, changed: EventEmitter<ModelTreeNode | undefined>): Disposable & { soon(path?: TreePath): void } {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let missed = false;
  const paths = new Map<string, boolean>();
  let all = false;
  const draw = (): void => {
    waiting = undefined;
    if (!view.visible) {
      missed = true;
      return;
    }
    const those = [...paths.keys()].map((it) => nodes.get(it));
    const whole = all || those.includes(undefined);
    paths.clear();
    all = false;
    missed = false;
    if (whole) {
      nodes.clear();
      changed.fire(undefined);
    } else those.forEach((it) => changed.fire(it));
  };
  const listening = view.onDidChangeVisibility(() => {
    if (!view.visible || !missed) return;
    all = true;
    draw();
  });
  return {
    soon(path) {
      if (path === undefined || path.length === 0) all = true;
      else paths.set(idOf(path), true);
      // What is late comes at once; edits wait for a pause.
      if (waiting !== undefined) clearTimeout(waiting);
      waiting = setTimeout(draw, calm);
    },
    dispose() {
      if (waiting !== undefined) clearTimeout(waiting);
      listening.dispose();
    },
  };
}

async function reveal(node: ModelTreeNode | undefined): Promise<void> {
  if (node?.place === undefined) return;
  const { uri, range: { start, end } } = node.place;
  const selection = new Range(start.line, start.character, end.line, end.character);
  await window.showTextDocument(Uri.parse(uri), { selection, preserveFocus: false, preview: true });
}

async function copy(node: ModelTreeNode | undefined): Promise<void> {
  if (node?.reference === undefined) return;
  await env.clipboard.writeText(node.reference);
  window.setStatusBarMessage(`Copied ${node.reference}`, 3000);
}
