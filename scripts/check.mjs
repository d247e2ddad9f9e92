// `npm run check`: types, lint, import arrows and unused code, in seconds. Each is one check that passes or fails.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { freshResult, report } from './legs.mjs';

const root = path.resolve(import.meta.dirname, '..');
const bin = (name) => path.join(root, 'node_modules/.bin', name);

const checks = [
  { title: 'types', command: bin('tsc'), args: ['-b'] },
  { title: 'lint', command: bin('eslint'), args: ['.', '--max-warnings', '0'] },
  { title: 'import arrows', command: bin('vitest'), args: ['run', '--project', 'unit', 'test/arrows.test.ts', '--silent', '--reporter', 'dot'] },
  { title: 'unused code', command: bin('knip'), args: [] },
];

freshResult('check');
let passed = 0;
let failed = 0;
for (const { title, command, args } of checks) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (status === 0) passed++;
  else {
    failed++;
    console.log(`${stdout}${stderr}`.trimEnd());
  }
  console.log(`  ${status === 0 ? 'ok  ' : 'FAIL'}  ${title} (${seconds} s)`);
}
report('check', { passed, failed });
