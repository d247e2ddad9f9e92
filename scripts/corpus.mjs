// `npm run corpus -- FILE`: how many expressions of a corpus file parse and bind, and every error with its place.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(tmpdir(), 'dax-corpus-'));
try {
  const outfile = path.join(folder, 'corpus.mjs');
  await build({
    entryPoints: [path.join(root, 'test/corpusRun/main.ts')], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    // The fixtures of the tests stand beside what is used here, and are left out.
    plugins: [{ name: 'without-vitest', setup: (it) => it.onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', external: true, sideEffects: false })) }],
  });
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
