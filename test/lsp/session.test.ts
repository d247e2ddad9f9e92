// A session's life over the wire: findings reach the client one way only, and follow texts, files, settings and folders.
import type { Diagnostic, ProtocolConnection, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { startSession } from './session.ts';

const uri = 'file:///w/metrics.dax';
const broken = 'Rejected = SUM(\n';
const folder = 'file:///w';

/** Collects published diagnostics; `next(test)` resolves with the first that fits, past or future. */
function published(client: ProtocolConnection): { readonly all: PublishDiagnosticsParams[]; next(fits: (it: PublishDiagnosticsParams) => boolean): Promise<PublishDiagnosticsParams> } {
  const all: PublishDiagnosticsParams[] = [];
  const waiting: { readonly fits: (it: PublishDiagnosticsParams) => boolean; readonly done: (it: PublishDiagnosticsParams) => void }[] = [];
  client.onNotification('textDocument/publishDiagnostics', (it: PublishDiagnosticsParams) => {
    all.push(it);
    for (const one of waiting) if (one.fits(it)) one.done(it);
  });
  return {
    all,
    next: (fits) =>
      new Promise((resolve) => {
        const past = all.find(fits);
        if (past === undefined) waiting.push({ fits, done: resolve });
        else resolve(past);
      }),
  };
}

describe('a client that cannot ask for diagnostics', () => {
  it('is sent them, anew after a change, and none when the text is closed', async () => {
    let sent!: ReturnType<typeof published>;
    const session = await startSession({ capabilities: {}, folders: [folder], prepare: (client) => (sent = published(client)) });
    expect(session.initialized.capabilities.diagnosticProvider).toBeUndefined();
    await session.open(uri, 'dax', broken);
    const first = await sent.next((it) => it.version === 1);
    expect(first.diagnostics).toContainEqual(expect.objectContaining({ severity: 1, source: 'DAX Metrics' }));
    await session.change(uri, 2, 'Rejected = 1\n');
    expect((await sent.next((it) => it.version === 2)).diagnostics.filter((it) => it.severity === 1)).toEqual([]);
    const before = sent.all.length;
    await session.client.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await sent.next((it) => sent.all.indexOf(it) >= before && it.diagnostics.length === 0);
    await session.end();
  });
});

describe('a client that asks for diagnostics', () => {
  const capabilities = { textDocument: { diagnostic: {} } };

  const ask = async (session: Awaited<ReturnType<typeof startSession>>): Promise<readonly Diagnostic[]> =>
    (await session.client.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })).items;

  it('is answered, and sent none', async () => {
    let sent!: ReturnType<typeof published>;
    const session = await startSession({ capabilities, folders: [folder], prepare: (client) => (sent = published(client)) });
    await session.open(uri, 'dax', broken);
    const found = await ask(session);
    expect(found.length).toBeGreaterThan(0);
    await session.settled();
    expect(sent.all).toEqual([]);
    await session.end();
  });

  it('is led from a finding to the page of its rule, where the pages are known', async () => {
    const rulePages = 'file:///extension/docs/rules/';
    const session = await startSession({ capabilities, folders: [folder], initializationOptions: { rulePages } });
    await session.open(uri, 'dax', broken);
    for (const it of await ask(session)) expect(it.codeDescription).toEqual({ href: `${rulePages}${String(it.code)}.md` });
    await session.end();
    const other = await startSession({ capabilities, folders: [folder] });
    await other.open(uri, 'dax', broken);
    for (const it of await ask(other)) expect(it).not.toHaveProperty('codeDescription');
    await other.end();
  });

  it('is told to ask again when a file changes on the disk', async () => {
    let refreshed!: () => void;
    const refresh = new Promise<void>((resolve) => (refreshed = resolve));
    const session = await startSession({
      capabilities: { ...capabilities, workspace: { diagnostics: { refreshSupport: true } } },
      folders: [folder],
      files: { 'file:///w/other.dax': 'Other = 1\n' },
      prepare: (client) => client.onRequest('workspace/diagnostic/refresh', () => refreshed()),
    });
    await session.open(uri, 'dax', 'Rejected = [Other]\n');
    await ask(session);
    session.files.set('file:///w/other.dax', 'Another = 1\n');
    await session.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///w/other.dax', type: 2 }] });
    await refresh;
    await session.end();
  });
});

describe('a session', () => {
  it('opens the workspace anew when folders come and go, and keeps the open texts', async () => {
    let sent!: ReturnType<typeof published>;
    const session = await startSession({
      capabilities: { workspace: { workspaceFolders: true } },
      folders: [folder],
      prepare: (client) => (sent = published(client)),
    });
    await session.open(uri, 'dax', broken);
    await sent.next((it) => it.diagnostics.length > 0);
    const before = sent.all.length;
    await session.client.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: 'file:///v', name: 'v' }], removed: [{ uri: folder, name: 'w' }] },
    });
    await sent.next((it) => sent.all.indexOf(it) >= before && it.diagnostics.length > 0);
    expect(session.opened).toEqual([['file:///w/'], ['file:///v/']]);
    await session.end();
  });

  it('asks to watch the files that findings and values depend on', async () => {
    let registered!: (it: unknown) => void;
    const registration = new Promise((resolve) => (registered = resolve));
    const session = await startSession({
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
      prepare: (client) => client.onRequest('client/registerCapability', (it) => registered(it)),
    });
    expect(JSON.stringify(await registration)).toMatch(/didChangeWatchedFiles.*\.\{dax,md.*csv/);
    await session.end();
  });

  it('answers nothing for a page without DAX', async () => {
    const session = await startSession({ capabilities: { textDocument: { diagnostic: {}, inlayHint: {} } } });
    await session.open('file:///w/page.md', 'markdown', '# A page\n\nRejected = SUM(\n');
    const at = { textDocument: { uri: 'file:///w/page.md' }, position: { line: 2, character: 1 } };
    expect(await session.client.sendRequest('textDocument/hover', at)).toBeNull();
    expect(await session.client.sendRequest('textDocument/completion', at)).toBeNull();
    expect(await session.client.sendRequest('textDocument/inlayHint', { ...at, range: { start: at.position, end: at.position } })).toBeNull();
    await session.end();
  });

  it('answers a request about a text that it does not hold', async () => {
    const session = await startSession({ capabilities: {} });
    const at = { textDocument: { uri: 'file:///nowhere.dax' }, position: { line: 0, character: 0 } };
    expect(await session.client.sendRequest('textDocument/hover', at)).toBeNull();
    await session.end();
  });
});
