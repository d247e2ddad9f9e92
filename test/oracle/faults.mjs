// Proof that the oracle sees: the engine is bundled with one fault at a time, and random cases must part from the definitions.
// Part of the long run, or by itself: node test/oracle/faults.mjs [--limit 20000] [--only number]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { faults } from './faultList.mjs';

const { values } = parseArgs({ options: { limit: { type: 'string', default: '20000' }, only: { type: 'string' } }, strict: false });
const root = path.resolve(import.meta.dirname, '../..');

const folder = mkdtempSync(path.join(tmpdir(), 'dax-faults-'));
let missed = 0;
try {
  for (const [number, fault] of faults.entries()) {
    if (values.only !== undefined && Number(values.only) !== number) continue;
    const file = path.join(root, 'server/src', fault.file);
    const text = readFileSync(file, 'utf8');
    if (text.split(fault.find).length !== 2) {
      console.log(`  ${number}  STALE   ${fault.what}: ${fault.file} has the text ${text.split(fault.find).length - 1} times`);
      missed++;
      continue;
    }
    const outfile = path.join(folder, `fault${number}.mjs`);
    await build({
      entryPoints: [path.join(import.meta.dirname, 'run.ts')], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      plugins: [{ name: 'fault', setup: (it) => it.onLoad({ filter: /\.ts$/ }, (args) => (args.path === file ? { contents: text.replace(fault.find, () => fault.put), loader: 'ts' } : undefined)) }],
    });
    const { seen } = await import(pathToFileURL(outfile).href);
    const found = await seen(Number(values.limit));
    if (found === undefined) missed++;
    console.log(`  ${number}  ${found === undefined ? 'MISSED' : `case ${found}`.padEnd(9)}  ${fault.what}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const tried = values.only === undefined ? faults.length : 1;
console.log(`${tried - missed} passed, ${missed} failed`);
if (missed > 0) process.exitCode = 1;
