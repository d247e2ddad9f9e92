// What stands behind the answer to initialize: nothing is loaded before it is written, and no message is lost or overtaken.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PassThrough } from 'node:stream';
import { createConnection, createProtocolConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter, type InitializeResult } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { createAfterAnswer } from '../../server/src/lsp/afterAnswer.ts';
import { serve, type CreateHost } from '../../server/src/lsp/server.ts';
import { memoryFiles, noEngine } from './session.ts';

const uri = 'file:///w/metrics.dax';
const createHost: CreateHost = () => ({ files: memoryFiles(new Map()), engine: noEngine, now: () => 0 });

function start(loadHost: () => Promise<CreateHost>) {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const behind = createAfterAnswer();
  serve(createConnection(ProposedFeatures.all, new StreamMessageReader(toServer), new StreamMessageWriter(toClient), { messageStrategy: behind }), {
    yieldToMessages: () => nextTurn(),
    delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    loadHost,
  }, behind);
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  client.listen();
  const initialize = () =>
    client.sendRequest<InitializeResult>('initialize', { processId: null, rootUri: null, capabilities: { textDocument: { diagnostic: {} } }, workspaceFolders: [{ uri: 'file:///w', name: 'w' }] });
  return { client, initialize, end: () => client.dispose() };
}

describe('behind the answer to initialize', () => {
  it('stands what the server loads', async () => {
    let release!: (it: CreateHost) => void;
    let asked = false;
    const session = start(() => {
      asked = true;
      return new Promise((resolve) => (release = resolve));
    });
    const { capabilities } = await session.initialize();
    expect(capabilities.hoverProvider).toBe(true);
    const settled = session.client.sendRequest('daxMetrics/settled').then(() => 'settled');
    while (!asked) await nextTurn();
    expect(await Promise.race([settled, nextTurn('waits')])).toBe('waits');
    release(createHost);
    expect(await settled).toBe('settled');
    session.end();
  });

  it('messages of a client that waits for no answer are taken in their order', async () => {
    const session = start(async () => {
      for (let i = 0; i < 5; i++) await nextTurn();
      return createHost;
    });
    const initialized = session.initialize();
    const sent = [
      session.client.sendNotification('initialized', {}),
      session.client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'dax', version: 1, text: 'a = SUM(\n' } }),
      session.client.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: 'a = 1\n' }] }),
    ];
    const report = session.client.sendRequest<{ items: { severity: number }[] }>('textDocument/diagnostic', { textDocument: { uri } });
    await Promise.all([initialized, ...sent]);
    expect((await report).items.filter((it) => it.severity === 1)).toEqual([]);
    session.end();
  });

  it('a server that cannot load answers every request that it cannot', async () => {
    const said: string[] = [];
    const session = start(() => Promise.reject(new Error('no such bundle')));
    session.client.onNotification('window/logMessage', ({ message }: { message: string }) => void said.push(message));
    await session.initialize();
    await expect(session.client.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 0 } })).rejects.toThrow('Unhandled method');
    expect(said.join('\n')).toContain('DAX Metrics could not start: Error: no such bundle');
    session.end();
  });
});
