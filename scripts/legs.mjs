// What a test leg reports: how many passed, how many failed, or why it did not run.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** @typedef {{ passed: number, failed: number, notRun?: string, note?: string }} Counts */

/** The file through which a leg's process hands its counts on. */
export function resultFile(leg) {
  return path.join(root, 'out/results', `${leg}.json`);
}

/** Forgets an earlier run, so that a leg that crashes leaves nothing. */
export function freshResult(leg) {
  const file = resultFile(leg);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

/**
 * What counts: a leg that runs must run something; with nothing to run, something has gone missing.
 *
 * @param {Counts} given
 * @returns {Counts}
 */
export function counted(given) {
  return given.notRun === undefined && given.passed + given.failed === 0 ? { ...given, failed: 1, note: 'no test was found' } : given;
}

/**
 * Ends a leg's process: prints and hands on its counts.
 * @param {string} leg
 * @param {Counts} given
 */
export function report(leg, given) {
  const counts = counted(given);
  writeFileSync(resultFile(leg), JSON.stringify(counts));
  console.log(counts.notRun === undefined ? `${leg}: ${counts.passed} passed, ${counts.failed} failed${counts.note === undefined ? '' : ` (${counts.note})`}` : `${leg}: not run: ${counts.notRun}`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}
