// The expectations of the samples notice nearly every change of their metrics; what they do not notice is judged.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { bin } from '../cli/cli.ts';

const root = path.resolve(import.meta.dirname, '../..');

it('at least 90 % of the mutants are killed, and each survivor is judged with a reason', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [bin, 'test', '--mutate', 'samples', '--format', 'json'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as {
    readonly summary: { readonly mutants: number; readonly percent: number };
    readonly mutants: readonly { readonly file: string; readonly line: number; readonly metric: string; readonly before: string; readonly after: string; readonly state: string }[];
    readonly failing: readonly unknown[];
    readonly unused: readonly unknown[];
  };
  expect(report.summary.mutants).toBeGreaterThan(500);
  expect(report.summary.percent).toBeGreaterThanOrEqual(90);
  expect(report.mutants.filter((it) => it.state !== 'killed' && it.state !== 'judged')).toEqual([]);
  expect([report.failing, report.unused]).toEqual([[], []]);
}, 300_000);
