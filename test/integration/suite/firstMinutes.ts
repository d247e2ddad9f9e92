// The first minutes: the model as a tree, rows of a table, dependencies, a model made of data files, and what is offered.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { at, extensionId, fileUri, metricsFile, open, revert, settled } from './workspace.ts';

const modelUri = (): string => fileUri('historical/historical.daxmodel.yaml').toString();

/** Resolves with the document that is shown next and is as wished; the test's own time limit ends the waiting. */
function shown(wished: (document: vscode.TextDocument) => boolean): Promise<vscode.TextDocument> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const document = vscode.window.activeTextEditor?.document;
      if (document === undefined || !wished(document)) return false;
      resolve(document);
      return true;
    };
    if (look()) return;
    const listening = [vscode.window.onDidChangeActiveTextEditor, vscode.workspace.onDidChangeTextDocument].map((event) => event(() => {
      if (look()) listening.forEach((it) => void it.dispose());
    }));
  });
}

/** Resolves with the tab of the graph once it has its title; the editor tells of tabs after the command has ended. */
function graphTab(title: string): Promise<vscode.Tab> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const tabs = vscode.window.tabGroups.all.flatMap((it) => it.tabs);
      const tab = tabs.find((it) => it.input instanceof vscode.TabInputWebview && it.input.viewType.endsWith('daxMetrics.graph') && it.label === title);
      if (tab !== undefined) resolve(tab);
      return tab !== undefined;
    };
    if (look()) return;
    const listening = vscode.window.tabGroups.onDidChangeTabs(() => {
      if (look()) listening.dispose();
    });
  });
}

describe('the first minutes', () => {
  afterEach(revert);

  it('have their commands, a view, and a walkthrough whose steps say what completes them', async () => {
    const commands = await vscode.commands.getCommands(true);
    for (const it of ['openSample', 'makeModel', 'showDependencies', 'tree.previewRows', 'model.focus']) assert.ok(commands.includes(`daxMetrics.${it}`), it);
    const manifest = vscode.extensions.getExtension(extensionId)?.packageJSON as { contributes: { walkthroughs: readonly { steps: readonly { completionEvents: readonly string[] }[] }[] } };
    assert.deepEqual(manifest.contributes.walkthroughs.map((it) => it.steps.map((step) => step.completionEvents.length > 0)), [[true, true, true, true]]);
  });

  it('show the rows of a table as a page', async () => {
    await open(metricsFile);
    await settled();
    await vscode.commands.executeCommand('daxMetrics.tree.previewRows', { path: [modelUri(), 'tables', 'dimqueue'], rowsOf: 'DimQueue' });
    const document = await shown((it) => it.uri.scheme === 'dax-metrics-rows');
    assert.match(document.getText(), /^DimQueue: 6 rows\n\nQueueId +Queue.*\n─+/);
    assert.match(document.getText(), /Technical support/);
  });

  it('copy a reference as DAX writes it', async () => {
    await open(metricsFile);
    await vscode.commands.executeCommand('daxMetrics.tree.copyReference', { path: [], reference: "'Big shop'[Id]" });
    assert.equal(await vscode.env.clipboard.readText(), "'Big shop'[Id]");
  });

  it('draw what the metric at the cursor reads', async () => {
    const document = await open(metricsFile);
    await settled();
    const position = at(document, 'Sessions rejected = CALCULATE', 3);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(position, position);
    await vscode.commands.executeCommand('daxMetrics.showDependencies');
    await vscode.window.tabGroups.close(await graphTab('Sessions rejected: Dependencies'));
  });

  it('make a model of data files, which is not saved', async () => {
    await open(metricsFile);
    await settled();
    const folder = fileUri('dataverse/data');
    // The command ends when its message is answered.
    void vscode.commands.executeCommand('daxMetrics.makeModel', folder);
    const document = await shown((it) => it.isUntitled && it.getText() !== '');
    assert.match(document.getText(), /^name: data$[^]*source: queue\.csv/m);
    assert.equal(document.uri.path, `${folder.path}/data.daxmodel.yaml`);
    await assert.rejects(async () => vscode.workspace.fs.stat(document.uri.with({ scheme: folder.scheme })));
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
