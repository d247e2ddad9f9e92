// Tests of `unit` with more of what is random, in a process of their own.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { freshResult, report } from '../scripts/legs.mjs';
import { countsOfVitest, vitestArguments } from '../scripts/runLegs.mjs';

/**
 * @param {string} leg reports under this name
 * @param {readonly string[]} args files, and options of vitest
 * @param {Record<string, string>} env tells the tests how much
 */
export function runLong(leg, args, env) {
  const file = freshResult(`${leg}-vitest`);
  freshResult(leg);
  const { status } = spawnSync(process.execPath, vitestArguments(file, ['--project', 'unit', ...args]), {
    cwd: path.resolve(import.meta.dirname, '..'), env: { ...process.env, ...env }, stdio: 'inherit',
  });
  const { passed, failed } = countsOfVitest(file);
  report(leg, { passed, failed: status === 0 ? failed : Math.max(1, failed) });
}
