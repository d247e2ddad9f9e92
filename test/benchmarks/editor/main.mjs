// `npm run bench:editor`: what a person waits for when the editor opens and the mouse rests. The answer to initialize
// beside a bare Node that ends, by turns; hovers over the whole sample, warm; and the calls of activate() that VS Code
// itself times, beside its own Markdown extension's. `--no-activation` leaves the last out, which starts a whole editor.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildAll } from '../../../scripts/build.mjs';
import { startServer } from '../server.mjs';
import { activationTimes } from './activation.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const sample = path.join(root, 'samples/omnichannel');
const hovered = path.join(sample, 'historical/sessions.dax');
const flags = JSON.parse(readFileSync(path.join(root, 'client/src/serverArguments.json'), 'utf8'));

/** Milliseconds that the call of `activate()` may take. */
const activateBound = 50;

const { values: options } = parseArgs({ options: { starts: { type: 'string', default: '25' }, activations: { type: 'string', default: '5' }, 'no-activation': { type: 'boolean', default: false } } });

const dist = mkdtempSync(path.join(tmpdir(), 'dax-bench-editor-'));
try {
  await buildAll({ dist, only: ['cli.js', 'server.js', 'worker.js'] });
  await initialize(Number(options.starts));
  await hovers();
} finally {
  rmSync(dist, { recursive: true, force: true });
}
if (!options['no-activation']) {
  for (const { name, load, call } of await activationTimes(Number(options.activations))) {
    const bound = name.startsWith('dax-metrics') ? `, at most ${activateBound}` : '';
    console.log(`${name}: activate() ${median(call)} ms (${call.join(', ')}${bound}), loading its code before ${median(load)} ms (${load.join(', ')})`);
  }
}
console.log(`load at the end ${loadavg().map((it) => it.toFixed(1)).join(' ')}`);

function start() {
  return startServer([path.join(dist, 'cli.js'), 'lsp', '--stdio'], { flags, cwd: sample, folder: `${pathToFileURL(sample).href}/` });
}

/** @param {number} rounds */
async function initialize(rounds) {
  /** @type {{ ours: number[], bare: number[] }} */
  const { ours, bare } = { ours: [], bare: [] };
  for (let i = 0; i < rounds; i++) {
    const server = start();
    ours.push(await server.initialize());
    await server.end();
    bare.push(await bareNode());
  }
  console.log(`initialize: ${median(ours).toFixed(0)} ms, a bare Node ${median(bare).toFixed(0)} ms: ${(median(ours) / median(bare)).toFixed(2)}×`);
}

/** From the start of a Node that does nothing to its end. */
function bareNode() {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }).once('error', reject).once('exit', () => resolve(performance.now() - started));
  });
}

/** Every word of the sample's session metrics, once to warm it and once by the clock. */
async function hovers() {
  const text = readFileSync(hovered, 'utf8');
  const server = start();
  const uri = pathToFileURL(hovered).href;
  await server.open(uri, 'dax', text);
  const places = text.split('\n').flatMap((it, line) => [...it.matchAll(/[A-Za-z_]\w+/g)].map(({ index }) => ({ line, character: index + 1 })));
  const times = [];
  for (const isWarm of [false, true]) {
    for (const position of places) {
      const started = performance.now();
      const { arrived } = await server.ask('textDocument/hover', { textDocument: { uri }, position });
      if (isWarm) times.push(arrived - started);
    }
    await server.ask('daxMetrics/settled', null);
  }
  await server.end();
  const sorted = times.toSorted((a, b) => a - b);
  console.log(`hover, warm, ${places.length} places: p50 ${at(sorted, 0.5)}, p95 ${at(sorted, 0.95)}, longest ${at(sorted, 1)} ms`);
}

function at(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1);
}

function median(list) {
  return list.toSorted((a, b) => a - b)[list.length >> 1];
}
