// What text defines besides metrics, as part of what metrics are computed from: in any file of the model, in a page, in a query.
import { describe, expect, it } from 'vitest';
import { definition } from '../../server/src/ide/definition.ts';
import { evaluateDocument, evaluateText } from '../../server/src/workspace/index.ts';
import type { QueryResult } from '../../server/src/plan/plan.ts';
import { openFixture, uriOf, type OpenFixture } from '../support/workspace.ts';

const model = `
//- /m.daxmodel.yaml
name: m
tables:
  Sales:
    columns: { Product: { type: string }, Amount: { type: int64 } }
    rows:
      - { Product: Lamp, Amount: 10 }
      - { Product: Desk, Amount: 30 }
      - { Product: Desk, Amount: 60 }
  Dear:
    dax: FILTER(Sales, IsDear(Sales[Amount]))
    columns: { Product: { type: string }, Amount: { type: int64 } }`;

const open = (files: string): Promise<OpenFixture> => openFixture(`${model}\n${files}`);

const cellsOf = (it: QueryResult): unknown => (it.kind === 'table' ? it.columns.map((column) => column.cells) : it);

const valuesOf = async ({ workspace }: OpenFixture, path: string): Promise<unknown> =>
  Object.fromEntries((await evaluateDocument(workspace, uriOf(path), { by: [], where: [] })).map(({ name, outcome }) => [name, cellsOf(outcome)]));

const functions = `
//- /functions.dax
FUNCTION IsDear = (amount : INT64) => amount >= Limit()
FUNCTION Limit = () => 30
`;

describe('definitions in files of the model', () => {
  it('functions of one file are called in another, in a page and in the model file', async () => {
    const it = await open(`${functions}
//- /metrics.dax
Dear sales = SUMX(FILTER(Sales, IsDear(Sales[Amount])), Sales[Amount])
Dear rows = COUNTROWS(Dear)
//- /page.md
\`\`\`dax
Doubled = [Dear sales] * 2 + Limit()
\`\`\``);
    expect(await valuesOf(it, '/metrics.dax')).toEqual({ 'Dear sales': [[90]], 'Dear rows': [[2]] });
    expect(await valuesOf(it, '/page.md')).toEqual({ Doubled: [[210]] });
  });

  it('a function that changes changes what calls it, rows of the model included', async () => {
    const it = await open(`${functions}
//- /metrics.dax
Dear sales = SUMX(FILTER(Sales, IsDear(Sales[Amount])), Sales[Amount])
Dear rows = COUNTROWS(Dear)
Plain = SUM(Sales[Amount])`);
    await valuesOf(it, '/metrics.dax');
    it.type('/functions.dax', 'FUNCTION IsDear = (amount : INT64) => amount >= Limit()\nFUNCTION Limit = () => 31\n');
    expect(await valuesOf(it, '/metrics.dax')).toEqual({ 'Dear sales': [[60]], 'Dear rows': [[1]], Plain: [[100]] });
  });

  it('what does not call a function keeps its value when the function changes', async () => {
    const it = await open(`
//- /functions.dax
FUNCTION IsDear = (amount) => TRUE
FUNCTION Twice = (x) => x * 2
//- /metrics.dax
Doubled = Twice(SUM(Sales[Amount]))
Plain = SUM(Sales[Amount])`);
    await valuesOf(it, '/metrics.dax');
    const { jobs, scans } = it.workspace.work();
    it.type('/functions.dax', 'FUNCTION IsDear = (amount) => TRUE\nFUNCTION Twice = (x) => x * 20\n');
    expect(await valuesOf(it, '/metrics.dax')).toEqual({ Doubled: [[2000]], Plain: [[100]] });
    expect(it.workspace.work().jobs - jobs).toBe(1);
    expect(it.workspace.work().scans - scans).toBe(1);
  });

  it('tables and columns are part of the data', async () => {
    const it = await open(`
//- /functions.dax
FUNCTION IsDear = (amount) => amount > 10
//- /tables.dax
TABLE Products = ADDCOLUMNS(VALUES(Sales[Product]), "Sold", [Total])
COLUMN Sales[Class] = IF(Sales[Amount] > 20, "big", "small")
COLUMN Products[Share] = DIVIDE(Products[Sold], [Total of all])
//- /metrics.dax
Total = SUM(Sales[Amount])
Total of all = CALCULATE([Total], ALL(Sales))
Big = CALCULATE([Total], Sales[Class] = "big")
Best = MAXX(Products, Products[Share])`);
    expect(await valuesOf(it, '/metrics.dax')).toEqual({ Total: [[100]], 'Total of all': [[100]], Big: [[90]], Best: [[0.9]] });
    it.type('/tables.dax', 'TABLE Products = ADDCOLUMNS(VALUES(Sales[Product]), "Sold", [Total])\nCOLUMN Sales[Class] = "big"\nCOLUMN Products[Share] = 7\n');
    expect(await valuesOf(it, '/metrics.dax')).toEqual({ Total: [[100]], 'Total of all': [[100]], Big: [[100]], Best: [[7]] });
  });

  it('a function of a file tells the columns of a table of the model file', async () => {
    const it = await openFixture(`
//- /m.daxmodel.yaml
name: m
tables:
  Sales:
    columns: { Amount: { type: int64 } }
    rows: [ { Amount: 10 }, { Amount: 30 } ]
  Made: { dax: "Doubled(Sales)" }
//- /functions.dax
FUNCTION Doubled = (t : TABLE) => SELECTCOLUMNS(Sales, "Double", Sales[Amount] * 2)
//- /metrics.dax
Sum = SUM(Made[Double])`);
    expect(await valuesOf(it, '/metrics.dax')).toEqual({ Sum: [[80]] });
    expect(await it.workspace.findings(uriOf('/metrics.dax'))).toEqual([]);
    it.type('/functions.dax', 'FUNCTION Doubled = (t : TABLE) => SELECTCOLUMNS(Sales, "Double", Sales[Amount] * 3)');
    expect(await valuesOf(it, '/metrics.dax')).toEqual({ Sum: [[120]] });
  });

  it('a page has tables of its own', async () => {
    const it = await open(`
//- /functions.dax
FUNCTION IsDear = (amount) => TRUE
//- /page.md
\`\`\`dax
TABLE Lamps = FILTER(Sales, Sales[Product] = "Lamp")

Lamp sales = SUM(Lamps[Amount])
\`\`\`
//- /metrics.dax
Total = SUM(Lamps[Amount])`);
    expect(await valuesOf(it, '/page.md')).toEqual({ 'Lamp sales': [[10]] });
    expect(await valuesOf(it, '/metrics.dax')).toEqual({ Total: expect.objectContaining({ kind: 'notEvaluated' }) as unknown });
  });
});

describe('a text that belongs to no file', () => {
  it('calls functions of the model and its own', async () => {
    const it = await open(functions);
    const [view] = await it.workspace.models();
    const results = await evaluateText(it.workspace, view, 'FUNCTION Half = (x) => x / 2\n\nEVALUATE { Half(Limit()) }', 'file', { by: [], where: [] });
    expect(results.map(({ outcome }) => cellsOf(outcome))).toEqual([[[15]]]);
    const [value] = await evaluateText(it.workspace, view, 'Limit() + 1', 'expression', { by: [], where: [] });
    expect(value === undefined ? undefined : cellsOf(value.outcome)).toEqual([[31]]);
  });
});

describe('what a model file defines', () => {
  const withCalculations = `
//- /m.daxmodel.yaml
name: m
tables:
  Sales:
    columns: { Product: { type: string }, Amount: { type: int64 } }
    rows:
      - { Product: Lamp, Amount: 10 }
      - { Product: Desk, Amount: 30 }
  Dear:
    dax: FILTER(Sales, IsDear(Sales[Amount]))
functions:
  IsDear: "(amount : INT64) => amount >= 30"
  'Add.One': |
    (x : NUMERIC) =>
      x + Un(x)
      + 1
calculationGroups:
  Time:
    items:
      Plus: SELECTEDMEASURE() + [Base]
      Wrong: SELECTEDMEASURE() + [Bas]
//- /metrics.dax
Base = 1
Total = SUM(Sales[Amount])
Dear rows = COUNTROWS(Dear)
Dear amount = SUM(Dear[Amount])
Plus = CALCULATE([Total], Time[Name] = "Plus")`;

  it('has values in metrics', async () => {
    const it = await openFixture(withCalculations);
    expect(await valuesOf(it, '/metrics.dax')).toEqual({ Base: [[1]], Total: [[40]], 'Dear rows': [[1]], 'Dear amount': [[30]], Plus: [[41]] });
    it.type('/metrics.dax', 'Base = 2\nTotal = SUM(Sales[Amount])\nPlus = CALCULATE([Total], Time[Name] = "Plus")\n');
    expect(await valuesOf(it, '/metrics.dax')).toEqual({ Base: [[2]], Total: [[40]], Plus: [[42]] });
  });

  it('is checked where it stands', async () => {
    const it = await openFixture(withCalculations);
    const text = await it.workspace.document(uriOf('/m.daxmodel.yaml'));
    const findings = await it.workspace.findings(uriOf('/m.daxmodel.yaml'));
    expect(findings.map(({ rule, span }) => [rule, text?.text.slice(span.start, span.end)])).toEqual([['unknown-function', 'Un'], ['unknown-measure', '[Bas]']]);
  });

  it('uses the metrics that it names', async () => {
    const it = await openFixture(`
//- /m.daxmodel.yaml
name: m
public: [Sum]
tables:
  Sales: { columns: { Amount: { type: int64 } }, rows: [ { Amount: 10 } ] }
  Made: { dax: 'ROW("a", [In table])' }
functions:
  F: "(x) => x + [In function]"
calculationGroups:
  Time: { items: { A: "SELECTEDMEASURE() + [In item]" } }
//- /metrics.dax
In table = 1

In item = 2

In function = 3

Nowhere = 4

Sum = SUM(Sales[Amount]) + SUM(Made[a])`);
    expect((await it.workspace.findings(uriOf('/metrics.dax'))).map(({ rule, message }) => [rule, message])).toEqual([
      ['unused-metric', 'Nothing uses Nowhere, and m does not list it as public.'],
    ]);
  });

  it('is a function like any other for the editor', async () => {
    const it = await openFixture(`${withCalculations.replace(' + Un(x)', '')}\nNext = Add.One(1) + Add.O$0ne(2)`);
    const links = await definition(it.workspace, it.uri, it.offset);
    const text = (await it.workspace.document(uriOf('/m.daxmodel.yaml')))?.text ?? '';
    expect(links.map(({ uri, span }) => [uri, text.slice(span.start, span.end)])).toEqual([[uriOf('/m.daxmodel.yaml'), 'Add.One']]);
  });
});
