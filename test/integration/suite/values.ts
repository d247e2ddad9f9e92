// Values at the end of a definition's first line, labels after codes.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { at, hints, metricsFile, open, pageFile, settled } from './workspace.ts';

describe('hints', () => {
  it('show the value of a metric on the line where it begins', async () => {
    const document = await open(metricsFile);
    await settled();
    const { line } = at(document, 'Sessions rejected = ');
    const shown = (await hints(document)).filter((it) => it.line === line).map((it) => it.text);
    assert.deepEqual(shown, ['= 191']);
  });

  it('show a rate in the format that its metric asks for', async () => {
    const document = await open(metricsFile);
    await settled();
    const { line } = at(document, 'Session rejected rate = ');
    const shown = (await hints(document)).filter((it) => it.line === line).map((it) => it.text);
    assert.deepEqual(shown, ['= 6.9%']);
  });

  it('show the label of a code after it', async () => {
    const document = await open(metricsFile);
    await settled();
    const { line } = at(document, '= "192350001"');
    const shown = (await hints(document)).filter((it) => it.line === line).map((it) => it.text);
    assert.deepEqual(shown, ['AgentReject']);
  });

  it('stand in the fences of a page', async () => {
    const document = await open(pageFile);
    await settled();
    const { line } = at(document, 'Sessions rejected = ');
    assert.ok((await hints(document)).some((it) => it.line === line && it.text === '= 191'));
  });

  it('go away and come back with the command', async () => {
    const document = await open(metricsFile);
    await settled();
    const values = async (): Promise<number> => (await hints(document)).filter((it) => it.text.startsWith('=')).length;
    const before = await values();
    assert.ok(before > 0);
    await vscode.commands.executeCommand('daxMetrics.toggleValues');
    await settled();
    assert.equal(await values(), 0);
    await vscode.commands.executeCommand('daxMetrics.toggleValues');
    await settled();
    assert.equal(await values(), before);
  });
});
