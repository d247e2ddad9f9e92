// The preview: filters that shown values obey; values of variables and selections; the saved value beside a new one.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { append, at, fileUri, hints, hoverText, metricsFile, open, revert, settled } from './workspace.ts';

const valueAt = async (document: vscode.TextDocument, needle: string): Promise<readonly string[]> => {
  const { line } = at(document, needle);
  return (await hints(document)).filter((it) => it.line === line).map((it) => it.text);
};

describe('the preview', () => {
  const team = [{ kind: 'values', table: 'DimChannel', column: 'Channel', values: ['Voice call'] }];
  afterEach(() => vscode.commands.executeCommand('daxMetrics.clearPreview'));

  it('filters the values in the text and in hovers, until it is cleared', async () => {
    const document = await open(metricsFile);
    await settled();
    assert.deepEqual(await valueAt(document, 'Sessions = DISTINCTCOUNT'), ['= 4,501']);
    await vscode.commands.executeCommand('daxMetrics.setPreview', team);
    // As the file's own expectation has it: 925 where DimChannel[Channel] = "Voice call".
    assert.deepEqual(await valueAt(document, 'Sessions = DISTINCTCOUNT'), ['= 925']);
    const said = await hoverText(document, at(document, 'Sessions = DISTINCTCOUNT', 3));
    assert.match(said, /\b925\b/);
    assert.match(said, /In the preview: `DimChannel\[Channel\] Voice call`/);
    await vscode.commands.executeCommand('daxMetrics.clearPreview');
    assert.deepEqual(await valueAt(document, 'Sessions = DISTINCTCOUNT'), ['= 4,501']);
  });

  it('leaves findings and expectations alone', async () => {
    const document = await open(metricsFile);
    await vscode.commands.executeCommand('daxMetrics.setPreview', team);
    await settled();
    assert.equal(vscode.languages.getDiagnostics(document.uri).length, 0);
  });

  it('is cleared by a key that no command of the editor has', async () => {
    const keys = await vscode.workspace.openTextDocument(vscode.Uri.parse('vscode://defaultsettings/keybindings.json'));
    const ours = [...keys.getText().matchAll(/"key": "shift\+alt\+x",\s*"command": "([^"]+)"/g)].map(([, command]) => command);
    assert.deepEqual(ours, ['daxMetrics.clearPreview']);
  });
});

describe('a metric with variables', () => {
  const text = '\n\nRejected share =\n    VAR Rejected = [Sessions rejected] + 0\n    RETURN DIVIDE(Rejected, [Sessions])\n';
  afterEach(revert);

  it('shows their values on request, and hides them again', async () => {
    const document = await open(metricsFile);
    await append(document, text);
    const editor = await vscode.window.showTextDocument(document);
    const position = at(document, 'VAR Rejected', 6);
    editor.selection = new vscode.Selection(position, position);
    assert.deepEqual(await valueAt(document, 'VAR Rejected'), []);
    await vscode.commands.executeCommand('daxMetrics.toggleVariables');
    assert.deepEqual(await valueAt(document, 'VAR Rejected'), ['= 191']);
    await vscode.commands.executeCommand('daxMetrics.toggleVariables');
    assert.deepEqual(await valueAt(document, 'VAR Rejected'), []);
  });

  it('tells what a selected part is worth', async () => {
    const document = await open(metricsFile);
    await append(document, text);
    const editor = await vscode.window.showTextDocument(document);
    const start = at(document, '[Sessions rejected] + 0');
    editor.selection = new vscode.Selection(start, start.translate(0, '[Sessions rejected] + 0'.length));
    await settled();
    await hoverText(document, start.translate(0, 3));
    await settled();
    const said = await hoverText(document, start.translate(0, 3));
    assert.match(said, /^```dax\n\[Sessions rejected\] \+ 0\n```\n\n= \*\*`191`\*\*/);
  });
});

describe('a metric that is edited', () => {
  afterEach(revert);

  it('shows the saved value beside the new one, also where another metric reads it', async () => {
    const document = await open(metricsFile);
    await settled();
    assert.deepEqual(await valueAt(document, 'Sessions rejected = '), ['= 191']);
    const edit = new vscode.WorkspaceEdit();
    const code = at(document, '= "192350001"', 3);
    edit.replace(document.uri, new vscode.Range(code, code.translate(0, 9)), '192350002');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match((await valueAt(document, 'Sessions rejected = ')).join(), /^= [\d,]+ \(saved 191\)$/);
    assert.match((await valueAt(document, 'Session rejected rate = ')).join(), /^= [\d.]+% \(saved 6\.9%\)$/);
    await vscode.commands.executeCommand('daxMetrics.toggleSavedValues');
    try {
      assert.match((await valueAt(document, 'Sessions rejected = ')).join(), /^= [\d,]+$/);
    } finally {
      await vscode.commands.executeCommand('daxMetrics.toggleSavedValues');
    }
  });
});

describe('completion in a model file', () => {
  afterEach(revert);

  it('proposes names', async () => {
    const document = await vscode.workspace.openTextDocument(fileUri('historical/historical.daxmodel.yaml'));
    await vscode.window.showTextDocument(document);
    const position = await append(document, '\npublic:\n  - ');
    await settled();
    const found = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, position);
    const labels = found.items.map((it) => (typeof it.label === 'string' ? it.label : it.label.label));
    assert.ok(labels.includes('Sessions rejected'), labels.slice(0, 20).join(', '));
  });
});
