// The expectations of the samples notice nearly every change of their metrics; what they do not notice is judged.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { bin } from '../cli/cli.ts';

const root = path.resolve(import.meta.dirname, '../..');

it('of more than a thousand changes at least 95 % are noticed, and each of the others is judged with a reason', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [bin, 'test', '--mutate', 'samples', '--format', 'json', '--min-killed', '90'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as {
    readonly summary: { readonly mutants: number; readonly percent: number };
    readonly mutants: readonly { readonly file: string; readonly line: number; readonly metric: string; readonly before: string; readonly after: string; readonly state: string }[];
    readonly failing: readonly unknown[];
    readonly unused: readonly unknown[];
  };
  expect(report.mutants.filter((it) => it.state !== 'killed' && it.state !== 'judged')).toEqual([]);
  // A judgement that judges nothing is told.
  expect([report.failing, report.unused]).toEqual([[], []]);
  expect(report.summary.percent).toBeGreaterThanOrEqual(90);
  const omnichannel = report.mutants.filter((it) => it.file.includes('omnichannel/'));
  expect(omnichannel.length).toBeGreaterThan(1000);
  expect(omnichannel.filter((it) => it.state === 'killed').length / omnichannel.length).toBeGreaterThanOrEqual(0.95);
}, 300_000);
