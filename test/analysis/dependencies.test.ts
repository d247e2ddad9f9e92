// What definitions read: directly, at any depth, and in circles.
import { describe, expect, it } from 'vitest';
import { dependencyGraph, measureDependency, type Dependency, type DependencyGraph } from '../../server/src/analysis/index.ts';
import { bindText, measuresOf, segmentsOf } from '../support/analysis.ts';
import { definedNames } from '../../server/src/workspace/definedNames.ts';
import { modelOf } from '../support/models.ts';

const shop = modelOf({
  tables: {
    Sales: {
      columns: {
        Product: 'string', Amount: 'double', Ordered: 'dateTime', Shipped: 'dateTime', State: 'int64 choice:state',
        Doubled: 'double = [Amount] * 2', Twice: 'double = Sales[Doubled] + 0',
      },
    },
    Products: { columns: { Product: 'string key', Name: 'string' } },
    Dates: { columns: { Date: 'dateTime key' } },
    Best: { columns: { Product: 'string' }, dax: 'TOPN(1, VALUES(Products[Product]), CALCULATE(SUM(Sales[Twice])))' },
  },
  relationships: ['Sales[Product] -> Products[Product]', 'Sales[Ordered] -> Dates[Date]', 'Sales[Shipped] ~> Dates[Date]'],
  choices: { state: { 1: 'Open', 2: 'Closed' } },
});

interface Opened {
  readonly text: string;
  readonly graph: DependencyGraph;
  readonly of: (name: string) => Dependency;
}

function open(text: string): Opened {
  const segments = segmentsOf(text);
  const measures = measuresOf(segments, 'test');
  const { functions, tables, columns } = definedNames('file:///main.dax', segments, shop);
  const graph = dependencyGraph({ model: shop, measures, functions, tables, columns });
  return {
    text,
    graph,
    of: (name) => {
      const measure = measures.get(name);
      if (measure === undefined) throw new Error(`no metric ${name}`);
      return measureDependency(measure);
    },
  };
}

/** `kind key: texts of its places`, in order of first use. */
function readsOf({ graph, of, text }: Opened, name: string): readonly string[] {
  const start = segmentsOf(text).find((it) => it.item.kind === 'measure' && it.item.name === name)?.start ?? 0;
  return graph.reads(of(name)).map(({ dependency, spans }) =>
    `${dependency.kind} ${dependency.key}: ${spans.map((it) => text.slice(start + it.start, start + it.end)).join(' | ')}`);
}

describe('a metric reads', () => {
  it('columns, tables, functions and other metrics', () => {
    const shown = open('a = 1\nm = SUMX(Sales, Sales[Amount] * [a]) + [A] + SUM(Sales[amount])');
    expect(readsOf(shown, 'm')).toEqual([
      'function SUMX(): SUMX', 'table sales: Sales | Sales | Sales', 'column sales[amount]: [Amount] | [amount]', 'measure [a]: [a] | [A]',
      'function SUM(): SUM',
    ]);
  });

  it('a metric under its home table, which is no table read', () => {
    expect(readsOf(open('MEASURE Sales[a] = 1\nm = Sales[a]'), 'm')).toEqual(['measure [a]: [a]']);
  });

  it('relationships', () => {
    const shown = open('m = CALCULATE(1, USERELATIONSHIP(Dates[Date], Sales[Shipped]))');
    const read = shown.graph.reads(shown.of('m')).find((it) => it.dependency.kind === 'relationship')?.dependency;
    expect(read?.key).toBe('dates[date] - sales[shipped]');
    expect(read?.kind === 'relationship' ? read.use.relationship?.active : undefined).toBe(false);
  });

  it('codes', () => {
    expect(readsOf(open('m = CALCULATE(1, Sales[State] = 2)'), 'm')).toContain('code sales[state] = 2: 2');
  });

  it('no variables, no names that it gives itself', () => {
    const shown = open('m = VAR t = ADDCOLUMNS(Products, "x", 1) RETURN SUMX(t, [x])');
    expect(readsOf(shown, 'm').filter((it) => !it.startsWith('function'))).toEqual(['table products: Products']);
  });

  it('what text defines', () => {
    const shown = open('FUNCTION f = (x) => x\nTABLE Fresh = { 1 }\nCOLUMN Sales[Long] = 1\nm = f(SUM(Sales[Long])) + SUMX(Fresh, [Value])');
    expect(readsOf(shown, 'm').filter((it) => it.startsWith('defined'))).toEqual([
      'definedFunction F(): f', 'definedColumn sales[long]: [Long]', 'definedTable fresh: Fresh',
    ]);
  });

  it('what its own part of a query reads', () => {
    const { bounds } = bindText('DEFINE MEASURE Sales[a] = SUM(Sales[Amount]) MEASURE Sales[b] = [a] EVALUATE { [b] }', shop);
    const symbols = bounds[0]?.references.flatMap((it) => (it.target.kind === 'measure' ? [it.target.measure] : [])) ?? [];
    const b = symbols.find((it) => it.name === 'b');
    if (b === undefined) throw new Error('no metric b');
    const graph = dependencyGraph({ model: shop, measures: new Map(symbols.map((it) => [it.name, it])) });
    expect(graph.reads(measureDependency(b)).map((it) => it.dependency.key)).toEqual(['[a]']);
    expect(graph.closure(measureDependency(b)).map((it) => it.dependency.key)).toEqual(['[a]', 'SUM()', 'sales', 'sales[amount]']);
  });
});

describe('at any depth', () => {
  it('through metrics, functions, calculated tables and columns', () => {
    const { graph, of } = open('FUNCTION f = (x) => x + [base]\nbase = COUNTROWS(Best)\nm = f(1)');
    const all = graph.closure(of('m')).map((it) => `${String(it.depth)} ${it.dependency.kind} ${it.dependency.key} < ${it.from}`);
    expect(all.filter((it) => !it.includes(' function '))).toEqual([
      '1 definedFunction F() < [m]',
      '2 measure [base] < F()',
      '3 table best < [base]',
      '4 table products < best', '4 column products[product] < best', '4 table sales < best', '4 column sales[twice] < best',
      '5 column sales[doubled] < sales[twice]',
      '6 column sales[amount] < sales[doubled]',
    ]);
  });
});

describe('circles', () => {
  const circle = (text: string, name: string): string => {
    const { graph, of } = open(text);
    return (graph.circle(of(name)) ?? []).join(' ');
  };
  it.each([
    ['m = [m]', '[m] [m]'],
    ['m = [a] + 1\na = f(1)\nFUNCTION f = (x) => x * [m]', '[m] [a] F() [m]'],
    ['m = SUMX(Fresh, [v])\nTABLE Fresh = ROW("v", [m])', '[m] fresh [m]'],
    ['m = SUM(Sales[Long])\nCOLUMN Sales[Long] = [m]', '[m] sales[long] [m]'],
    ['m = [a]\na = [a]', ''],
  ])('%s', (text, wanted) => {
    expect(circle(text, 'm')).toBe(wanted);
  });

  it('ten thousand metrics in a row', () => {
    const count = 10_000;
    const { graph, of } = open(Array.from({ length: count }, (_, i) => `m${String(i)} = [m${String((i + 1) % count)}] + 1`).join('\n'));
    expect(graph.closure(of('m0'))).toHaveLength(count);
    expect(graph.circle(of('m0'))?.[0]).toBe('[m0]');
  });
});
