// Bundles the suite that runs inside the extension host.
import { build } from 'esbuild';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** The folder of the extension that the suite lives in. */
export const driver = path.join(root, 'test/integration/driver');

/** @returns {Promise<string>} the bundle's path */
export async function bundleSuite() {
  const outfile = path.join(root, 'out/integration/suite.js');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/integration/suite/index.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}
