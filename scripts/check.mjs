// `npm run check`: types, lint, import arrows and unused code, side by side. Each is one check that passes or fails.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { freshResult, report } from './legs.mjs';

const root = path.resolve(import.meta.dirname, '..');
const bin = (name) => path.join(root, 'node_modules/.bin', name);

const checks = [
  { title: 'types', command: bin('tsc'), args: ['-b'] },
  { title: 'lint', command: bin('eslint'), args: ['.', '--max-warnings', '0'] },
  { title: 'import arrows', command: bin('vitest'), args: ['run', '--project', 'unit', 'test/arrows.test.ts', '--reporter', 'dot'] },
  { title: 'unused code', command: bin('knip'), args: [] },
];

freshResult('check');
const outcomes = await Promise.all(checks.map(run));
const passed = outcomes.filter((it) => it).length;
report('check', { passed, failed: outcomes.length - passed });

/** Runs one check and prints its output if it fails; resolves to whether it passed. */
function run({ title, command, args }) {
  const started = performance.now();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (it) => (said += it));
  child.stderr.on('data', (it) => (said += it));
  return new Promise((resolve) => {
    const end = (fine, text) => {
      if (!fine) console.log(text.trimEnd());
      console.log(`  ${fine ? 'ok  ' : 'FAIL'}  ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
      resolve(fine);
    };
    child.once('error', (error) => end(false, error.message));
    child.once('close', (code) => end(code === 0, said));
  });
}
