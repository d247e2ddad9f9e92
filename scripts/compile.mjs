// Writes beside the server's bundle what V8 compiled of it while it served the sample workspace, for this version of
// Node: the command line starts the server with it (server/src/cli/compiled.ts). It is no part of the published extension.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const sample = path.resolve(import.meta.dirname, '../samples/omnichannel');
const opened = path.join(sample, 'historical/sessions.dax');

/** Options of V8 with which the server is started: what V8 compiles is good for these alone. */
export const compiledWith = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../client/src/serverArguments.json'), 'utf8'))
  .filter((/** @type {string} */ it) => !it.startsWith('--v8-pool-size'));

/** What an editor asks for as soon as a file is open. */
const asked = ['diagnostic', 'semanticTokens/full', 'documentSymbol', 'foldingRange', 'codeLens', 'inlayHint'];

/**
 * @param {string} bundle path of a server's bundle, to whose text the id is added that its data begin with
 * @returns {Promise<number>} bytes of the data
 */
export async function compileAhead(bundle) {
  const id = createHash('sha256').update(readFileSync(bundle)).digest('hex');
  appendFileSync(bundle, `// ${id}\n`);
  const child = fork(path.join(import.meta.dirname, 'compileChild.mjs'), [bundle, id, '--node-ipc'], { execArgv: compiledWith, timeout: 60_000, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve(undefined) : reject(new Error(`the server ended with ${code} while it was compiled`))));
  });
  await serve(child);
  await ended;
  return statSync(`${bundle}.compiled`).size;
}

/** @param {import('node:child_process').ChildProcess} child a server that listens on its channel */
async function serve(child) {
  const waiting = new Map();
  let id = 0;
  child.on('message', (/** @type {any} */ it) => {
    if (it.method === undefined) waiting.get(it.id)?.();
    // Nothing that the server asks has another answer here.
    else if (it.id !== undefined) child.send({ jsonrpc: '2.0', id: it.id, result: null });
  });
  const notify = (method, params) => child.send({ jsonrpc: '2.0', method, params });
  const ask = (method, params) =>
    new Promise((resolve) => {
      waiting.set(++id, resolve);
      child.send({ jsonrpc: '2.0', id, method, params });
    });
  const textDocument = { uri: pathToFileURL(opened).href };
  const text = readFileSync(opened, 'utf8');
  const range = { start: { line: 0, character: 0 }, end: { line: 200, character: 0 } };
  await ask('initialize', { processId: process.pid, rootUri: pathToFileURL(sample).href, capabilities: { textDocument: { synchronization: {}, diagnostic: {} } } });
  notify('initialized', {});
  notify('textDocument/didOpen', { textDocument: { ...textDocument, languageId: 'dax', version: 1, text } });
  for (const it of asked) await ask(`textDocument/${it}`, { textDocument, range });
  await ask('shutdown', undefined);
  notify('exit', undefined);
}
