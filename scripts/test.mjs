// `npm test`: every leg in turn, each in a process of its own; the last line is the sum over all of them.
// Legs may be named: `npm test -- unit ui`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { freshResult, resultFile } from './legs.mjs';
import { packVsix } from './vsix.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** Legs in the order of their speed; those of vitest are its projects. */
const legs = [
  { name: 'check', script: 'scripts/check.mjs' },
  { name: 'unit', project: 'unit' },
  { name: 'web', project: 'web' },
  { name: 'package', project: 'package' },
  { name: 'api', script: 'test/integration/api.mjs' },
  { name: 'ui', script: 'test/integration/ui.mjs' },
  { name: 'results', script: 'test/integration/results.mjs' },
  { name: 'first-minutes', script: 'test/integration/firstMinutes.mjs' },
  { name: 'folders', script: 'test/integration/folders.mjs' },
  { name: 'restricted', script: 'test/integration/restricted.mjs' },
  { name: 'web-ui', script: 'test/integration/web.mjs' },
  { name: 'desktop', script: 'test/integration/desktop.mjs' },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((it) => !legs.some((leg) => leg.name === it));
if (unknown.length > 0) {
  console.error(`no such leg: ${unknown.join(', ')}; there are ${legs.map((it) => it.name).join(', ')}`);
  process.exit(2);
}

const summary = [];
let env = process.env;
try {
  env = { ...env, DAX_METRICS_VSIX: await packVsix() };
} catch (error) {
  console.log(error);
  summary.push({ name: 'build', passed: 0, failed: 1 });
}
for (const leg of legs) {
  if (wanted.length > 0 && !wanted.includes(leg.name)) continue;
  console.log(`\n=== ${leg.name}`);
  const started = performance.now();
  const counts = leg.project === undefined ? runScript(leg) : runVitest(leg);
  summary.push({ name: leg.name, seconds: (performance.now() - started) / 1000, ...counts });
}

console.log('\n=== all legs');
for (const it of summary) {
  const counts = it.notRun === undefined ? `${it.passed} passed, ${it.failed} failed` : `not run: ${it.notRun}`;
  console.log(`  ${it.name.padEnd(8)} ${counts}${it.seconds === undefined ? '' : ` (${it.seconds.toFixed(0)} s)`}`);
}
const sum = (key) => summary.reduce((total, it) => total + it[key], 0);
const failures = sum('failed');
process.exitCode = failures > 0 ? 1 : 0;
console.log(`${sum('passed')} passed, ${failures} failed`);

function runScript({ name, script }) {
  freshResult(name);
  const { status } = spawnSync(process.execPath, [script], { cwd: root, env, stdio: 'inherit' });
  const file = resultFile(name);
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0 };
  return atLeastOneFailed(counts, status);
}

function runVitest({ name, project }) {
  const file = freshResult(name);
  const args = ['run', '--project', project, '--reporter', 'default', '--reporter', 'json', '--outputFile.json', file];
  const { status } = spawnSync(path.join(root, 'node_modules/.bin/vitest'), args, { cwd: root, env, stdio: 'inherit' });
  if (!existsSync(file)) return atLeastOneFailed({ passed: 0, failed: 0 }, status ?? 1);
  const it = JSON.parse(readFileSync(file, 'utf8'));
  // A test that was skipped or never written proves nothing.
  const idle = it.numPendingTests + it.numTodoTests;
  if (idle > 0) console.log(`${idle} tests did not run; they count as failed`);
  return atLeastOneFailed({ passed: it.numPassedTests, failed: it.numFailedTests + idle }, status);
}

/** A leg that ended badly counts as a failure even where it could not say so itself. */
function atLeastOneFailed(counts, status) {
  return status === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) };
}
