/**
 * The seam between the formula engine and storage: an engine over DuckDB gives the same results for the whole semantic
 * suite, also when it answers late and out of order; what fails or is cancelled is told, and nothing is wrong or hangs.
 * `node test/seam/long.mjs` runs every text with many troubles, `npm test` a part of them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runJob } from '../../server/src/engine/index.ts';
import { runJobWith } from '../../server/src/engine/run.ts';
import type { QueryResult } from '../../server/src/plan/plan.ts';
import { unreliable, type Troubles } from './chaos.ts';
import { duckdbEngine } from './duckdbEngine.ts';
import { differs, isHonest, shown } from './same.ts';
import { readSuiteFile, suiteFiles, type SuiteFile } from './suite.ts';

const rounds = Number(process.env['DAX_METRICS_SEAM_ROUNDS'] ?? 1);
/** Of the texts, one of so many meets each kind of trouble. */
const share = rounds > 1 ? 1 : 10;

const kinds: readonly (readonly [string, Troubles, lost: readonly string[]])[] = [
  ['answers late and out of order', { fail: 0, lose: 0, cancel: 0 }, []],
  ['fails at random', { fail: 0.2, lose: 0.1, cancel: 0 }, ['engine-ended']],
  ['is cancelled at random', { fail: 0, lose: 0, cancel: 0.3 }, ['cancelled']],
  ['fails and is cancelled', { fail: 0.1, lose: 0.05, cancel: 0.1 }, ['engine-ended', 'cancelled']],
];

const troubled = { lost: 0, whole: 0 };

for (const name of suiteFiles()) {
  describe(name, () => {
    let file: SuiteFile;
    let engine: Awaited<ReturnType<typeof duckdbEngine>>;
    let wanted: readonly (readonly QueryResult[])[];
    beforeAll(async () => {
      file = await readSuiteFile(name);
      engine = await duckdbEngine(file.shop.database.spec, file.shop.database.engine);
      wanted = file.texts.map(({ job }) => runJob(file.shop.database, job).results);
    });
    afterAll(() => { engine.close(); });

    it('has the same results over DuckDB', async () => {
      const faults: string[] = [];
      for (const [i, { title, text, job }] of file.texts.entries()) {
        const difference = differs((await runJobWith(file.shop.database, engine, job)).results, wanted[i] ?? []);
        if (difference !== undefined) faults.push(`${title}: ${text}\n  ${difference}`);
      }
      expect(faults.join('\n\n')).toBe('');
    });

    it.each(kinds)('has no other results when it %s', async (kind, troubles, lost) => {
      const faults: string[] = [];
      for (let round = 0; round < rounds; round++) {
        const chosen = file.texts.flatMap((each, i) => ((i + kind.length + round) % share === 0 ? [{ ...each, i }] : []));
        // Many at the same time, so that answers to one come between those to others.
        await Promise.all(chosen.map(async ({ title, text, job, i }) => {
          const it = unreliable(engine, round * 100_003 + i * 31 + kind.length, troubles);
          const { results } = await runJobWith(file.shop.database, it.engine, job, { signal: it.signal });
          const right = wanted[i] ?? [];
          const whole = differs(results, right) === undefined;
          troubled[whole ? 'whole' : 'lost']++;
          if (!whole && !isHonest(results, right, (reason) => lost.includes(reason))) faults.push(`${title}, round ${String(round)}: ${text}\n  ${shown(results)}\n  not ${shown(right)}`);
        }));
      }
      expect(faults.join('\n\n')).toBe('');
    });
  });
}

it('trouble has cost some results, and not all', () => {
  expect(troubled.lost).toBeGreaterThan(5);
  expect(troubled.whole).toBeGreaterThan(troubled.lost / 10);
});
