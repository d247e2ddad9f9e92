// A query with several EVALUATEs: one result each, in their order, each with an order of its own.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { open, queries, type Shop } from './chain.ts';

describe('several EVALUATEs', () => {
  let shop: Shop;
  beforeAll(async () => {
    const yaml = readFileSync(new URL('models/shop.daxmodel.yaml', import.meta.url), 'utf8');
    shop = await open('file:///semantics/evaluates.daxmodel.yaml', yaml, 'Total = SUM(Sales[Amount])');
  });

  const cells = (text: string): readonly unknown[] => queries(shop, text).results.map((it) => (it.kind === 'table' ? it.columns.map((column) => column.cells) : it.kind));

  it('give a result each, with their own order', () => {
    expect(cells(`
      EVALUATE VALUES(Product[Size]) ORDER BY Product[Size] DESC
      EVALUATE VALUES(Store[City]) ORDER BY Store[City] START AT "Oslo"
    `)).toEqual([[['S', 'L']], [['Oslo', 'Turin']]]);
  });

  it('share what the query defines', () => {
    expect(cells(`
      DEFINE VAR limit = 100
        MEASURE Sales[Great] = IF([Total] > 100, [Total])
      EVALUATE SUMMARIZECOLUMNS(Product[Name], "Great", [Great])
      EVALUATE FILTER(ADDCOLUMNS(VALUES(Store[Country]), "t", [Total]), [t] > limit)
    `)).toEqual([[['Desk'], [120]], [['Italy'], [110]]]);
  });

  it('fail by themselves', () => {
    expect(cells(`
      EVALUATE VALUES(Store[Country]) ORDER BY Store[Country]
      EVALUATE VALUES(Product[Name]) ORDER BY Product[Name] START AT 5
      EVALUATE { 1 }
    `)).toEqual([[['Italy', 'Norway']], 'notEvaluated', [[1]]]);
  });
});
