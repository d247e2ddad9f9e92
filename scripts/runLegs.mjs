// Runs test legs in processes of their own, two side by side where there are processors for it, and adds them up.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { freshResult, resultFile } from './legs.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** A second editor hardly slows the first, which mostly waits; more of them would not fit into the memory of a small machine. */
const lanes = Math.min(2, availableParallelism());

/**
 * @typedef {object} Leg
 * @property {string} name
 * @property {string} [script] run by Node, which reports through `legs.mjs` or by lines that say how many passed and failed
 * @property {readonly string[]} [args] of the script
 * @property {string} [project] of vitest, in place of a script
 * @property {boolean} [alone] it uses all processors itself; its output is shown as it comes
 *
 * @typedef {{ name: string, passed: number, failed: number, seconds?: number, notRun?: string }} Outcome
 */

/**
 * The legs that are named, all where none is; ends the process where one is not known.
 * @param {readonly Leg[]} legs
 */
export function wantedLegs(legs) {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((it) => !legs.some((leg) => leg.name === it));
  if (unknown.length > 0) {
    console.error(`no such leg: ${unknown.join(', ')}; there are ${legs.map((it) => it.name).join(', ')}`);
    process.exit(2);
  }
  return wanted.length === 0 ? legs : legs.filter((it) => wanted.includes(it.name));
}

/**
 * Starts legs in their order; the output of each stands together, in the order in which they end.
 *
 * @param {readonly Leg[]} legs
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Outcome[]>}
 */
export async function runLegs(legs, env) {
  const outcomes = new Map();
  const running = new Set();
  let free = lanes;
  for (const leg of legs) {
    const needed = leg.alone === true ? lanes : 1;
    while (free < needed) await Promise.race(running);
    free -= needed;
    const run = runLeg(leg, env, needed === lanes).then((outcome) => {
      outcomes.set(leg.name, outcome);
      running.delete(run);
      free += needed;
    });
    running.add(run);
  }
  await Promise.all(running);
  return legs.map((it) => outcomes.get(it.name));
}

/**
 * Prints what came of each leg and, as the last line, the sum; sets how the process ends.
 * @param {readonly Outcome[]} outcomes
 */
export function printSum(outcomes) {
  console.log('\n=== all legs');
  for (const it of outcomes) {
    const counts = it.notRun === undefined ? `${it.passed} passed, ${it.failed} failed` : `not run: ${it.notRun}`;
    console.log(`  ${it.name.padEnd(14)} ${counts}${it.seconds === undefined ? '' : ` (${it.seconds.toFixed(0)} s)`}`);
  }
  const sum = (key) => outcomes.reduce((total, it) => total + it[key], 0);
  const failures = sum('failed');
  process.exitCode = failures > 0 ? 1 : 0;
  console.log(`${sum('passed')} passed, ${failures} failed`);
}

/**
 * @param {Leg} leg
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} live whether its output is shown as it comes
 * @returns {Promise<Outcome>}
 */
async function runLeg({ name, script, args: own = [], project }, env, live) {
  const file = freshResult(name);
  const args = script === undefined ? vitestArguments(file, ['--project', project ?? '']) : [script, ...own];
  if (live) console.log(`\n=== ${name}`);
  const started = performance.now();
  let said = '';
  const status = await new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const hear = (it) => {
      said += it;
      if (live) process.stdout.write(it);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (error) => {
      said += `${error.message}\n`;
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
  const seconds = (performance.now() - started) / 1000;
  if (!live) process.stdout.write(`\n=== ${name}\n${said}`);
  const counts = project === undefined ? countsOfScript(name, said) : countsOfVitest(file);
  // A leg that ended badly counts as a failure even where it could not say so itself.
  return { name, seconds, ...counts, failed: status === 0 ? counts.failed : Math.max(1, counts.failed) };
}

/** What a script reported, else the sum of the lines in which it says so. */
function countsOfScript(name, said) {
  const file = resultFile(name);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const lines = [...said.matchAll(/^(?:[\w-]+: )?(\d+) passed, (\d+) failed/gm)];
  const sum = (group) => lines.reduce((total, it) => total + Number(it[group]), 0);
  if (lines.length > 0) return { passed: sum(1), failed: sum(2) };
  const [, notRun] = /^[\w-]+: not run: (.*)$/m.exec(said) ?? [];
  return notRun === undefined ? { passed: 0, failed: 1 } : { passed: 0, failed: 0, notRun };
}

/** Arguments for Node that run vitest, which writes to a file what came of it. */
export function vitestArguments(file, own) {
  return [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...own, '--reporter', 'default', '--reporter', 'json', '--outputFile.json', file];
}

/** What vitest wrote. A test that was skipped or never written proves nothing. */
export function countsOfVitest(file) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const it = JSON.parse(readFileSync(file, 'utf8'));
  const idle = it.numPendingTests + it.numTodoTests;
  if (idle > 0) console.log(`${idle} tests did not run; they count as failed`);
  return { passed: it.numPassedTests, failed: it.numFailedTests + idle };
}
