// The sample's expectations notice every change to a metric, or a comment says why none can.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bin } from '../cli/cli.ts';

const root = path.resolve(import.meta.dirname, '../..');

it('of more than a thousand changes to the metrics 95 percent fail an expectation, and the others are judged', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'test', 'samples/omnichannel', '--mutate', '--min-killed', '95'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  expect(stderr).toBe('');
  const [, mutants, survived, notEvaluated] = /^(\d+) mutants, .*, (\d+) survived, .*?(\d+) not evaluated$/m.exec(stdout) ?? [];
  expect(Number(mutants)).toBeGreaterThan(1000);
  expect(stdout.split('\n').filter((line) => / {2}survived {2}/.test(line))).toEqual([]);
  expect([Number(survived), Number(notEvaluated)]).toEqual([0, 0]);
  // A judgement that judges nothing is told.
  expect(stdout).not.toMatch(/^!/m);
  expect(status).toBe(0);
}, 120_000);
