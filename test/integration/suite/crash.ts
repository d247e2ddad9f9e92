// A server that dies: it comes back by itself, not for ever, and always by the command.
import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../client/src/extension.ts';
import { at, extensionId, hoverText, metricsFile, open, settled } from './workspace.ts';

/** Processes of the language server that this extension host has started. */
function servers(): readonly number[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n').flatMap((line) => {
    const [pid, parent, ...args] = line.trim().split(/\s+/);
    return Number(parent) === process.pid && args.some((it) => it.endsWith('server.js')) ? [Number(pid)] : [];
  });
}

async function api(): Promise<ExtensionApi> {
  const extension = vscode.extensions.getExtension<ExtensionApi>(extensionId);
  assert.ok(extension);
  return extension.activate();
}

/** Resolves when a server has started after what is done here. */
async function started(act: () => unknown): Promise<void> {
  const { onDidStart } = await api();
  await new Promise<void>((resolve) => {
    const listening = onDidStart(() => {
      listening.dispose();
      resolve();
    });
    act();
  });
}

function kill(): void {
  const [server] = servers();
  assert.ok(server !== undefined, 'a server runs');
  process.kill(server, 'SIGKILL');
}

describe('a server that dies', function () {
  this.timeout(120_000);

  it('comes back four times; then by the command', async () => {
    const document = await open(metricsFile);
    await settled();
    for (let i = 0; i < 4; i++) {
      await started(() => {
        kill();
        // What is asked of a server that is gone fails, and does not keep it from coming back.
        for (let asked = 0; asked < 10; asked++) void vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, new vscode.Position(asked, 0)).then(undefined, () => undefined);
      });
    }
    await settled();
    assert.match(await hoverText(document, at(document, 'DISTINCTCOUNT', 3)), /DISTINCTCOUNT/);

    // The fifth time within three minutes is left to the person.
    const [last] = servers();
    kill();
    await started(() => void vscode.commands.executeCommand('daxMetrics.restart'));
    await settled();
    assert.equal(servers().length, 1);
    assert.notEqual(servers()[0], last);
    assert.match(await hoverText(document, at(document, 'DISTINCTCOUNT', 3)), /DISTINCTCOUNT/);
  });

  it('has a log that a command shows', async () => {
    assert.ok((await vscode.commands.getCommands(true)).includes('daxMetrics.showLog'));
    await vscode.commands.executeCommand('daxMetrics.showLog');
  });
});
