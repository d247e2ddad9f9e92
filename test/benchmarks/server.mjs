// A language server as a process of its own, spoken to over standard input and output as an editor does.
import { spawn } from 'node:child_process';
import path from 'node:path';

const probe = path.join(import.meta.dirname, 'probe.cjs');

/**
 * Messages are framed here rather than by a library, so that the time at which an answer is complete is taken before
 * anything is done with it: no reading of JSON on this side counts.
 *
 * @param {readonly string[]} script of Node, with its arguments
 * @param {{ cwd: string, folder: string, flags?: readonly string[], probed?: boolean }} options the workspace folder as a uri, flags
 *   for Node, and whether the server's processor time will be asked for, which takes a channel of its own
 */
export function startServer(script, { cwd, folder, flags = [], probed = false }) {
  const spawned = performance.now();
  const child = probed
    ? spawn(process.execPath, ['--require', probe, ...flags, ...script], { cwd, stdio: ['pipe', 'pipe', 'inherit', 'ipc'] })
    : spawn(process.execPath, [...flags, ...script], { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('no pipes');
  const waiting = new Map();
  /** @type {(() => void)[]} */
  const refreshed = [];
  let nextId = 1;
  let buffered = Buffer.alloc(0);
  let version = 1;
  let uri = '';

  const take = (chunk) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    for (;;) {
      const head = buffered.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffered.toString('latin1', 0, head))?.[1]);
      const end = head + 4 + length;
      if (buffered.length < end) return;
      const arrived = performance.now();
      const message = JSON.parse(buffered.toString('utf8', head + 4, end));
      buffered = buffered.subarray(end);
      if (message.method === undefined) waiting.get(message.id)?.(message, arrived);
      else if (message.method === 'workspace/inlayHint/refresh') {
        send({ id: message.id, result: null });
        refreshed.splice(0).forEach((it) => it());
      }
      // A server that asks something, such as for settings, has no answer to wait for.
      else if (message.id !== undefined) send({ id: message.id, result: message.method === 'workspace/configuration' ? message.params.items.map(() => null) : null });
    }
  };
  stdout.on('data', take);

  const send = (message) => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  };
  const notify = (method, params) => send({ method, params });
  /** @returns {Promise<{ result: any, arrived: number }>} */
  const ask = (method, params) =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, (message, arrived) => {
        waiting.delete(id);
        if (message.error !== undefined) reject(new Error(`${method}: ${message.error.message}`));
        else resolve({ result: message.result, arrived });
      });
      send({ id, method, params });
    });
  /** Milliseconds of processor time that the server has used, on all its threads. */
  const processorTime = () =>
    new Promise((resolve) => {
      child.once('message', (/** @type {any} */ it) => resolve((it.user + it.system) / 1000));
      child.send('time');
    });
  const diagnostics = async () => {
    const { result, arrived } = await ask('textDocument/diagnostic', { textDocument: { uri } });
    if (result.kind !== 'full') throw new Error('no full report');
    return { items: result.items, arrived };
  };

  return {
    processorTime,
    ask,
    /** Asks what an editor asks first. @returns milliseconds from the spawning of the process to the answer */
    async initialize() {
      const { arrived } = await ask('initialize', { processId: process.pid, rootUri: folder, workspaceFolders: [{ uri: folder, name: 'benchmark' }], capabilities: {} });
      return arrived - spawned;
    },
    /** Opens a text and asks for its findings. @returns milliseconds since the process was spawned */
    async open(at, languageId, text) {
      uri = at;
      await ask('initialize', {
        processId: process.pid, rootUri: folder, workspaceFolders: [{ uri: folder, name: 'benchmark' }],
        capabilities: { textDocument: { synchronization: {}, diagnostic: {}, inlayHint: {} }, workspace: { inlayHint: { refreshSupport: true } } },
      });
      notify('initialized', {});
      notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
      const { items, arrived } = await diagnostics();
      return { milliseconds: arrived - spawned, items };
    },
    /**
     * Sends an edit as the range that changed, and asks for the findings of the new version.
     *
     * @returns milliseconds until the last byte of the answer, and of processor time
     */
    async edit(range, text) {
      const before = await processorTime();
      const started = performance.now();
      notify('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ range, text }] });
      const { items, arrived } = await diagnostics();
      return { milliseconds: arrived - started, computing: (await processorTime()) - before, items };
    },
    /**
     * Sends an edit, and asks for the hints of the new version until none of them is an old one's.
     *
     * @returns milliseconds until the last byte of that answer, and its labels
     */
    async editForHints(range, text) {
      const started = performance.now();
      if (range !== undefined) notify('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ range, text }] });
      for (;;) {
        const again = new Promise((resolve) => void refreshed.push(() => resolve(undefined)));
        const { result, arrived } = await ask('textDocument/inlayHint', { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } } });
        const labels = result.map((it) => (typeof it.label === 'string' ? it.label : it.label.map((part) => part.value).join('')));
        if (!labels.some((it) => it.includes('…'))) return { milliseconds: arrived - started, labels };
        await again;
      }
    },
    /** Megabytes that the server's process holds. */
    memory: () => new Promise((resolve) => {
      child.once('message', (/** @type {any} */ it) => resolve(it.rss / 1024 ** 2));
      child.send('memory');
    }),
    async end() {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      await ask('shutdown', undefined);
      notify('exit', undefined);
      stdin.end();
      const timer = setTimeout(() => child.kill(), 2000);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** The range of an edit in a text, as the protocol counts: lines and UTF-16 columns from 0. */
export function rangeOf(text, { offset, removed }) {
  const start = position(text, offset);
  return { start, end: position(text, offset + removed.length) };
}

function position(text, offset) {
  let line = 0;
  let from = 0;
  for (let next = text.indexOf('\n'); next >= 0 && next < offset; next = text.indexOf('\n', from)) {
    line++;
    from = next + 1;
  }
  return { line, character: offset - from };
}
