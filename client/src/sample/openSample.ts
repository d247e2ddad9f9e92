// "Open the Sample Workspace": makes it in the extension's own storage and opens it; steps of the walkthrough lead through it.
import {
  commands, env, FileSystemError, languages, Position, Selection, UIKind, Uri, ViewColumn, window, workspace, type Disposable, type ExtensionContext, type TextDocument,
} from 'vscode';
import type { ClientFeature } from '../features.ts';
import { brokenMetric, metricsPath, sampleFiles, sampleName, wrongCode } from './contents.ts';

/** What a step of the walkthrough shows. */
type Shown = 'value' | 'code' | 'pin';

export const sampleCommands: ClientFeature = ({ context }) => {
  const all: readonly Disposable[] = [
    commands.registerCommand('daxMetrics.openSample', (from?: 'walkthrough') => openSample(context, from === 'walkthrough')),
    commands.registerCommand('daxMetrics.sample.show', (what: Shown) => show(context, what)),
    followSample(context),
  ];
  return { dispose: () => all.forEach((it) => void it.dispose()) };
};

const folderOf = (context: ExtensionContext): Uri => Uri.joinPath(context.globalStorageUri, sampleName);

/** The folder of this window that is the sample. */
const openedIn = (context: ExtensionContext): Uri | undefined => {
  const wanted = folderOf(context).path;
  return workspace.workspaceFolders?.find((it) => it.uri.path === wanted)?.uri;
};

/** Set while the window is on its way to the sample: what it shows there. */
const continueKey = 'sample.continue';
type Continued = 'walkthrough' | 'metrics';

/** @param fromWalkthrough the walkthrough goes on in the sample */
async function openSample(context: ExtensionContext, fromWalkthrough: boolean): Promise<void> {
  const folder = folderOf(context);
  if (openedIn(context) !== undefined) return show(context, 'value');
  if (!(await prepared(folder))) return;
  await context.globalState.update(continueKey, (fromWalkthrough ? 'walkthrough' : 'metrics') satisfies Continued);
  // What is open stays open; a browser would refuse another window.
  const forceNewWindow = (workspace.workspaceFolders ?? []).length > 0 && env.uiKind === UIKind.Desktop;
  await commands.executeCommand('vscode.openFolder', folder, { forceNewWindow, forceReuseWindow: !forceNewWindow });
}

/** Writes what is not there; asks where something is and was changed. */
async function prepared(folder: Uri): Promise<boolean> {
  const files = sampleFiles().map(({ path, text }) => ({ uri: Uri.joinPath(folder, path), text }));
  const now = await Promise.all(files.map((it) => textAt(it.uri)));
  const isNew = now.every((it) => it === undefined);
  const isChanged = !isNew && files.some((it, i) => now[i] !== it.text);
  if (!isNew && !isChanged) return true;
  if (isChanged) {
    const [keep, anew] = ['Open as You Left It', 'Start Afresh'];
    const answer = await window.showInformationMessage('The sample workspace was changed since it was made.', { modal: true }, keep, anew);
    if (answer === undefined) return false;
    if (answer === keep) return true;
  }
  for (const it of files) await workspace.fs.writeFile(it.uri, new TextEncoder().encode(it.text));
  return true;
}

async function textAt(uri: Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof FileSystemError) return undefined;
    throw error;
  }
}

/** Shows a place of the sample's metrics beside the walkthrough; outside the sample it is opened first. */
async function show(context: ExtensionContext, what: Shown): Promise<void> {
  const folder = openedIn(context);
  if (folder === undefined) return openSample(context, true);
  const document = await workspace.openTextDocument(Uri.joinPath(folder, metricsPath));
  const isAlone = window.tabGroups.all.length < 2 && window.tabGroups.activeTabGroup.tabs.length > 0 && window.activeTextEditor === undefined;
  const editor = await window.showTextDocument(document, { preview: false, viewColumn: isAlone ? ViewColumn.Beside : beside(document) });
  const at = placeOf(document, what);
  editor.selection = new Selection(at, at);
  if (what === 'value') await commands.executeCommand('setContext', 'daxMetrics.sample.sawValue', true);
}

/** The group that shows the document, else the one that is not the walkthrough's. */
const beside = (document: TextDocument): ViewColumn =>
  window.visibleTextEditors.find((it) => it.document.uri.toString() === document.uri.toString())?.viewColumn ?? window.tabGroups.all.at(-1)?.viewColumn ?? ViewColumn.Active;

function placeOf(document: TextDocument, what: Shown): Position {
  const text = document.getText();
  const code = text.indexOf(wrongCode);
  if (what === 'code' && code >= 0) return document.positionAt(code + 1);
  if (what === 'value') return new Position(0, 0);
  const metric = text.indexOf(`\n${brokenMetric} =`);
  return document.positionAt(metric < 0 ? 0 : metric + 1);
}

/** In the sample: tells the walkthrough what is done, by what the metrics are like. */
function followSample(context: ExtensionContext): Disposable {
  if (openedIn(context) === undefined) return { dispose: () => undefined };
  void commands.executeCommand('setContext', 'daxMetrics.sample.opened', true);
  void continueIn(context);
  const look = (): void => {
    const document = workspace.textDocuments.find((it) => it.uri.path === Uri.joinPath(folderOf(context), metricsPath).path);
    if (document === undefined) return;
    const text = document.getText();
    const isFixed = !text.includes(wrongCode) && languages.getDiagnostics(document.uri).length === 0;
    void commands.executeCommand('setContext', 'daxMetrics.sample.fixed', isFixed);
    const above = text.slice(0, Math.max(0, text.indexOf(`\n${brokenMetric} =`)));
    const docs = above.slice(above.lastIndexOf('\n\n') + 1);
    void commands.executeCommand('setContext', 'daxMetrics.sample.pinned', isFixed && docs.includes('@expect'));
  };
  look();
  const all = [languages.onDidChangeDiagnostics(look), workspace.onDidChangeTextDocument(look), workspace.onDidOpenTextDocument(look)];
  return { dispose: () => all.forEach((it) => void it.dispose()) };
}

async function continueIn(context: ExtensionContext): Promise<void> {
  const { globalState } = context;
  const continued = globalState.get<Continued>(continueKey);
  if (continued === undefined) return;
  await globalState.update(continueKey, undefined);
  if (continued === 'metrics') return show(context, 'value');
  // The walkthrough and what it shows stand side by side.
  await commands.executeCommand('workbench.action.closeSidebar');
  await commands.executeCommand('workbench.action.openWalkthrough', { category: 'dax-metrics.dax-metrics#start', step: 'value' }, false);
}
