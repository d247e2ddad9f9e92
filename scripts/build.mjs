// Bundles the extension into dist/: client and server for node and web, the pages of its views with their styles, the evaluation
// workers, the command line,
// and the licence notices of everything that was bundled. `--dev` keeps names and adds source maps.
import { build } from 'esbuild';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileAhead, compiledWith } from './compile.mjs';

const root = path.resolve(import.meta.dirname, '..');

// A CommonJS bundle's own address has to be made.
const address = { inject: [path.join(root, 'scripts/ownAddress.mjs')], define: { 'import.meta.url': 'ownAddress', workerBundle: '"worker.js"' } };

/** @type {import('esbuild').BuildOptions} */
const node = { platform: 'node', format: 'cjs', target: 'node20', ...address };

/** @type {import('esbuild').BuildOptions} */
const browser = { platform: 'browser', target: 'es2022' };

/**
 * One bundle for Node and for the web, so that the extension carries what they share once: where it runs, it looks which
 * of two entries it needs, and the other's code is never run. Packages give the parts that need no Node.
 *
 * @param {string} nodeEntry
 * @param {string} webEntry
 * @param {'cjs' | 'iife'} format `cjs` where something asks for its exports
 * @returns {import('esbuild').BuildOptions}
 */
const everywhere = (nodeEntry, webEntry, format) => ({
  stdin: {
    contents: `module.exports = typeof process === 'object' && typeof process.versions?.node === 'string' ? require('./${nodeEntry}') : require('./${webEntry}');`,
    resolveDir: root,
  },
  platform: 'neutral',
  mainFields: ['module', 'main'],
  conditions: ['node', 'browser', 'import', 'module'],
  alias: { yaml: path.join(root, 'node_modules/yaml/browser/index.js') },
  external: ['vscode', ...builtinModules, 'node:*'],
  format,
  target: ['node20', 'es2022'],
  ...address,
});

/** @type {(import('esbuild').BuildOptions & { out: string, executable?: boolean })[]} */
const bundles = [
  { out: 'client.js', ...everywhere('client/src/extension.node.ts', 'client/src/extension.browser.ts', 'cjs') },
  ...pages(),
  { out: 'server.js', ...everywhere('server/src/lsp/main.node.ts', 'server/src/lsp/main.browser.ts', 'iife') },
  { out: 'worker.js', ...everywhere('server/src/host/node/worker.ts', 'server/src/host/browser/worker.ts', 'iife') },
  { out: 'commands.js', entryPoints: ['server/src/cli/commands.ts'], ...node },
  { out: 'cli.js', entryPoints: ['server/src/cli/main.ts'], ...node, define: { ...node.define, compiledWith: JSON.stringify(compiledWith) }, banner: { js: '#!/usr/bin/env node' }, executable: true },
];

/** Each folder of `client/webview` is a page: `main.ts` its script, with `main.css` its style. */
function pages() {
  const folder = 'client/webview';
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((it) => it.isDirectory() && existsSync(path.join(root, folder, it.name, 'main.ts')))
    .flatMap(({ name }) => [
      { out: `view.${name}.js`, entryPoints: [`${folder}/${name}/main.ts`], ...browser, format: /** @type {const} */ ('iife') },
      { out: `view.${name}.css`, entryPoints: [`${folder}/${name}/main.css`], ...browser },
    ]);
}

/**
 * Builds every bundle, or those of `only`; returns the sizes in bytes by file name.
 *
 * @param {{ dev?: boolean, dist?: string, only?: readonly string[] }} options `dist`: the folder that is filled
 */
export async function buildAll({ dev = false, dist = path.join(root, 'dist'), only = undefined } = {}) {
  mkdirSync(dist, { recursive: true });
  const wanted = bundles.filter((it) => only === undefined || only.includes(it.out));
  const sizes = new Map();
  const packages = new Map();
  await Promise.all(
    wanted.map(async ({ out, executable, ...options }) => {
      const outfile = path.join(dist, out);
      const { metafile } = await build({
        ...options,
        metafile: true,
        absWorkingDir: root,
        outfile,
        bundle: true,
        minify: !dev,
        sourcemap: dev ? 'linked' : false,
        legalComments: 'none',
        define: { ...options.define, 'process.env.NODE_ENV': dev ? '"development"' : '"production"' },
        logLevel: 'warning',
      });
      if (executable) chmodSync(outfile, 0o755);
      mustBeAscii(outfile);
      for (const [file, output] of Object.entries(metafile.outputs)) if (/\.(js|css)$/.test(file)) sizes.set(out, output.bytes);
      for (const input of Object.keys(metafile.inputs)) notePackage(packages, input);
    }),
  );
  writeFileSync(path.join(dist, 'THIRD-PARTY-NOTICES.txt'), notices(packages));
  writeFileSync(path.join(dist, 'rules.json'), JSON.stringify(rulePages()));
  const server = path.join(dist, 'server.js');
  if (!dev && sizes.has('cli.js') && sizes.has('server.js')) sizes.set('server.js.compiled', await compileAhead(server));
  const made = new Set([...sizes.keys(), ...(dev ? [...sizes.keys()].map((it) => `${it}.map`) : []), 'THIRD-PARTY-NOTICES.txt', 'rules.json']);
  for (const name of readdirSync(dist)) if (!made.has(name)) rmSync(path.join(dist, name), { recursive: true, force: true });
  return sizes;
}

/**
 * One character beyond ASCII makes V8 keep a whole bundle in two bytes a character, and slower to read. esbuild escapes
 * those in strings; in a regular expression they are for us to write as `\u2026`.
 */
function mustBeAscii(file) {
  if (!file.endsWith('.js')) return;
  const found = /.{0,40}[^\0-\x7f].{0,40}/.exec(readFileSync(file, 'utf8'));
  if (found !== null) throw new Error(`${path.basename(file)} is not ASCII: ${found[0]}`);
}

/** The rules' pages by file name, as one file: so many small ones take more room than what they say. */
function rulePages() {
  const folder = path.join(root, 'docs/rules');
  return Object.fromEntries(readdirSync(folder).map((it) => [it, readFileSync(path.join(folder, it), 'utf8').replace(/^<!--.*?-->\s*/, '')]));
}

function notePackage(packages, input) {
  const match = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input);
  if (match) packages.set(match[2], path.join(root, match[1]));
}

function notices(packages) {
  const parts = ['DAX Metrics contains the following third-party software.\n'];
  for (const [name, dir] of [...packages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const manifest = JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8'));
    const file = readdirSync(dir).find((it) => /^(licen[cs]e|copying)/i.test(it));
    if (file === undefined && manifest.license === undefined) throw new Error(`${name} states no licence`);
    const text = file === undefined ? `Licensed under ${manifest.license}.` : readFileSync(path.join(dir, file), 'utf8').trim();
    parts.push(`${'-'.repeat(72)}\n${name} ${manifest.version} (${manifest.license})\n\n${text}\n`);
  }
  return parts.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now();
  const sizes = await buildAll({ dev: process.argv.includes('--dev') });
  for (const [out, bytes] of [...sizes].sort()) console.log(`  dist/${out}  ${(bytes / 1024).toFixed(0)} KB`);
  console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
