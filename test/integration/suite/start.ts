// The extension is there, starts by itself, and answers.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { at, extensionId, hoverText, scratch, settled } from './workspace.ts';

describe('the extension', () => {
  it('is installed', () => {
    assert.ok(vscode.extensions.getExtension(extensionId));
  });

  it('gives .dax files their language', async () => {
    const languages = await vscode.languages.getLanguages();
    assert.ok(languages.includes('dax'));
  });

  it('explains a function in a hover', async () => {
    const document = await scratch('Rejected = DISTINCTCOUNT(FactSession[SessionId])\n');
    await settled();
    const text = await hoverText(document, at(document, 'DISTINCTCOUNT', 3));
    assert.match(text, /DISTINCTCOUNT/);
  });

  it('offers its commands', async () => {
    const commands = await vscode.commands.getCommands(true);
    assert.ok(commands.includes('daxMetrics.restart'));
    assert.ok(commands.includes('daxMetrics.toggleValues'));
  });
});
