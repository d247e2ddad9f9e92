// `npm run bench:engine`: the engine beside DuckDB, then the whole way from a keystroke to a value. With `--keystroke` only
// the second, with any of the other options only the first.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildAll } from './build.mjs';
import { runBundled } from './bundled.mjs';

const args = process.argv.slice(2);
const isKeystroke = args.includes('--keystroke');
if (!isKeystroke) await runBundled('test/benchmarks/engine/main.ts', ['@duckdb/node-api']);
if (isKeystroke || !args.some((it) => ['--only', '--memory', '--load', '--make', '--rounds'].includes(it))) {
  const dist = mkdtempSync(path.join(tmpdir(), 'dax-bench-server-'));
  try {
    await buildAll({ dist, only: ['cli.js', 'commands.js', 'server.js', 'worker.js'] });
    process.argv.push('--dist', dist);
    await runBundled('test/benchmarks/engine/keystroke.ts');
  } finally {
    rmSync(dist, { recursive: true, force: true });
  }
}
