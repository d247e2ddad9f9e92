// A real VS Code server (the web build) out of the npm package of code-server. Only the npm registry is asked, the
// tarball's hash is checked, and no install script runs: what those would compile or download is replaced here.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached } from './cache.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * The builds that are tested: the oldest that the extension supports, which is the newest server that runs on Node 20, and
 * the newest to be had, with a Node of its own.
 */
const editions = {
  oldest: { version: '4.100.3', integrity: 'sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==', node: undefined },
  newest: { version: '4.139.1', integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==', node: '24.9.0' },
};
/** Raised with every change to what is done after unpacking, so that an older cache is not taken. */
const revision = 1;

/** The build that `DAX_METRICS_EDITOR` names, the oldest where it names none. */
function edition() {
  const name = process.env.DAX_METRICS_EDITOR ?? 'oldest';
  if (!Object.hasOwn(editions, name)) throw new Error(`DAX_METRICS_EDITOR is ${name}; there are ${Object.keys(editions).join(' and ')}`);
  return editions[/** @type {keyof typeof editions} */ (name)];
}

/** @returns {Promise<{ main: string, node: string }>} the server's script, and the Node that runs it */
export async function fetchVscode() {
  const { version, integrity, node } = edition();
  const folder = await cached(`vscode-${version}-r${revision}`, (target) => {
    const started = performance.now();
    const work = mkdtempSync(path.join(path.dirname(target), 'fetch-'));
    try {
      const tarball = download(work, `code-server@${version}`, integrity);
      run('tar', ['xzf', tarball, 'package/lib/vscode'], work);
      const unpacked = path.join(work, 'package/lib/vscode');
      // `npm ci` refuses the shrinkwrap that is shipped; `npm install` follows it.
      npm(['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'], unpacked);
      adapt(unpacked);
      rmSync(target, { recursive: true });
      renameSync(unpacked, target);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
    console.error(`VS Code of code-server ${version} fetched in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  });
  return { main: path.join(folder, 'out/server-main.js'), node: node === undefined ? process.execPath : await fetchNode(node) };
}

/** A Node out of the npm registry. @param {string} version */
async function fetchNode(version) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = await cached(`${name}-${version}`, (target) => {
    const work = mkdtempSync(path.join(path.dirname(target), 'fetch-'));
    try {
      run('tar', ['xzf', download(work, `${name}@${version}`), '-C', target, '--strip-components=1'], work);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
  return path.join(folder, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
}

/** @param {string} folder @param {string} wanted name and version @param {string} [integrity] hash of the tarball, where it is the same for every machine */
function download(folder, wanted, integrity) {
  npm(['pack', '--silent', wanted], folder);
  const name = readdirSync(folder).find((it) => it.endsWith('.tgz'));
  if (name === undefined) throw new Error(`npm pack gave no tarball of ${wanted}`);
  const file = path.join(folder, name);
  const actual = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (integrity !== undefined && actual !== integrity) throw new Error(`${wanted}: the tarball's hash is ${actual}, expected ${integrity}`);
  return file;
}

/** Makes the unpacked server run without native modules. */
function adapt(vscode) {
  const modules = path.join(vscode, 'node_modules');
  const archive = path.join(vscode, 'node_modules.asar');
  if (!existsSync(archive)) symlinkSync('node_modules', archive);
  replaceMain(path.join(modules, '@vscode/spdlog'), fileLogger);
  // The server is started in a process group of its own and ended with it, so nothing needs to watch the parent.
  for (const it of ['native-watchdog', '@vscode/native-watchdog']) replaceMain(path.join(modules, it), watchdog);
  for (const it of ['@vscode/ripgrep/bin', `@vscode/ripgrep-universal/bin/${process.platform}-${process.arch}`]) {
    if (!existsSync(path.join(modules, path.dirname(it).replace(/\/bin$/, '')))) continue;
    const search = path.join(modules, it);
    mkdirSync(search, { recursive: true });
    copyFileSync(ripgrep(), path.join(search, 'rg'));
    chmodSync(path.join(search, 'rg'), 0o755);
  }
  for (const it of readdirSync(path.join(vscode, 'out'), { recursive: true, encoding: 'utf8' })) {
    if (it.endsWith('.map')) rmSync(path.join(vscode, 'out', it));
  }
}

function replaceMain(folder, code) {
  if (existsSync(folder)) writeFileSync(path.join(folder, 'index.js'), code);
}

/** `workspace.findFiles` needs ripgrep; ours comes inside an npm package. */
function ripgrep() {
  const places = [path.join(root, `node_modules/@vscode/ripgrep-${process.platform}-${process.arch}/bin/rg`), '/usr/bin/rg', '/usr/local/bin/rg'];
  const found = places.find((it) => existsSync(it));
  if (found === undefined) throw new Error(`no ripgrep for ${process.platform}-${process.arch}: run npm ci with optional dependencies, or install ripgrep`);
  return found;
}

function npm(args, cwd) {
  run('npm', args, cwd);
}

function run(command, args, cwd) {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

const watchdog = `exports.start = () => {};
exports.exit = (code) => process.exit(code ?? 0);
`;

// Plain \`exports.name =\` assignments: VS Code imports this CommonJS file as a module, and finds only such names.
const fileLogger = `'use strict';
const fs = require('node:fs');
const path = require('node:path');
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class Logger {
  constructor(file) {
    this.file = file;
    this.level = 2;
    this.bare = false;
    try { fs.mkdirSync(path.dirname(file), { recursive: true }); } catch {}
  }
  write(level, text) {
    if (level < this.level) return;
    const line = this.bare ? text : new Date().toISOString() + ' [' + names[level] + '] ' + text + '\\n';
    try { fs.appendFileSync(this.file, line); } catch {}
  }
  trace(text) { this.write(0, text); }
  debug(text) { this.write(1, text); }
  info(text) { this.write(2, text); }
  warn(text) { this.write(3, text); }
  error(text) { this.write(4, text); }
  critical(text) { this.write(5, text); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() { this.bare = true; }
  setPattern() {}
  flush() {}
  drop() {}
}
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = async (_name, file) => new Logger(file);
exports.createAsyncRotatingLogger = async (_name, file) => new Logger(file);
`;

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await fetchVscode()).main);
