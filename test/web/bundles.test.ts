// The server's bundles start where they will run and give the same first answers: web worker, stdio, editor channel.
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/vscode/browser.mjs';
import { converse, type Message, type SessionResult } from './session.ts';

const dist = path.resolve(import.meta.dirname, '../../dist');
const text = 'Rejected = DISTINCTCOUNT(FactSession[SessionId])\n';
const onDistinctCount = text.indexOf('COUNT');

function expectFirstAnswers(it: SessionResult): void {
  expect(it.capabilities.hoverProvider).toBe(true);
  expect(it.hover.contents.kind).toBe('markdown');
  expect(it.hover.contents.value).toContain('DISTINCTCOUNT');
  const start = text.indexOf('DISTINCTCOUNT');
  expect(it.hover.range).toEqual({ start: { line: 0, character: start }, end: { line: 0, character: start + 13 } });
}

interface Mailbox {
  deliver(message: Message): void;
  /** Fails what waits for an answer: none will come. */
  fail(why: string): void;
  answer(id: number): Promise<Message>;
}

/** Keeps answers until they are asked for. */
function mailbox(): Mailbox {
  const arrived = new Map<number, Message>();
  const asked = new Map<number, { resolve(message: Message): void; reject(error: Error): void }>();
  return {
    deliver(message) {
      if (message.id === undefined || message.method !== undefined) return;
      const ask = asked.get(message.id);
      if (ask === undefined) arrived.set(message.id, message);
      else ask.resolve(message);
    },
    fail(why) {
      for (const it of asked.values()) it.reject(new Error(why));
    },
    answer: (id) =>
      new Promise((resolve, reject) => {
        const message = arrived.get(id);
        if (message === undefined) asked.set(id, { resolve, reject });
        else resolve(message);
      }),
  };
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

describe('server.node.js', () => {
  const running: ChildProcess[] = [];
  afterAll(() => {
    for (const it of running) it.kill();
  });

  it('answers initialize and a hover over --stdio', async () => {
    const child = spawn(process.execPath, [path.join(dist, 'server.node.js'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    running.push(child);
    const mail = mailbox();
    child.once('exit', (code) => mail.fail(`the server ended (${code})`));
    child.stdout.on('data', frames(mail.deliver));
    const send = (message: Message): void => {
      const body = JSON.stringify(message);
      child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    expectFirstAnswers(await converse({ send, answer: mail.answer }, text, onDistinctCount));
  });

  it("answers initialize and a hover over the editor's channel", async () => {
    const child = fork(path.join(dist, 'server.node.js'), ['--node-ipc'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    running.push(child);
    const mail = mailbox();
    child.once('exit', (code) => mail.fail(`the server ended (${code})`));
    child.on('message', (message) => mail.deliver(message as Message));
    expectFirstAnswers(await converse({ send: (it) => void child.send(it), answer: mail.answer }, text, onDistinctCount));
  });
});

describe('server.browser.js', () => {
  let browser: Browser;
  beforeAll(async () => {
    ({ browser } = await launchBrowser());
  });
  afterAll(() => browser.close());

  it('answers initialize and a hover in a web worker', async () => {
    const page = await browser.newPage();
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(String(error)));
    await page.route('http://dax.test/**', (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      return name === ''
        ? route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>test</title>' })
        : route.fulfill({ contentType: 'text/javascript', body: readFileSync(path.join(dist, name), 'utf8') });
    });
    await page.goto('http://dax.test/');
    const mail = mailbox();
    await page.exposeFunction('deliver', mail.deliver);
    await page.evaluate(() => {
      const worker = new Worker('/server.browser.js');
      worker.onmessage = ({ data }) => (globalThis as unknown as { deliver(it: unknown): void }).deliver(data);
      worker.onerror = (event) => {
        throw new Error(event.message);
      };
      Object.assign(globalThis, { worker });
    });
    const send = (message: Message): void =>
      void page.evaluate((it) => (globalThis as unknown as { worker: Worker }).worker.postMessage(it), message);
    expectFirstAnswers(await converse({ send, answer: mail.answer }, text, onDistinctCount));
    expect(failures).toEqual([]);
  });
});
