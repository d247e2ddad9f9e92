// The sample of billed sessions through the command line: no finding, every expectation holds, whatever day, zone and language.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bin } from '../cli/cli.ts';

const root = path.resolve(import.meta.dirname, '../..');
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
  spawnSync(process.execPath, [bin, ...args], { cwd: root, encoding: 'utf8', timeout: 60_000, env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env } });

it('has no finding of any severity', () => {
  const { status, stdout, stderr } = run(['check', 'samples/billed-sessions', '--format', 'json']);
  expect([status, JSON.parse(stdout), stderr]).toEqual([0, [], '']);
});

it.each([
  { TZ: 'UTC', LANG: 'C' }, { TZ: 'Pacific/Kiritimati', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' }, { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
])('keeps what it promises where $TZ is the zone and $LANG the language', (env) => {
  const { status, stdout } = run(['test', 'samples/billed-sessions'], env);
  expect(stdout).toMatch(/\n167 passed, 0 failed\n$/);
  expect(status).toBe(0);
});

it('tells a session of each kind of end', () => {
  const { stdout } = run(['eval', '--root', 'samples/billed-sessions', '-m', 'billed', '-e', 'COUNTROWS(BilledSession)', '--by', 'BilledSession[EndReason]', '--format', 'json']);
  const { results } = JSON.parse(stdout) as { readonly results: readonly { readonly rows: readonly (readonly [string, number])[] }[] };
  expect(results[0]?.rows.map(([reason]) => reason).sort()).toEqual(['ended', 'idle', 'length', 'open', 'turns']);
});
