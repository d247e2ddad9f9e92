// Made-up rows: what types, choices, relationships and hints make of a table without a source.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFixture } from '../../support/workspace.ts';

/** Values of expressions in a model, and findings of its file. */
async function rows(model: string, ...expressions: readonly string[]): Promise<readonly unknown[]> {
  const { workspace } = await openFixture(`//- /m.daxmodel.yaml\nname: shop\n${model}`);
  const [view] = await workspace.models();
  if (view === undefined) throw new Error('no model');
  const results = await workspace.evaluate(view, expressions.map((it) => ({ query: `EVALUATE ROW("v", ${it})` })));
  return results.map((it) => {
    if (it.kind !== 'table') return it.kind === 'error' ? it.error.id : it.reason;
    return it.columns[0]?.cells[0];
  });
}

const shop = `generate: { from: 2025-01-01, to: 2025-03-31, seed: 7 }
tables:
  Sales:
    generate: { rows: 3000 }
    columns:
      SaleId: { key: true, type: string }
      CustomerId: {}
      Day: { type: dateTime }
      Opened: { type: dateTime, generate: { hours: [8, 18] } }
      Closed: { type: dateTime, generate: { after: Opened, mean: 300, max: 3600, blanks: 0.1 } }
      Status: { choice: status }
      Reasons: { type: string, choice: status, multiSelect: true }
      Amount: { type: decimal, generate: { distribution: normal, mean: 50, deviation: 10, min: 0, max: 100 } }
      Length: { type: int64, generate: { distribution: exponential, min: 5, mean: 25, max: 1000 } }
      Steps: { generate: { min: 1, max: 6 } }
      Online: { type: boolean, generate: { share: 0.25 } }
      Region: { type: string, generate: { values: { north: 3, south: 1 }, blanks: 0.5 } }
      Hour: { type: int64, generate: { part: hour, of: Opened } }
  Customer:
    columns:
      CustomerId: { key: true }
      Name: { type: string, generate: { words: person } }
      CountryId: {}
  Country:
    columns: { CountryId: { key: true, type: int64 } }
  State:
    columns: { Code: { key: true, choice: status }, Open: { dax: "State[Code] = 1" } }
  Dates:
    dateTable: Date
    columns:
      Date: {}
      Month: { type: string, generate: { part: yearMonth, of: Date } }
relationships:
  - { from: "Sales[CustomerId]", to: "Customer[CustomerId]" }
  - { from: "Customer[CountryId]", to: "Country[CountryId]" }
  - { from: "Sales[Day]", to: "Dates[Date]" }
  - { from: "Sales[Status]", to: "State[Code]" }
choices:
  status: { 1: Open, 2: Won, 3: { label: Old, deprecated: true }, 4: Lost }
`;

describe('the number of rows', () => {
  it('is the hint of a fact table, a third of it for a table on the way, and a root of it at the end', async () => {
    // Customer points on to Country, which is two steps away: the cube root of 3,000 is 14.4.
    expect(await rows(shop, 'COUNTROWS(Sales)', 'COUNTROWS(Customer)', 'COUNTROWS(Country)')).toEqual([3000, 1000, 14]);
  });

  it('is 1,000 where nothing is said, and never below five for what is pointed to', async () => {
    expect(await rows('tables:\n  A: { columns: { B: {} } }\n  B: { columns: { Id: { key: true } } }\nrelationships:\n  - { from: "A[B]", to: "B[Id]" }\n', 'COUNTROWS(A)', 'COUNTROWS(B)')).toEqual([1000, 32]);
    expect(await rows('generate: { rows: 4 }\ntables:\n  A: { columns: { B: {} } }\n  B: { columns: { Id: { key: true } } }\nrelationships:\n  - { from: "A[B]", to: "B[Id]" }\n', 'COUNTROWS(A)', 'COUNTROWS(B)')).toEqual([4, 5]);
  });

  it('is the same for tables that have a key in common', async () => {
    const model = `generate: { rows: 60 }
tables:
  Fact: { columns: { SessionId: { key: true }, QueueId: {} } }
  Raw: { columns: { Id: { key: true } } }
  Some: { generate: { rows: 7 }, columns: { Id: { key: true } } }
  Less: { columns: { Id: { key: true } } }
  Queue: { columns: { QueueId: { key: true } } }
relationships:
  - { from: "Fact[SessionId]", to: "Raw[Id]" }
  - { from: "Fact[QueueId]", to: "Queue[QueueId]" }
  - { from: "Less[Id]", to: "Some[Id]", cardinality: one-to-one }
`;
    expect(await rows(model, 'COUNTROWS(Fact)', 'COUNTROWS(Raw)', 'COUNTROWS(Queue)', 'DISTINCTCOUNT(Fact[SessionId])', 'COUNTBLANK(Fact[SessionId])', 'COUNTROWS(Less)', 'COUNTBLANK(Less[Id])')).toEqual([60, 60, 8, 60, null, 7, null]);
  });

  it('is one a day for dates, without a gap, and one a code for a choice', async () => {
    expect(await rows(shop, 'COUNTROWS(Dates)', 'MIN(Dates[Date])', 'MAX(Dates[Date])', 'COUNTROWS(VALUES(Dates[Month]))', 'COUNTROWS(State)', 'SUM(State[Code])')).toEqual([
      90, 45_658, 45_747, 3, 3, 7,
    ]);
  });
});

describe('values', () => {
  it('of keys are unique and never missing', async () => {
    expect(await rows(shop, 'DISTINCTCOUNT(Sales[SaleId])', 'COUNTBLANK(Sales[SaleId])', 'MIN(Sales[SaleId])', 'DISTINCTCOUNT(Customer[CustomerId])', 'MAX(Country[CountryId])')).toEqual([3000, null, 'sale-1', 1000, 14]);
  });

  it('of foreign keys are of the type of their own column', async () => {
    const model = `tables:
  Kind: { rows: [{ Id: 1, Text: a }, { Id: 2, Text: b }], columns: { Id: { key: true, type: int64 }, Text: { key: true, type: string } } }
  Fact: { generate: { rows: 50 }, columns: { Kind: { type: decimal }, Text: { choice: texts } } }
relationships:
  - { from: "Fact[Kind]", to: "Kind[Id]" }
  - { from: "Fact[Text]", to: "Kind[Text]", active: false }
choices:
  texts: { 1: One }
`;
    expect(await rows(model, 'MAX(Fact[Kind]) = 2', 'DISTINCTCOUNT(Fact[Kind])', 'CONCATENATEX(VALUES(Fact[Text]), Fact[Text], ",", Fact[Text], ASC)', 'COUNTROWS(FILTER(Fact, ISBLANK(RELATED(Kind[Id]))))')).toEqual([true, 2, 'a,b', null]);
  });

  it('of keys follow their hints as far as no value stands twice', async () => {
    const model = `generate: { from: 2025-03-30, to: 2025-04-02 }
tables:
  Dates: { dateTable: Date, columns: { Date: {}, DateKey: { type: int64, key: true, generate: { part: date, of: Date } }, Year: { type: int64, generate: { part: year, of: Date } } } }
  Flag: { columns: { Flag: { type: boolean, key: true } } }
  Size: { columns: { Size: { type: string, key: true, generate: { values: [S, M, s, L] } } } }
  Fact: { generate: { rows: 200 }, columns: { DateKey: {}, Size: { choice: sizes } } }
relationships:
  - { from: "Fact[DateKey]", to: "Dates[DateKey]" }
  - { from: "Fact[Size]", to: "Size[Size]" }
choices:
  sizes: { 1: One }
`;
    expect(await rows(model, 'CONCATENATEX(Dates, Dates[DateKey], ",", Dates[DateKey], ASC)', 'MIN(Dates[Year])', 'COUNTROWS(Flag)', 'DISTINCTCOUNT(Flag[Flag])', 'COUNTROWS(Size)', 'DISTINCTCOUNT(Fact[DateKey])'))
      .toEqual(['20250330,20250331,20250401,20250402', 2025, 2, 2, 3, 4]);
  });

  it('of foreign keys are those of the other side', async () => {
    const orphans = (table: string, column: string): string => `COUNTROWS(FILTER(Sales, ISBLANK(RELATED(${table}[${column}]))))`;
    expect(await rows(shop, orphans('Customer', 'CustomerId'), orphans('Country', 'CountryId'), orphans('Dates', 'Date'), orphans('State', 'Code'), 'DISTINCTCOUNT(Sales[CustomerId]) > 900')).toEqual([null, null, null, null, true]);
  });

  it('of a choice are its codes, those that are out of use left out', async () => {
    expect(await rows(shop, 'CONCATENATEX(VALUES(Sales[Status]), Sales[Status], ",", Sales[Status], ASC)', 'CONCATENATEX(VALUES(Sales[Reasons]), Sales[Reasons], ";", Sales[Reasons], ASC)')).toEqual(['1,2,4', '1;1,2;2;2,4;4']);
  });

  it('follow their distribution and stay in their bounds', async () => {
    const found = (await rows(shop, 'AVERAGE(Sales[Amount])', 'STDEV.P(Sales[Amount])', 'AVERAGE(Sales[Length])', 'MIN(Sales[Length])', 'MIN(Sales[Steps])', 'MAX(Sales[Steps])', 'AVERAGE(Sales[Steps])')) as readonly number[];
    const [amount = 0, deviation = 0, length = 0, shortest, fewest, most, steps = 0] = found;
    // AVERAGE of decimals is a decimal: four places in one whole number.
    expect(Math.abs(amount / 10_000 - 50)).toBeLessThan(1);
    expect(Math.abs(deviation - 10)).toBeLessThan(1);
    expect(Math.abs(length - 25)).toBeLessThan(2);
    expect([shortest, fewest, most]).toEqual([5, 1, 6]);
    expect(Math.abs(steps - 3.5)).toBeLessThan(0.15);
  });

  it('lie around a mean that is not above 0 as around any other', async () => {
    const model = (hints: string): string => `tables:\n  T: { generate: { rows: 3000 }, columns: { V: { type: double, generate: { distribution: normal, ${hints} } } } }\n`;
    for (const [hints, mean, deviation] of [['mean: -50, deviation: 15', -50, 15], ['mean: 0, deviation: 1', 0, 1], ['mean: -50, deviation: 15, max: 0', -50, 15]] as const) {
      const [average = 0, spread = 0] = (await rows(model(hints), 'AVERAGE(T[V])', 'STDEV.P(T[V])')) as readonly number[];
      expect(Math.abs(average - mean)).toBeLessThan(deviation / 10);
      expect(Math.abs(spread - deviation)).toBeLessThan(deviation / 10);
    }
  });

  it('have the shares of blanks, of TRUE and of weights that are asked for', async () => {
    const share = (condition: string): string => `DIVIDE(COUNTROWS(FILTER(Sales, ${condition})), COUNTROWS(Sales))`;
    const found = (await rows(shop, share('Sales[Online]'), share('ISBLANK(Sales[Region])'), share('Sales[Region] = "north"'), share('ISBLANK(Sales[Closed])'))) as readonly number[];
    for (const [i, wanted] of [0.25, 0.5, 0.375, 0.1].entries()) expect(Math.abs((found[i] ?? 0) - wanted)).toBeLessThan(0.03);
  });

  it('of moments lie in the range and between the hours; later ones come after their column', async () => {
    const outside = 'COUNTROWS(FILTER(Sales, HOUR(Sales[Opened]) < 8 || HOUR(Sales[Opened]) > 17 || Sales[Opened] < DATE(2025, 1, 1) || Sales[Opened] >= DATE(2025, 4, 1)))';
    const early = 'COUNTROWS(FILTER(Sales, NOT ISBLANK(Sales[Closed]) && (Sales[Closed] < Sales[Opened] || Sales[Closed] > Sales[Opened] + 3601 / 86400)))';
    expect(await rows(shop, outside, early, 'COUNTROWS(FILTER(Sales, HOUR(Sales[Opened]) <> Sales[Hour]))')).toEqual([null, null, null]);
  });
});

describe('made-up rows', () => {
  const sums = ['SUM(Sales[Amount])', 'SUM(Sales[Length])', 'SUMX(Sales, LEN(Sales[Region]))', 'MAX(Sales[Closed])', 'CONCATENATEX(Customer, Customer[Name], ",", Customer[CustomerId], ASC)'];

  it('are the same every time, and others with another seed', async () => {
    const first = await rows(shop, ...sums);
    expect(await rows(shop, ...sums)).toEqual(first);
    const other = await rows(shop.replace('seed: 7', 'seed: 8'), ...sums);
    for (const [i, it] of other.entries()) expect(it).not.toEqual(first[i]);
  });

  it('keep their values when a column is added, or another hint changes', async () => {
    const first = await rows(shop, ...sums);
    expect(await rows(shop.replace('      Steps: {', '      Note: { type: string }\n      Steps: {'), ...sums)).toEqual(first);
    expect(await rows(shop.replace('share: 0.25', 'share: 0.75'), ...sums)).toEqual(first);
  });

  it('fit the rows of tables that have a source, and calculated ones', async () => {
    const model = `tables:
  Fact: { generate: { rows: 50 }, columns: { Kind: {}, Part: {} } }
  Kind:
    rows: [{ Id: a }, { Id: b }]
    columns: { Id: { key: true, type: string } }
  Part: { dax: 'SELECTCOLUMNS({"x", "y", "z"}, "Id", [Value])', columns: { Id: { key: true, type: string } } }
relationships:
  - { from: "Fact[Kind]", to: "Kind[Id]" }
  - { from: "Fact[Part]", to: "Part[Id]" }
`;
    expect(await rows(model, 'CONCATENATEX(VALUES(Fact[Kind]), Fact[Kind], ",", Fact[Kind], ASC)', 'CONCATENATEX(VALUES(Fact[Part]), Fact[Part], ",", Fact[Part], ASC)')).toEqual(['a,b', 'x,y,z']);
  });

  it('have dates of their own where a calculated table of dates is made from them', async () => {
    const model = `generate: { from: 2025-05-01, to: 2025-05-10 }
tables:
  Fact: { columns: { Day: { type: dateTime, generate: { hours: [0, 0] } } } }
  Days: { dax: 'CALENDAR(MIN(Fact[Day]), MAX(Fact[Day]))', columns: { Date: { type: dateTime } } }
relationships:
  - { from: "Fact[Day]", to: "Days[Date]" }
`;
    expect(await rows(model, 'COUNTROWS(Days)', 'COUNTROWS(FILTER(Fact, ISBLANK(RELATED(Days[Date]))))')).toEqual([10, null]);
  });

  it('are made when something reads them where there are many, and known before', async () => {
    const { workspace } = await openFixture('//- /m.daxmodel.yaml\nname: shop\ntables:\n  A: { generate: { rows: 300000 }, columns: { Id: { key: true }, N: { type: int64 }, Twice: { dax: "2 * A[N]" } } }\n');
    const [view] = await workspace.models();
    if (view === undefined) throw new Error('no model');
    expect(await workspace.facts(view)).toEqual([{ table: 'A', rowCount: 300_000, columns: [
      { name: 'Id', type: 'string', distinct: undefined }, { name: 'N', type: 'int64', distinct: undefined }, { name: 'Twice', type: 'int64', distinct: 101 },
    ] }]);
    const [result] = await workspace.evaluate(view, [{ query: 'EVALUATE ROW("v", DISTINCTCOUNT(A[Id]))' }]);
    expect(result?.kind === 'table' ? result.columns[0]?.cells : result).toEqual([300_000]);
  });

  it('are refused before they are made where there are too many', async () => {
    const { workspace } = await openFixture('//- /dax-metrics.json\n{ "limits": { "rows": 500 } }\n//- /m.daxmodel.yaml\nname: shop\ntables:\n  A: { columns: { B: { type: int64 } } }\n');
    const [view] = await workspace.models();
    const [result] = view === undefined ? [] : await workspace.evaluate(view, [{ query: 'EVALUATE ROW("v", COUNTROWS(A))' }]);
    expect(result?.kind === 'table' ? result.columns[0]?.cells[0] : result).toMatchObject({ cell: 'notEvaluated', reason: { id: 'limit', what: 'rows' } });
  });
});

describe('the page about generated rows', () => {
  it('shows a model that holds what it says', async () => {
    const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/generated-rows.md'), 'utf8');
    const [, yaml = ''] = /```yaml\nname: shop\n(.*?)```/s.exec(page) ?? [];
    const { workspace } = await openFixture(`//- /m.daxmodel.yaml\nname: shop\n${yaml}`);
    expect(await workspace.findings('file:///m.daxmodel.yaml')).toEqual([]);
    expect(await rows(yaml, 'COUNTROWS(Sales)', 'COUNTROWS(Customer)', 'COUNTROWS(Dates)', 'COUNTROWS(FILTER(Sales, ISBLANK(RELATED(Dates[Date]))))')).toEqual([20_000, 141, 181, null]);
  });
});

describe('hostile models', () => {
  it('of a long circle have rows', async () => {
    const count = 1000;
    const tables = Array.from({ length: count }, (_, i) => `  T${String(i)}: { generate: { rows: 1 }, columns: { Id: { key: true }, Next: {} } }`);
    const chain = Array.from({ length: count }, (_, i) => `  - { from: "T${String(i)}[Next]", to: "T${String((i + 1) % count)}[Id]" }`);
    expect(await rows(`tables:\n${tables.join('\n')}\nrelationships:\n${chain.join('\n')}\n`, 'COUNTROWS(T0)')).toEqual([1]);
  });

  it('whose columns are made from each other say why there are no values', async () => {
    const model = 'tables:\n  A: { columns: { Id: { key: true } , B: {} } }\n  B: { columns: { Id: { key: true } } }\nrelationships:\n  - { from: "A[Id]", to: "B[Id]", cardinality: one-to-one }\n  - { from: "B[Id]", to: "A[Id]", cardinality: one-to-one, active: false }\n';
    const [value] = await rows(model, 'COUNTROWS(FILTER(A, A[Id] = "x")) + 0');
    expect(value).toMatchObject({ cell: 'notEvaluated', reason: { id: 'circular-dependency' } });
  });

  it('with names of JavaScript and values of every kind are as any other', async () => {
    const model = 'tables:\n  constructor: { generate: { rows: 3 }, columns: { __proto__: { type: string, key: true }, toString: { type: string, generate: { values: ["<b>", "=1", "a\\nb"] } } } }\n';
    expect(await rows(model, 'COUNTROWS(constructor)', 'COUNTBLANK(constructor[toString])', 'MIN(constructor[__proto__])')).toEqual([3, null, 'proto-1']);
  });
});
