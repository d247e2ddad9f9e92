// A second opinion: random metrics over random small models, answered by the product and by the definitions of DAX.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkTogether, report } from './check.ts';
import { faults } from './faultList.mjs';
import { groupOf, leafCaseOf, run, type Tally } from './run.ts';

describe('the faults that the long run seeds', () => {
  it('are many, and each has its place in the engine as it is', () => {
    expect(faults.length).toBeGreaterThanOrEqual(20);
    const stale = faults.filter(({ file, find }) => readFileSync(new URL(`../../server/src/${file}`, import.meta.url), 'utf8').split(find).length !== 2);
    expect(stale).toEqual([]);
  });
});

describe('random metrics and queries', () => {
  for (const from of [0, 100, 200]) {
    it(`have the values that the definitions give: cases ${String(from)} to ${String(from + 99)}`, async () => {
      const tally = await run(from, 100);
      expect(differences(tally)).toEqual([]);
      // What is left out or refused must stay the exception, or nothing is compared any more.
      expect(tally.same).toBeGreaterThan(85);
    });
  }
});

describe('ten queries in one job, each with measures of its own', () => {
  it('do not disturb each other', async () => {
    let same = 0;
    for (let number = 40; number < 60; number++) {
      const { model, questions } = groupOf(number);
      const outcomes = await checkTogether(model, questions);
      expect(outcomes.filter((it) => it.kind === 'different').map((it) => report({ model, question: questions[0] as (typeof questions)[number] }, it))).toEqual([]);
      same += outcomes.filter((it) => it.kind === 'same').length;
    }
    expect(same).toBeGreaterThan(180);
  });
});

describe('breakdowns of filtered aggregates', () => {
  it('have the values that the definitions give, in a bounded number of scans', async () => {
    // Up to three columns and four aggregates, each with up to two filters of its own; up to a hundred groups.
    const worst = { scans: 0, waves: 0, rows: 0 };
    const tally = await run(0, 150, leafCaseOf, (_seed, _of, outcome) => {
      if (outcome.kind !== 'same') return;
      worst.scans = Math.max(worst.scans, outcome.scans);
      worst.waves = Math.max(worst.waves, outcome.waves);
      worst.rows = Math.max(worst.rows, outcome.rows);
    });
    expect(differences(tally)).toEqual([]);
    expect(tally.same).toBeGreaterThan(135);
    expect(worst.scans).toBeLessThanOrEqual(10);
    expect(worst.waves).toBeLessThanOrEqual(5);
    expect(worst.rows).toBeGreaterThan(40);
  });
});

const differences = (tally: Tally): readonly string[] => tally.different.map((it) => `case ${String(it.seed)}\n${report(it.of, it.outcome)}`);
