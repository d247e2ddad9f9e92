// Bundles the extension into dist/: client and server for node and web, the pages of its views with their styles, the evaluation
// workers, the command line,
// and the licence notices of everything that was bundled. `--dev` keeps names and adds source maps.
import { build } from 'esbuild';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileAhead } from './compile.mjs';

const root = path.resolve(import.meta.dirname, '..');

// In a CommonJS bundle a module's own address has to be made; some packages ask for it.
const ownAddress = `const bundleUrl = require('node:url').pathToFileURL(__filename).href;`;

/** @type {import('esbuild').BuildOptions} */
const node = { platform: 'node', format: 'cjs', target: 'node20', banner: { js: ownAddress }, define: { 'import.meta.url': 'bundleUrl', workerBundle: '"worker.node.js"' } };
/** @type {import('esbuild').BuildOptions} */
const browser = { platform: 'browser', target: 'es2022' };

/** @type {(import('esbuild').BuildOptions & { out: string, entry: string, executable?: boolean })[]} */
const bundles = [
  { out: 'client.node.js', entry: 'client/src/extension.node.ts', ...node, external: ['vscode'] },
  { out: 'client.browser.js', entry: 'client/src/extension.browser.ts', ...browser, format: 'cjs', external: ['vscode'] },
  ...pages(),
  { out: 'server.node.js', entry: 'server/src/lsp/main.node.ts', ...node },
  { out: 'server.browser.js', entry: 'server/src/lsp/main.browser.ts', ...browser, format: 'iife' },
  { out: 'worker.node.js', entry: 'server/src/host/node/worker.ts', ...node },
  { out: 'worker.browser.js', entry: 'server/src/host/browser/worker.ts', ...browser, format: 'iife' },
  { out: 'commands.js', entry: 'server/src/cli/commands.ts', ...node },
  { out: 'cli.js', entry: 'server/src/cli/main.ts', ...node, banner: { js: `#!/usr/bin/env node\n${ownAddress}` }, executable: true },
];

/** Each folder of `client/webview` is a page: `main.ts` its script, with `main.css` its style. */
function pages() {
  const folder = 'client/webview';
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((it) => it.isDirectory() && existsSync(path.join(root, folder, it.name, 'main.ts')))
    .flatMap(({ name }) => [
      { out: `view.${name}.js`, entry: `${folder}/${name}/main.ts`, ...browser, format: /** @type {const} */ ('iife') },
      { out: `view.${name}.css`, entry: `${folder}/${name}/main.css`, ...browser },
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
    wanted.map(async ({ out, entry, executable, ...options }) => {
      const outfile = path.join(dist, out);
      const { metafile } = await build({
        ...options,
        metafile: true,
        absWorkingDir: root,
        entryPoints: [entry],
        outfile,
        bundle: true,
        minify: !dev,
        sourcemap: dev ? 'linked' : false,
        legalComments: 'none',
        define: { ...options.define, 'process.env.NODE_ENV': dev ? '"development"' : '"production"' },
        logLevel: 'warning',
      });
      if (executable) chmodSync(outfile, 0o755);
      for (const [file, output] of Object.entries(metafile.outputs)) if (/\.(js|css)$/.test(file)) sizes.set(out, output.bytes);
      for (const input of Object.keys(metafile.inputs)) notePackage(packages, input);
    }),
  );
  writeFileSync(path.join(dist, 'THIRD-PARTY-NOTICES.txt'), notices(packages));
  const server = path.join(dist, 'server.node.js');
  if (!dev && sizes.has('cli.js') && sizes.has('server.node.js')) sizes.set('server.node.js.compiled', await compileAhead(server));
  const made = new Set([...sizes.keys(), ...(dev ? [...sizes.keys()].map((it) => `${it}.map`) : []), 'THIRD-PARTY-NOTICES.txt']);
  for (const name of readdirSync(dist)) if (!made.has(name)) rmSync(path.join(dist, name), { recursive: true, force: true });
  return sizes;
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
