// Every expectation of the samples holds on a machine of any time zone and language.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { bin } from '../cli/cli.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface Row {
  readonly file: string; readonly line: number; readonly state: string; readonly actual: string; readonly details: readonly string[];
}

async function ran(zone: string, language: string): Promise<readonly Row[]> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [bin, 'test', 'samples', '--format', 'json'], {
    cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, TZ: zone, LANG: language, LC_ALL: language, LANGUAGE: language },
  });
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as readonly (Row & { readonly milliseconds: number })[]).map(({ milliseconds: _, ...row }) => row);
}

it('the samples give the same values in Kiritimati and in Newfoundland, in Turkish and in Arabic', async () => {
  const [rows, others] = await Promise.all([ran('Pacific/Kiritimati', 'tr_TR.UTF-8'), ran('America/St_Johns', 'ar_EG.UTF-8')]);
  expect(rows.length).toBeGreaterThan(500);
  expect(rows.filter((row) => row.state !== 'passed')).toEqual([]);
  expect(others).toEqual(rows);
}, 120_000);
