// The server's bundles start where they will run and give the same first answers: web worker, stdio, editor channel.
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/vscode/browser.mjs';
import { createSession, fileAnswers, type Message, type Session } from './session.ts';

const root = path.resolve(import.meta.dirname, '../..');
const dist = path.join(root, 'dist');
const samples = pathToFileURL(path.join(root, 'samples/omnichannel')).href;

interface Hover {
  readonly contents: { readonly kind: string; readonly value: string };
  readonly range: unknown;
}

/** What every bundle must say first: that it hovers, and what a function does. */
async function expectFirstAnswers({ request, notify }: Session): Promise<void> {
  const text = 'Rejected = DISTINCTCOUNT(FactSession[SessionId])\n';
  const uri = 'untitled:metrics.dax';
  const { capabilities } = await request<{ capabilities: { hoverProvider?: unknown } }>('initialize', {
    processId: null, rootUri: null, capabilities: {},
  });
  expect(capabilities.hoverProvider).toBe(true);
  notify('initialized', {});
  notify('textDocument/didOpen', { textDocument: { uri, languageId: 'dax', version: 1, text } });
  const hover = await request<Hover>('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: text.indexOf('COUNT') } });
  expect(hover.contents.kind).toBe('markdown');
  expect(hover.contents.value).toContain('DISTINCTCOUNT');
  const start = text.indexOf('DISTINCTCOUNT');
  expect(hover.range).toEqual({ start: { line: 0, character: start }, end: { line: 0, character: start + 13 } });
}

/** What a metric of the sample computes, as a hint in the line and in a hover. */
async function expectValues({ request, notify }: Session, evaluationWorker?: string): Promise<void> {
  const file = path.join(root, 'samples/omnichannel/historical/sessions.dax');
  const uri = pathToFileURL(file).href;
  const text = readFileSync(file, 'utf8');
  await request('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: [{ uri: samples, name: 'omnichannel' }],
    capabilities: { textDocument: { inlayHint: {} } },
    initializationOptions: { clientFiles: true, evaluationWorker },
  });
  notify('initialized', {});
  notify('textDocument/didOpen', { textDocument: { uri, languageId: 'dax', version: 1, text } });
  const hints = (): Promise<readonly { readonly label: string }[]> =>
    request('textDocument/inlayHint', { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } } });
  await hints();
  await request('daxMetrics/settled', undefined);
  expect((await hints()).map((it) => it.label)).toContain('= 191');
  const line = text.slice(0, text.indexOf('\nSessions rejected = ') + 1).split('\n').length - 1;
  const hover = await request<Hover>('textDocument/hover', { textDocument: { uri }, position: { line, character: 3 } });
  expect(hover.contents.value).toContain('191');
}

/** Cuts a byte stream of `Content-Length` frames into messages. */
function frames(deliver: (message: Message) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = rest.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(rest.toString('latin1', 0, head))?.[1]);
      if (rest.length < head + 4 + length) return;
      deliver(JSON.parse(rest.toString('utf8', head + 4, head + 4 + length)) as Message);
      rest = rest.subarray(head + 4 + length);
    }
  };
}

describe('the server in Node', () => {
  const running: ChildProcess[] = [];
  afterEach(() => {
    for (const it of running.splice(0)) it.kill();
  });

  function overStdio(): Session {
    const child = spawn(process.execPath, [path.join(dist, 'server.js'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    running.push(child);
    const session = createSession((message) => {
      const body = JSON.stringify(message);
      child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    }, fileAnswers);
    child.once('exit', (code) => session.fail(`the server ended (${code})`));
    child.stdout.on('data', frames(session.receive));
    return session;
  }

  it('answers initialize and a hover over --stdio', () => expectFirstAnswers(overStdio()));

  it('computes values in its worker', () => expectValues(overStdio()));

  it("answers initialize and a hover over the editor's channel", async () => {
    const child = fork(path.join(dist, 'server.js'), ['--node-ipc'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    running.push(child);
    const session = createSession((it) => void child.send(it));
    child.once('exit', (code) => session.fail(`the server ended (${code})`));
    child.on('message', (message) => session.receive(message as Message));
    await expectFirstAnswers(session);
  });
});

/** A worker that may start no other. */
const alone = "self.Worker = undefined; importScripts('/server.js');";

describe('the server in a browser', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    ({ browser } = await launchBrowser());
  });
  afterAll(() => browser.close());
  afterEach(() => page.close());

  /** Starts the server in a worker of a page whose files are those of dist; `served` hears which were asked for. */
  async function inWorker(served: string[] = [], script = 'server.js'): Promise<Session> {
    const own = await browser.newPage();
    page = own;
    await page.route('http://dax.test/**', (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      served.push(name);
      return name === ''
        ? route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>test</title>' })
        : route.fulfill({ contentType: 'text/javascript', body: name === 'alone.js' ? alone : readFileSync(path.join(dist, name), 'utf8') });
    });
    await page.goto('http://dax.test/');
    const send = (message: Message): void =>
      // The server may still ask something when the test has all that it wants.
      void own.evaluate((it) => (globalThis as unknown as { worker: Worker }).worker.postMessage(it), message).catch((error: unknown) => {
        if (!own.isClosed()) session.fail(String(error));
      });
    const session = createSession(send, fileAnswers);
    await page.exposeFunction('receive', session.receive);
    await page.exposeFunction('fail', session.fail);
    await page.evaluate((script) => {
      const { receive, fail } = globalThis as unknown as { receive(it: unknown): void; fail(why: string): void };
      const worker = new Worker(`/${script}`);
      worker.onmessage = ({ data }) => receive(data);
      worker.onerror = (event) => fail(event.message);
      Object.assign(globalThis, { worker });
    }, script);
    return session;
  }

  it('answers initialize and a hover in a web worker', async () => expectFirstAnswers(await inWorker()));

  it('computes values in an evaluation worker of its own, from files that the editor reads', async () => {
    const served: string[] = [];
    await expectValues(await inWorker(served), 'http://dax.test/worker.js');
    expect(served).toContain('worker.js');
    expect(page.workers()).toHaveLength(2);
  });

  it('computes values by itself where no worker of its own can be started', async () => {
    const served: string[] = [];
    await expectValues(await inWorker(served, 'alone.js'), 'http://dax.test/worker.js');
    expect(served).toEqual(['', 'alone.js', 'server.js', 'worker.js', 'worker.js']);
    expect(page.workers()).toHaveLength(1);
  });
});
