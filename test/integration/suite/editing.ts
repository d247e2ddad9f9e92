// Changing metrics by machine: formatting, refactorings, and all repairs at once.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { revert, settled } from './workspace.ts';

const shown = async (language: string, content: string): Promise<vscode.TextDocument> => {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  await settled();
  return document;
};

const apply = async (document: vscode.TextDocument, edits: readonly vscode.TextEdit[]): Promise<string> => {
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, [...edits]);
  assert.ok(await vscode.workspace.applyEdit(edit));
  return document.getText();
};

describe('editing', () => {
  afterEach(revert);
  const options = { tabSize: 2, insertSpaces: true };

  it('formats a document, with the indentation of its editor', async () => {
    const document = await shown('dax', 'Half =var x=1 return x/2\n');
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>('vscode.executeFormatDocumentProvider', document.uri, options);
    assert.equal(await apply(document, edits), 'Half =\n  VAR x = 1\n  RETURN\n    x / 2\n');
  });

  it('formats what is selected', async () => {
    const document = await shown('dax', 'A =1\n\nB =2\n');
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>('vscode.executeFormatRangeProvider', document.uri, new vscode.Range(2, 0, 2, 1), options);
    assert.equal(await apply(document, edits), 'A =1\n\nB = 2\n');
  });

  it('leaves pages to their own formatter, and formats their DAX by a command', async () => {
    const text = '#  Title\n\n```dax\nA =1\n```\n';
    const document = await shown('markdown', text);
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>('vscode.executeFormatDocumentProvider', document.uri, options);
    assert.deepEqual((edits ?? []).filter((it) => it.range.start.line === 3), []);
    await vscode.commands.executeCommand('daxMetrics.formatPage');
    assert.equal(document.getText(), text.replace('A =1', 'A = 1'));
  });

  it('extracts a variable from the selection', async () => {
    const document = await shown('dax', 'A = (1 + 2) * 3\n');
    const range = new vscode.Range(0, 4, 0, 11);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, vscode.CodeActionKind.RefactorExtract.value, 5);
    const action = actions.find((it) => it.title === 'Extract variable');
    assert.ok(action?.edit, actions.map((it) => it.title).join());
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.equal(document.getText(), 'A =\n    VAR Result = 1 + 2\n    RETURN\n        Result * 3\n');
    // The cursor goes to the name, which is asked for.
    assert.equal(action.command?.command, 'daxMetrics.renameAt');
    const moved = new Promise<vscode.Position>((resolve) => {
      const listener = vscode.window.onDidChangeTextEditorSelection(({ selections: [selection] }) => {
        listener.dispose();
        if (selection !== undefined) resolve(selection.active);
      });
    });
    void vscode.commands.executeCommand(action.command.command, ...(action.command.arguments as unknown[]));
    assert.deepEqual(await moved, new vscode.Position(1, 8));
    await vscode.commands.executeCommand('cancelRenameInput');
  });

  it('mends all that is certain when it is asked to', async () => {
    const document = await shown('dax', 'A = “x”\n\nB = 1 != 2\n');
    const all = new vscode.Range(0, 0, 2, 0);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, all, 'source.fixAll.daxMetrics', 5);
    const [action] = actions;
    assert.ok(action?.edit, 'the action has its edit');
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.equal(document.getText(), 'A = "x"\n\nB = 1 <> 2\n');
  });
});
