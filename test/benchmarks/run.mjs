// `npm run bench`: our figures beside those of two peers, from the same run and on files of the same length.
//
// The peers are vscode-css-language-server, driven by pull diagnostics over standard input and output as ours is, and
// the language service of yaml-language-server in a process without its server. Neither way meets a pause that a
// server makes before it looks at an edit (a debounce), so that every figure is time in which something is computed.
// Rounds of the three take turns: what else the machine does falls on all of them alike.
//
// node test/benchmarks/run.mjs [--lines 10000] [--edits 200] [--seed 1] [--json file]
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildAll } from '../../scripts/build.mjs';
import { editedFile } from './edits.mjs';
import { metricsFile } from './metrics.mjs';
import { buildParsers } from './parsers.mjs';
import { styleSheet, yamlDocument } from './peerFiles.mjs';
import { rangeOf, startServer } from './server.mjs';

const { values: options } = parseArgs({
  options: {
    lines: { type: 'string', default: '10000' },
    edits: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
const [lines, edits, seed] = [Number(options.lines), Number(options.edits), Number(options.seed)];
const root = path.resolve(import.meta.dirname, '../..');
const serverArguments = JSON.parse(readFileSync(path.join(root, 'client/src/serverArguments.json'), 'utf8'));
const folder = mkdtempSync(path.join(tmpdir(), 'dax-bench-'));

/** One process of each kind is started so often. */
const starts = 7;
/** Edits of one peer before it is the next one's turn. */
const turn = 20;
/** Edits that let the compiler settle, not counted. */
const warmUp = 40;

async function main() {
  const loadBefore = loadavg();
  const files = write();
  const [parsers] = await Promise.all([buildParsers(folder), buildAll({ dist: path.join(folder, 'dist'), only: ['cli.js', 'commands.js', 'server.js', 'worker.js'] })]);
  const sizes = Object.values(files).map((it) => `${it.name} ${(it.text.length / 1024).toFixed(0)} KB`).join(', ');
  console.log(`${lines} lines each: ${sizes}; seed ${seed}; ${cpus().length} cores, load ${loadBefore.map((it) => it.toFixed(1)).join(' ')}\n`);

  const rows = [...(await measureParsing(parsers, files)), ...(await measureStart(parsers, files)), ...(await measureEdits(parsers, files))];
  print(rows);
  console.log(`\nload at the end ${loadavg().map((it) => it.toFixed(1)).join(' ')}; times in milliseconds, medians where nothing else is said`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ lines, seed, load: [loadBefore, loadavg()], rows }, undefined, 2)}\n`);
}

function write() {
  const { blocks, files } = metricsFile({ lines, seed });
  const workspace = path.join(folder, 'workspace');
  mkdirSync(path.join(workspace, 'data'), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(workspace, file), text);
  const made = (name, its) => {
    const file = path.join(name.endsWith('.dax') ? workspace : folder, name);
    const text = its.map((it) => it.text).join('');
    writeFileSync(file, text);
    return { name, file, text, blocks: its };
  };
  return {
    dax: made('metrics.dax', blocks),
    css: made('benchmark.css', styleSheet({ lines, seed })),
    yaml: made('benchmark.yaml', yamlDocument({ lines, seed })),
  };
}

/** @typedef {{ title: string, ours: number, css: number, yaml: number }} Row */
/** @typedef {{ dax: number[], css: number[], yaml: number[] }} Times in milliseconds */

/** @returns {Times} */
const noTimes = () => ({ dax: [], css: [], yaml: [] });

/** @returns {Promise<Row[]>} */
async function measureParsing(parsers, files) {
  const kinds = /** @type {const} */ (['dax', 'css', 'yaml']);
  const [cold, warm] = [noTimes(), noTimes()];
  for (let i = 0; i < starts; i++) {
    for (const kind of kinds) {
      const result = await inChild(['parse', parsers[kind], files[kind].file]);
      cold[kind].push(result.cold);
      warm[kind].push(...result.warm);
    }
  }
  return [row('parse, fresh process', cold, 0.5), row('parse, warm', warm, 0.5)];
}

const inChild = (args) => new Promise((resolve, reject) => {
  const child = fork(path.join(import.meta.dirname, 'child.mjs'), args);
  let said;
  child.once('message', (it) => {
    said = it;
    if (args[0] === 'yaml') child.disconnect();
  });
  child.once('exit', (code) => (said === undefined ? reject(new Error(`a measured process ended with ${code}`)) : resolve(said)));
});

const uriOf = (file) => pathToFileURL(file).href;

/** As the extension starts it. */
const startOurs = (files, probed = false) => startOursWith(serverArguments, files, probed);
const startOursWith = (flags, files, probed = false) =>
  startServer([path.join(folder, 'dist/cli.js'), 'lsp', '--stdio'], { probed, flags, cwd: folder, folder: `${uriOf(path.dirname(files.dax.file))}/` });
const startCss = (probed = false) =>
  startServer([path.join(root, 'node_modules/vscode-langservers-extracted/bin/vscode-css-language-server'), '--stdio'], { probed, cwd: folder, folder: `${uriOf(folder)}/` });

/** From the start of a process to its first findings. @returns {Promise<Row[]>} */
async function measureStart(parsers, files) {
  const times = noTimes();
  // As any editor starts the command line.
  /** @type {ReturnType<typeof noTimes>} */
  const plain = { ...times, dax: [] };
  const first = async (kind, server) => {
    const { milliseconds, items } = await server.open(uriOf(files[kind].file), kind, files[kind].text);
    if (items.length === 0) throw new Error(`${files[kind].name} has no findings`);
    await server.end();
    return milliseconds;
  };
  for (let i = 0; i < starts; i++) {
    times.dax.push(await first('dax', startOurs(files)));
    times.css.push(await first('css', startCss()));
    plain.dax.push(await first('dax', startOursWith([], files)));
    times.yaml.push((await inChild(['yaml', parsers.yamlService, files.yaml.file])).milliseconds);
  }
  return [row('spawn → first diagnostics', times, 0.5), row('  of the command line', plain, 0.5)];
}

/** From an edit to the complete findings of the text with that edit. @returns {Promise<Row[]>} */
async function measureEdits(parsers, files) {
  const ours = startOurs(files, true);
  const css = startCss(true);
  const yaml = fork(path.join(import.meta.dirname, 'child.mjs'), ['yaml', parsers.yamlService, files.yaml.file]);
  const fromYaml = () => new Promise((resolve) => yaml.once('message', resolve));
  await fromYaml();
  await ours.open(uriOf(files.dax.file), 'dax', files.dax.text);
  await css.open(uriOf(files.css.file), 'css', files.css.text);
  const edit = {
    dax: (range, text) => ours.edit(range, text),
    css: (range, text) => css.edit(range, text),
    yaml: async (range, text) => {
      const answer = fromYaml();
      yaml.send({ range, text });
      return /** @type {any} */ (await answer);
    },
  };
  const kinds = /** @type {const} */ (['dax', 'css', 'yaml']);
  const edited = { dax: editedFile(files.dax.blocks, seed), css: editedFile(files.css.blocks, seed), yaml: editedFile(files.yaml.blocks, seed) };
  const [times, computing] = [noTimes(), noTimes()];
  const halves = [noTimes(), noTimes()];
  let last = [];
  for (let done = -warmUp; done < edits; done += turn) {
    for (const kind of kinds) {
      for (let i = 0; i < turn; i++) {
        const before = edited[kind].text();
        const next = edited[kind].next();
        const { milliseconds, computing: used, items } = await edit[kind](rangeOf(before, next), next.inserted);
        if (kind === 'dax') last = items;
        if (done < 0) continue;
        times[kind].push(milliseconds);
        computing[kind].push(used);
        halves[i % 2][kind].push(milliseconds);
      }
    }
  }
  const held = { dax: await ours.memory(), css: await css.memory() };
  console.log(`memory of the servers after the edits: ${held.dax.toFixed(0)} MB, CSS ${held.css.toFixed(0)} MB\n`);
  await Promise.all([ours.end(), css.end()]);
  yaml.disconnect();
  await check(files, edited.dax.text(), last);
  const [within, seen] = halves;
  return [
    row('edit → diagnostics, p50', times, 0.5),
    row('edit → diagnostics, p95', times, 0.95),
    row('  computing time, p50', computing, 0.5),
    row('  computing time, p95', computing, 0.95),
    row('  edits within a definition, p95', within, 0.95),
    row('  edits that others see, p95', seen, 0.95),
  ];
}

/** What a server says after all edits is what a fresh one says of the same text. */
async function check(files, text, items) {
  const fresh = startOurs(files);
  const { items: expected } = await fresh.open(uriOf(files.dax.file), 'dax', text);
  await fresh.end();
  if (JSON.stringify(items) !== JSON.stringify(expected)) throw new Error('the findings after the edits are not those of the text');
}

/** @returns {Row} */
function row(title, times, part) {
  return { title, ours: quantile(times.dax, part), css: quantile(times.css, part), yaml: quantile(times.yaml, part) };
}

function quantile(list, part) {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
}

function print(rows) {
  const cells = [
    ['', 'DAX Metrics', 'CSS', 'ratio', 'YAML', 'ratio'],
    ...rows.map((it) => [it.title, time(it.ours), time(it.css), `${(it.css / it.ours).toFixed(1)}×`, time(it.yaml), `${(it.yaml / it.ours).toFixed(1)}×`]),
  ];
  const widths = cells[0].map((_, i) => Math.max(...cells.map((it) => it[i].length)));
  for (const it of cells) console.log(it.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('   ').trimEnd());
}

const time = (it) => (it < 10 ? it.toFixed(1) : it.toFixed(0));

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
