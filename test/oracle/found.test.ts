// What random metrics found, case by case: each was answered wrongly once.
import { describe, expect, it } from 'vitest';
import { open, query } from '../semantics/chain.ts';
import type { QueryResult } from '../../server/src/plan/plan.ts';

/** Rows of a query over a model, each as its values. */
async function rows(model: object, text: string): Promise<readonly (readonly unknown[])[]> {
  const shop = await open('file:///found.daxmodel.yaml', JSON.stringify({ name: 'found', ...model }), '');
  const { result, errors } = query(shop, text);
  expect(errors).toEqual([]);
  return rowsOf(result);
}

function rowsOf(result: QueryResult): readonly (readonly unknown[])[] {
  if (result.kind !== 'table') throw new Error(JSON.stringify(result));
  return Array.from({ length: result.rowCount }, (_, row) => result.columns.map((it) => it.cells[row]));
}

const int = { type: 'int64' };
const text = { type: 'string' };

describe('a calculated column whose CALCULATE replaces a filter of its own table', () => {
  // The row becomes a filter of the other columns: the column is no part of the rows that it is being computed for.
  const model = (dax: string): object => ({
    tables: { T: { columns: { Id: text, Size: int, Sum: { dax } }, rows: [{ Id: 'a', Size: 1 }, { Id: 'b', Size: 1 }, { Id: 'c', Size: 2 }] } },
  });

  it('is no circle', async () => {
    // The filter of Id is replaced by "b", that of Size stays: b is found from a and from b itself, not from c.
    expect(await rows(model('CALCULATE(SUM(T[Size]), T[Id] = "b")'), 'EVALUATE T')).toEqual([['a', 1, 1], ['b', 1, 1], ['c', 2, null]]);
  });

  it('is no circle where values are the filter', async () => {
    // VALUES(T[Id]) is evaluated before the transition, so it holds all three ids; Size stays: a and b are 2 together.
    expect(await rows(model('CALCULATE(SUM(T[Size]), VALUES(T[Id]))'), 'EVALUATE T')).toEqual([['a', 1, 2], ['b', 1, 2], ['c', 2, 2]]);
  });

  it('is a circle where a table of its own columns is the filter', async () => {
    // ALLEXCEPT as a table holds the calculated column, too.
    const found = await rows(model('CALCULATE(SUM(T[Size]), FILTER(ALLEXCEPT(T, T[Id]), TRUE()))'), 'EVALUATE VALUES(T[Sum])');
    expect(found).toMatchObject([[{ cell: 'notEvaluated', reason: { id: 'circular-dependency' } }]]);
  });
});

describe('groups over several tables under a table filter beside other filters', () => {
  const model = {
    tables: {
      Country: { columns: { Id: int }, rows: [{ Id: 1 }] },
      City: { columns: { Id: int, Country: int }, rows: [{ Id: 1, Country: 1 }] },
      Agent: { columns: { Id: int, Name: text }, rows: [{ Id: 1, Name: 'Ann' }] },
      Visit: {
        columns: { City: int, Agent: int, Kind: text },
        // The second leads to no city and so to no country, and to no agent.
        rows: [{ City: 1, Agent: 1, Kind: 'long' }, { City: 9, Agent: 9, Kind: 'long' }],
      },
    },
    relationships: [
      { from: 'City[Country]', to: 'Country[Id]' },
      { from: 'Visit[City]', to: 'City[Id]' },
      { from: 'Visit[Agent]', to: 'Agent[Id]' },
    ],
  };

  it('hold the pairs of the rows that all filters let through', async () => {
    // Country leaves the first visit; the second, which alone goes with no agent, has the same kind but is filtered out.
    expect(await rows(model, 'EVALUATE SUMMARIZECOLUMNS(Agent[Name], Visit[Kind], DISTINCT(Country), Visit)')).toEqual([['Ann', 'long']]);
    expect(await rows(model, 'EVALUATE SUMMARIZECOLUMNS(Agent[Name], Visit[Kind], Visit)')).toEqual([['Ann', 'long'], [null, 'long']]);
  });

  it('are evaluated where the other filter stands on a table grouped by', async () => {
    // Agent 1 only: the visit without an agent is filtered out by the second filter table.
    const filters = 'FILTER(ALL(Agent[Id]), Agent[Id] = 1), FILTER(Visit, Visit[Kind] = "long")';
    expect(await rows(model, `EVALUATE SUMMARIZECOLUMNS(Agent[Name], Visit[Kind], ${filters}, "Visits", COUNTROWS(Visit))`)).toEqual([['Ann', 'long', 1]]);
  });
});
