// The command line works from a fresh clone: `npm ci` builds it, and npx runs it.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

describe('npx dax-metrics in a fresh clone', () => {
  let home: string;
  let clone: string;

  const npm = (...args: string[]): void => void execFileSync('npm', args, { cwd: clone, stdio: ['ignore', 'ignore', 'inherit'] });
  const npx = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync('npx', ['--no-install', 'dax-metrics', ...args], { cwd: clone, encoding: 'utf8' });

  beforeAll(() => {
    home = mkdtempSync(path.join(tmpdir(), 'dax-metrics-clone-'));
    clone = path.join(home, 'clone');
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone], { stdio: ['ignore', 'ignore', 'inherit'] });
    npm('ci');
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('is built by npm ci, and by npm ci again after dist was deleted', () => {
    const cli = path.join(clone, 'dist/cli.js');
    accessSync(cli, constants.X_OK);
    rmSync(path.join(clone, 'dist'), { recursive: true });
    npm('ci');
    accessSync(cli, constants.X_OK);
  });

  it('tells its version', () => {
    const { status, stdout } = npx('--version');
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(status).toBe(0);
  });

  it('finds the sample metrics as expected', () => {
    const { status, stdout } = npx('test', 'samples');
    expect(stdout).toMatch(/^\d+ passed, 0 failed/m);
    expect(status).toBe(0);
  });

  it('finds what is wrong in the sample page', () => {
    const { status, stdout } = npx('check', 'samples', '--format', 'json');
    const findings = JSON.parse(stdout) as readonly { readonly file: string; readonly severity: string }[];
    expect(findings.some((it) => it.severity === 'error')).toBe(true);
    expect(new Set(findings.filter((it) => it.severity === 'error').map((it) => path.extname(it.file)))).toEqual(new Set(['.md']));
    expect(status).toBe(1);
  });

  it('leaves the clone as it was cloned', () => {
    expect(existsSync(path.join(clone, 'dist/cli.js'))).toBe(true);
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: clone, encoding: 'utf8' })).toBe('');
  });
});
