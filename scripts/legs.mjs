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
 * Ends a leg's process: prints and hands on its counts.
 * @param {string} leg
 * @param {Counts} counts
 */
export function report(leg, counts) {
  writeFileSync(resultFile(leg), JSON.stringify(counts));
  console.log(counts.notRun === undefined ? `${leg}: ${counts.passed} passed, ${counts.failed} failed` : `${leg}: not run: ${counts.notRun}`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}
