// What a test leg reports.
import { expect, it } from 'vitest';
import { counted } from '../../scripts/legs.mjs';

it('a leg that runs nothing has failed', () => {
  expect(counted({ passed: 0, failed: 0 })).toEqual({ passed: 0, failed: 1, note: 'no test was found' });
});

it('a leg that is not run, and one that runs, are as they say', () => {
  for (const it of [{ passed: 0, failed: 0, notRun: 'there is no display' }, { passed: 3, failed: 0 }, { passed: 0, failed: 2 }]) expect(counted(it)).toEqual(it);
});
