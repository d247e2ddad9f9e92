// Bundles and starts the long run, then proves that it sees faults: node test/oracle/long.mjs [--cases 10000] [--from 0] [--show 5]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const folder = mkdtempSync(path.join(tmpdir(), 'dax-oracle-'));
try {
  const outfile = path.join(folder, 'long.mjs');
  await build({ entryPoints: [path.join(import.meta.dirname, 'long.ts')], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', sourcemap: 'inline', logLevel: 'warning', banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } });
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (!process.argv.includes('--no-faults')) await import('./faults.mjs');
