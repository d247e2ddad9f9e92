// Subtotals against the queries of their levels: a level of ROLLUPADDISSUBTOTAL or of ROLLUP has the rows of the same
// query by the columns that are left, BLANK in the others.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { open, queries, type Shop } from './chain.ts';

function randomOf(seed: number): (below: number) => number {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

const columns = ['Store[Country]', 'Store[City]', 'Product[Color]', 'Product[Size]', 'Category[Name]', 'Sales[Online]'];
const values = ['[Total]', 'COUNTROWS(Sales)', 'AVERAGE(Sales[Amount])', 'DISTINCTCOUNT(Sales[StoreId])', 'CALCULATE([Total], Product[Color] = "Red")', '[Total] + 0'];
const filters = ['TREATAS({"S"}, Product[Size])', 'TREATAS({"Norway"}, Store[Country])', 'FILTER(Sales, Sales[Quantity] > 1)', 'TREATAS({"Red", "Green"}, Product[Color])'];

interface Shape {
  readonly always: readonly string[];
  /** Groups of columns that are rolled up from the last on. */
  readonly rolled: readonly (readonly string[])[];
  readonly filters: readonly string[];
  readonly value: string;
}

function makeShape(random: (below: number) => number): Shape {
  const left = [...columns];
  const take = (): string => left.splice(random(left.length), 1)[0] ?? '';
  const always = random(3) === 0 ? [take()] : [];
  const rolled = Array.from({ length: 1 + random(2) }, () => (random(3) === 0 ? [take(), take()] : [take()]));
  return { always, rolled, filters: filters.filter(() => random(4) === 0), value: values[random(values.length)] ?? '[Total]' };
}

const group = (it: readonly string[]): string => (it.length === 1 ? (it[0] ?? '') : `ROLLUPGROUP(${it.join(', ')})`);

/** The columns of every level, all of them first. */
const levelsOf = ({ always, rolled }: Shape): readonly (readonly string[])[] =>
  Array.from({ length: rolled.length + 1 }, (_, gone) => [...always, ...rolled.slice(0, rolled.length - gone).flat()]);

describe('subtotals have the rows of their levels', () => {
  let shop: Shop;
  beforeAll(async () => {
    const yaml = readFileSync(new URL('models/shop.daxmodel.yaml', import.meta.url), 'utf8');
    shop = await open('file:///semantics/levels.daxmodel.yaml', yaml, 'Total = SUM(Sales[Amount])');
  });

  /** Rows as text, by the names of their columns; a column that is not there is BLANK. */
  const rowsOf = (text: string, names: readonly string[]): readonly string[] => {
    const [result] = queries(shop, text).results;
    if (result?.kind !== 'table') throw new Error(`${text}: ${JSON.stringify(result)}`);
    return Array.from({ length: result.rowCount }, (_, row) => JSON.stringify(names.map((name) => result.columns.find((it) => it.name === name)?.cells[row] ?? null))).sort();
  };

  it.each(Array.from({ length: 40 }, (_, seed) => seed))('of SUMMARIZECOLUMNS, seed %i', (seed) => {
    const shape = makeShape(randomOf(seed));
    const names = [...shape.always, ...shape.rolled.flat(), '[v]'];
    const rest = [...shape.filters, '"v"', shape.value].join(', ');
    const marks = shape.rolled.map((it, i) => `${group(it)}, "mark ${String(i)}"`).join(', ');
    const together = `EVALUATE SUMMARIZECOLUMNS(${[...shape.always, `ROLLUPADDISSUBTOTAL(${marks})`, rest].join(', ')})`;
    const apart = levelsOf(shape).flatMap((it) => rowsOf(`EVALUATE SUMMARIZECOLUMNS(${[...it, rest].join(', ')})`, names)).sort();
    expect(rowsOf(together, names), together).toEqual(apart);
  });

  it.each(Array.from({ length: 40 }, (_, seed) => seed))('of SUMMARIZE, seed %i', (seed) => {
    const shape = makeShape(randomOf(seed));
    const names = [...shape.always, ...shape.rolled.flat(), '[v]'];
    const rest = `"v", ${shape.value}`;
    const together = `EVALUATE SUMMARIZE(${['Sales', ...shape.always, `ROLLUP(${shape.rolled.map(group).join(', ')})`, rest].join(', ')})`;
    const apart = levelsOf(shape).flatMap((it) => rowsOf(it.length === 0 ? `EVALUATE ROW("v", ${shape.value})` : `EVALUATE SUMMARIZE(${['Sales', ...it, rest].join(', ')})`, names)).sort();
    expect(rowsOf(together, names), together).toEqual(apart);
  });
});
