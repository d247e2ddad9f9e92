// What filters over relationships cost: scans do not grow with the contexts, and each relationship adds one wave.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { open, query, type Shop } from '../semantics/chain.ts';

describe('requests', () => {
  let bank: Shop;
  beforeAll(async () => {
    const yaml = readFileSync(new URL('../semantics/models/bank.daxmodel.yaml', import.meta.url), 'utf8');
    bank = await open('file:///bank.daxmodel.yaml', yaml, 'Amount = SUM(Posting[Amount])');
  });
  const cost = (text: string): { readonly scans: number; readonly waves: number } => query(bank, text).stats;

  it('a value under a filter that comes over a bridge: the bridge, then the value', () => {
    expect(cost('EVALUATE ROW("v", CALCULATE([Amount], TREATAS({"Ann"}, Customer[Name])))')).toMatchObject({ scans: 3 });
    expect(cost('EVALUATE ROW("v", CALCULATE([Amount], Bridge[CustomerId] = 1))')).toMatchObject({ scans: 3, waves: 3 });
  });
  it('groups ask for the bridge once, not for each group or each value', () => {
    const one = cost('EVALUATE SUMMARIZECOLUMNS(Customer[Name], "v", [Amount])');
    const filtered = cost('EVALUATE SUMMARIZECOLUMNS(Customer[Name], TREATAS({"Ann"}, Customer[Name]), "v", [Amount])');
    expect(one).toEqual({ scans: 3, waves: 3 });
    expect(filtered.waves).toBeLessThanOrEqual(4);
    // The second value is asked of the same table, the third of another one that the same rows of the bridge filter.
    expect(cost('EVALUATE SUMMARIZECOLUMNS(Customer[Name], "v", [Amount], "n", COUNT(Posting[Amount]))')).toEqual({ scans: 4, waves: 3 });
    expect(cost('EVALUATE SUMMARIZECOLUMNS(Customer[Name], "v", [Amount], "n", COUNT(Account[AccountId]))')).toEqual({ scans: 4, waves: 3 });
  });
  it('a model without such relationships pays nothing for them', () => {
    expect(cost('EVALUATE SUMMARIZECOLUMNS(Account[Branch], "v", [Amount])')).toEqual({ scans: 2, waves: 2 });
  });
});
