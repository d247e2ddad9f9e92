// The commands of the results view: what they show, from the cursor and from a place.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { append, at, metricsFile, open, pageFile, revert, settled } from './workspace.ts';

const show = (command: string, ...place: readonly unknown[]): Thenable<unknown> => vscode.commands.executeCommand(`daxMetrics.${command}`, ...place);

describe('results', () => {
  it('are shown of the metric at the cursor', async () => {
    const document = await open(metricsFile);
    await settled();
    const cursor = at(document, 'Sessions rejected = ', 3);
    assert.ok(vscode.window.activeTextEditor);
    vscode.window.activeTextEditor.selection = new vscode.Selection(cursor, cursor);
    assert.equal(await show('showResults'), 'Sessions rejected');
  });

  it('are shown of a metric at a place, as lenses ask for them', async () => {
    const document = await open(metricsFile);
    const { line, character } = at(document, 'Session rejected rate = ');
    assert.equal(await show('showResults', document.uri.toString(), line, character), 'Session rejected rate');
  });

  it('are shown of the fence of a page', async () => {
    const document = await open(pageFile);
    const { line, character } = at(document, 'Sessions rejected = ');
    assert.equal(await show('showResults', document.uri.toString(), line, character), 'Sessions rejected');
  });

  it('are shown of a query', async () => {
    const document = await open(metricsFile);
    const end = await append(document, '\n\nEVALUATE\nSUMMARIZECOLUMNS ( DimQueue[Queue], "Rejected", [Sessions rejected] )\n');
    assert.equal(await show('showResults', document.uri.toString(), end.line - 1, 4), 'Query');
    await revert();
  });

  it('are there as an explanation and as rows', async () => {
    const document = await open(metricsFile);
    const { line, character } = at(document, 'Sessions rejected = ');
    assert.equal(await show('explainValue', document.uri.toString(), line, character), 'Sessions rejected');
    assert.equal(await show('showRowsBehindValue', document.uri.toString(), line, character), 'Sessions rejected');
  });

  it('are none where there is no metric', async () => {
    const document = await open(pageFile);
    assert.equal(await show('showResults', document.uri.toString(), 0, 0), undefined);
  });
});
