// A real VS Code server (the web build) out of the npm package of code-server. Only the npm registry is asked, the
// tarball's hash is checked, and no install script runs: what those would compile or download is replaced here.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached } from './cache.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** VS Code 1.100.3, the oldest that the extension supports and the newest server that runs on Node 20. */
const version = '4.100.3';
const integrity = 'sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==';
/** Raised with every change to what is done after unpacking, so that an older cache is not taken. */
const revision = 1;

/** @returns {Promise<string>} the folder that holds `out/server-main.js` */
export function fetchVscode() {
  return cached(`vscode-${version}-r${revision}`, (folder) => {
    const started = performance.now();
    const work = mkdtempSync(path.join(path.dirname(folder), 'fetch-'));
    try {
      const tarball = download(work);
      run('tar', ['xzf', tarball, 'package/lib/vscode'], work);
      const unpacked = path.join(work, 'package/lib/vscode');
      // `npm ci` refuses the shrinkwrap that is shipped; `npm install` follows it.
      npm(['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'], unpacked);
      adapt(unpacked);
      rmSync(folder, { recursive: true });
      renameSync(unpacked, folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
    console.error(`VS Code of code-server ${version} fetched in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  });
}

function download(folder) {
  npm(['pack', '--silent', `code-server@${version}`], folder);
  const name = readdirSync(folder).find((it) => it.endsWith('.tgz'));
  if (name === undefined) throw new Error(`npm pack gave no tarball of code-server ${version}`);
  const file = path.join(folder, name);
  const actual = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (actual !== integrity) throw new Error(`code-server ${version}: the tarball's hash is ${actual}, expected ${integrity}`);
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
  const search = path.join(modules, '@vscode/ripgrep/bin');
  mkdirSync(search, { recursive: true });
  copyFileSync(ripgrep(), path.join(search, 'rg'));
  chmodSync(path.join(search, 'rg'), 0o755);
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

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await fetchVscode());
