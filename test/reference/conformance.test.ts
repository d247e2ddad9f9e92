// Values of the documentation and of Power BI Desktop: each is met, but for those that are named as doubtful.
import { describe, expect, it } from 'vitest';
import { readConformance } from '../conformance/cases.ts';
import { report } from '../conformance/report.ts';
import { runCases } from '../conformance/run.ts';
import { readReference } from './reference.ts';

describe('values', () => {
  it.each([['of the documentation', 'conformance/docs.json', 158], ['of Power BI Desktop', 'conformance/desktop.json', 60]])('%s', async (_, path, passed) => {
    const file = readConformance(JSON.stringify(readReference(path)));
    if (typeof file === 'string') throw new Error(file);
    expect(file.unread).toEqual([]);
    const outcomes = await runCases(file.cases);
    expect(report(path, outcomes.filter((it) => it.verdict === 'wrong' || it.verdict === 'not evaluated' || it.alarms.length > 0), [])).toBe(`${path}: 0 passed, 0 wrong, 0 not evaluated`);
    expect(outcomes.filter((it) => it.verdict === 'passed').length).toBeGreaterThanOrEqual(passed);
  });
});
