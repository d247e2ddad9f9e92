// The extension is there, starts by itself, and offers what its manifest says.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { at, extensionId, hoverText, metricsFile, open, settled } from './workspace.ts';

describe('the extension', () => {
  it('is installed', () => {
    assert.ok(vscode.extensions.getExtension(extensionId));
  });

  it('gives .dax files their language', async () => {
    assert.equal((await open(metricsFile)).languageId, 'dax');
  });

  it('offers its commands', async () => {
    const commands = await vscode.commands.getCommands(true);
    for (const it of ['daxMetrics.restart', 'daxMetrics.toggleValues']) assert.ok(commands.includes(it), it);
  });

  it('answers again after its server was restarted', async () => {
    const document = await open(metricsFile);
    await settled();
    await vscode.commands.executeCommand('daxMetrics.restart');
    await settled();
    assert.match(await hoverText(document, at(document, 'DISTINCTCOUNT', 3)), /DISTINCTCOUNT/);
  });
});
