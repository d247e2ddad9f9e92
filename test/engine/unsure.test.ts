// Groups that stand or fall with a value that could not be had: they are shown with what failed, and never counted.
import { describe, expect, it } from 'vitest';
import type { Scalar } from '../../server/src/plan/plan.ts';
import { agg, ask, call, cell, countRows, evaluate, filter, fold, iff, open, order, ref, summarize, table } from './plans.ts';

const sale = table('Sale', 'City:string Amount:int64', ['Oslo', 1], ['Bergen', 2], ['Turin', 3]);
const selected: Scalar = { op: 'selectedValue', column: ref('Sale[City]'), alternate: null };
const broken: Scalar = { op: 'notEvaluated', reason: { id: 'function-not-supported', name: 'SOMETHING' } };
/** BLANK in Oslo, fails in Bergen, 3 in Turin. */
const value = iff(call('==', selected, 'Bergen'), broken, iff(call('==', selected, 'Turin'), agg('SUM', 'Sale[Amount]'), null));
const groups = summarize(['Sale[City]'], { v: value });
const failure = { cell: 'notEvaluated', reason: { id: 'function-not-supported', name: 'SOMETHING' } };

describe('a group whose only value failed', () => {
  it('is shown, with what failed, also in an order', async () => {
    const db = await open([sale]);
    expect(ask(db, groups)).toMatchObject([['Bergen', failure], ['Turin', 3]]);
    expect(ask(db, order(groups, (row) => cell(row, 0)))).toMatchObject([['Bergen', failure], ['Turin', 3]]);
  });

  it('is not counted, filtered or gone through: without the failure it might not be there', async () => {
    const db = await open([sale]);
    expect(evaluate(db, countRows(groups))).toMatchObject(failure);
    expect(evaluate(db, countRows(filter(groups, (row) => call('<>', cell(row, 0), 'Oslo'))))).toMatchObject(failure);
    expect(evaluate(db, fold('MAX', groups, () => ({ op: 'constant', type: 'int64', value: 1 })))).toMatchObject(failure);
  });

  it('is counted where another value tells that it is there', async () => {
    const db = await open([sale]);
    expect(evaluate(db, countRows(summarize(['Sale[City]'], { v: value, w: agg('SUM', 'Sale[Amount]') })))).toBe(3);
  });
});
