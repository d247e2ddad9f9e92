// A second opinion: random metrics over random small models, answered by the product and by the definitions of DAX.
import { describe, expect, it } from 'vitest';
import { report } from './check.ts';
import { leafCaseOf, run, type Tally } from './run.ts';

const CASES = 400;

describe('random metrics and queries', () => {
  it('have the values that the definitions give', async () => {
    const tally = await run(0, CASES);
    expect(differences(tally)).toEqual([]);
    // What is left out or refused must stay the exception, or nothing is compared any more.
    expect(tally.same).toBeGreaterThan(CASES * 0.9);
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
    expect(tally.casesWithFallback).toEqual([]);
    expect(worst.scans).toBeLessThanOrEqual(10);
    expect(worst.waves).toBeLessThanOrEqual(5);
    expect(worst.rows).toBeGreaterThan(50);
  });
});

const differences = (tally: Tally): readonly string[] => tally.different.map((it) => `case ${String(it.seed)}\n${report(it.of, it.outcome)}`);
