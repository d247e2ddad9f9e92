// Bundles the suite that runs inside the extension host.
import { build } from 'esbuild';
import { renameSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** The folder of the extension that the suite lives in. */
export const driver = path.join(root, 'test/integration/driver');

/** @returns {Promise<string>} the bundle's path */
export async function bundleSuite() {
  // Put in its place whole: a leg beside this one may be reading it.
  const outfile = path.join(root, 'out/integration/suite.js');
  const made = `${outfile}.${process.pid}`;
  await build({
    absWorkingDir: root,
    entryPoints: ['test/integration/suite/index.ts'],
    outfile: made,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  renameSync(made, outfile);
  return outfile;
}
