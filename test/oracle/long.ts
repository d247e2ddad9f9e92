/**
 * The long run: many seeded cases, differences shrunk and shown.
 *
 * `node test/oracle/long.mjs [--cases 10000] [--from 0] [--show 5]`
 */
import { parseArgs } from 'node:util';
import { checkTogether, report } from './check.ts';
import { groupOf, largeCaseOf, leafCaseOf, run, type Tally } from './run.ts';
import { shrink } from './shrink.ts';

const { values } = parseArgs({ options: { cases: { type: 'string', default: '10000' }, from: { type: 'string', default: '0' }, show: { type: 'string', default: '5' }, verbose: { type: 'boolean', default: false }, 'no-faults': { type: 'boolean' } } });
const cases = Number(values.cases);
const from = Number(values.from);
const started = performance.now();

const told = values.verbose ? (seed: number, of: Parameters<typeof report>[0], outcome: Parameters<typeof report>[1]): void => console.log(`--- ${String(seed)}\n${report(of, outcome)}`) : undefined;
const all = await run(from, cases, undefined, told);
let mostScans = 0;
const scanned = (_seed: number, _of: unknown, outcome: Parameters<typeof report>[1]): void => {
  if (outcome.kind === 'same') mostScans = Math.max(mostScans, outcome.scans);
};
const leaves = await run(from, Math.ceil(cases / 10), leafCaseOf, scanned);
const large = await run(from, Math.ceil(cases / 100), largeCaseOf, scanned);

let together = 0;
const parted: string[] = [];
for (let number = Math.floor(from / 10); number < Math.floor(from / 10) + cases / 100; number++) {
  const { model, questions } = groupOf(number);
  const outcomes = await checkTogether(model, questions).catch((error: unknown): Awaited<ReturnType<typeof checkTogether>> => {
    parted.push(`group ${String(number)}: ${String(error)}`);
    return [];
  });
  together += outcomes.filter((it) => it.kind === 'same').length;
  for (const it of outcomes) if (it.kind === 'different') parted.push(`group ${String(number)}: ${it.why}`);
}

for (const tally of [all, leaves, large]) {
  for (const it of tally.different.slice(0, Number(values.show))) {
    const small = await shrink(it.of, it.outcome);
    console.log(`\n=== case ${String(it.seed)}\n${report(small.found, small.outcome)}`);
  }
  if (tally.different.length > 0) console.log(`\ndifferent: ${tally.different.map((it) => it.seed).join(' ')}`);
}
console.log(`cases: ${sum(all)}`);
console.log(`leaf breakdowns: ${sum(leaves)}`);
console.log(`breakdowns of hundreds of rows: ${sum(large)}`);
console.log(`most scans of a breakdown: ${String(mostScans)}`);
console.log(`ten in one job: ${String(together)} the same, ${String(parted.length)} different${parted.slice(0, 5).map((it) => `\n    ${it}`).join('')}`);
console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
const bad = all.different.length + leaves.different.length + large.different.length + parted.length + (mostScans > 10 ? 1 : 0);
console.log(`${String(all.same + leaves.same + large.same + together)} passed, ${String(bad)} failed`);
process.exitCode = bad > 0 ? 1 : 0;

function sum(it: Tally): string {
  const counts = (map: ReadonlyMap<string, number>): string => [...map].sort((a, b) => b[1] - a[1]).map(([why, count]) => `\n    ${String(count)} × ${why}`).join('');
  return `${String(it.same)} the same, ${String(it.different.length)} different\n  refused:${counts(it.refused)}\n  left out:${counts(it.leftOut)}`;
}
