// Runs a TypeScript entry of the tests in this process, bundled.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');

/** The fixtures of the tests stand beside what is used here, and are left out. */
const withoutVitest = {
  name: 'without-vitest',
  /** @param {import('esbuild').PluginBuild} it */
  setup: (it) => it.onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', external: true, sideEffects: false })),
};

/**
 * @param {string} entry path of the entry, relative to the repository
 * @param {readonly string[]} external packages that stay as they are; the bundle then lies where they are found
 */
export async function runBundled(entry, external = []) {
  const home = external.length === 0 ? tmpdir() : path.join(root, 'out');
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(path.join(home, 'dax-bundled-'));
  try {
    const outfile = path.join(folder, 'bundle.mjs');
    await build({
      entryPoints: [path.join(root, entry)], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', sourcemap: 'linked', logLevel: 'warning', external: [...external],
      banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" }, plugins: [withoutVitest],
    });
    await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
