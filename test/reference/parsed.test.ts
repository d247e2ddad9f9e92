// Expressions of public models give back every token when their trees are printed; what is no DAX is named.
import { expect, it } from 'vitest';
import { runCorpus } from '../corpusRun/run.ts';
import type { CorpusEntry } from './rebuild.ts';
import { readReference } from './reference.ts';

it('every expression is parsed whole and bound, but for two decimal commas', () => {
  const outcomes = runCorpus(readReference('corpus/expressions.json') as readonly CorpusEntry[]);
  expect(outcomes.length).toBeGreaterThan(700);
  const others = outcomes.filter((it) => it.verdict !== 'bound').map(({ entry, verdict, faults }) => [verdict, entry.expression, faults.map((it) => it.rule)]);
  expect(others).toEqual([
    ['no DAX', '1,1', ['local-separators']],
    ['no DAX', '1,25', ['local-separators']],
  ]);
});
