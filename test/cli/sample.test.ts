// `dax-metrics sample`: made-up rows as files, read back as the same values.
import { existsSync, lstatSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder } from './cli.ts';

const model = `name: shop
generate: { rows: 400, from: 2025-01-01, to: 2025-02-28 }
tables:
  Sales:
    columns:
      SaleId: { key: true, type: string }
      CustomerId: {}
      Day: { type: dateTime }
      Opened: { type: dateTime }
      Closed: { type: dateTime, generate: { after: Opened, blanks: 0.2 } }
      Status: { choice: status, type: string }
      Amount: { type: decimal, generate: { distribution: normal, mean: 50, deviation: 20, min: -10, max: 120, decimals: 4 } }
      Rate: { generate: { min: 0, max: 3, decimals: 1 } }
      Online: { type: boolean, generate: { share: 0.25, blanks: 0.1 } }
      'Odd, "name"': { type: string, generate: { values: [ 'a,b', 'say "no"', '=1+1', '', ' x', 'two' ], blanks: 0.3 } }
  Customer:
    columns: { CustomerId: { key: true }, Name: { type: string, generate: { words: person } } }
  Dates: { dateTable: Date, columns: { Date: {} } }
  Lone: { columns: { Only: { type: int64, generate: { blanks: 0.5, min: 1, max: 3 } } } }
relationships:
  - { from: "Sales[CustomerId]", to: "Customer[CustomerId]" }
  - { from: "Sales[Day]", to: "Dates[Date]" }
choices:
  status: { 1: Open, 2: Won }
`;

const metrics = `Rows = COUNTROWS(Sales)

Ids = CONCATENATEX(Sales, Sales[SaleId], ",", Sales[SaleId], ASC)

Customers = CONCATENATEX(Sales, RELATED(Customer[Name]), ",", Sales[SaleId], ASC)

Amount = SUM(Sales[Amount])

Rate = SUM(Sales[Rate])

Seconds = SUMX(Sales, DATEDIFF(Sales[Opened], Sales[Closed], SECOND))

Odd = CONCATENATEX(Sales, IF(ISBLANK(Sales[Odd, "name"]), "-", "<" & Sales[Odd, "name"] & ">"), ";", Sales[SaleId], ASC)

Online = COUNTROWS(FILTER(Sales, Sales[Online] = FALSE && NOT ISBLANK(Sales[Online])))

Open = CALCULATE([Rows], Sales[Status] = "1")

Latest = MAX(Sales[Opened])

Days = COUNTROWS(FILTER(Sales, NOT ISBLANK(RELATED(Dates[Date]))))

Lone = SUM(Lone[Only]) * 1000 + COUNTBLANK(Lone[Only])
`;

const values = (it: ReturnType<typeof folder>): unknown => {
  const { results } = JSON.parse(it.run('eval', 'm.dax', '--format', 'json').stdout) as { readonly results: readonly { readonly name: string; readonly rows?: unknown; readonly notEvaluated?: unknown }[] };
  return results.map(({ name, rows, notEvaluated }) => [name, rows ?? notEvaluated]);
};

/** The model with the files as sources. */
const withSources = (ending: string): string => ['Sales', 'Customer', 'Dates', 'Lone'].reduce((text, table) => text
  .replace(new RegExp(`^  ${table}: \\{`, 'm'), `  ${table}: { source: out/${table}.${ending},`)
  .replace(new RegExp(`^  ${table}:\n`, 'm'), `  ${table}:\n    source: out/${table}.${ending}\n`), model);

describe('sample', () => {
  it.each(['csv', 'ndjson'])('writes %s files that are read back as the rows that the model has without them', (format) => {
    const it = folder({ 'm.daxmodel.yaml': model, 'm.dax': metrics });
    const before = values(it);
    expect(it.run('sample', '--out', 'out', '--format', format)).toEqual({
      status: 0, stderr: '', stdout: `out/Sales.${format}  400 rows\nout/Customer.${format}  20 rows\nout/Dates.${format}  59 rows\nout/Lone.${format}  400 rows\n`,
    });
    it.write('m.daxmodel.yaml', withSources(format));
    expect(it.run('check').stdout).toContain('0 errors, 0 warnings');
    expect(values(it)).toEqual(before);
    expect(JSON.stringify(before)).not.toContain('message');
  });

  it('--rows is the number of rows of the largest fact table, --seed makes others', () => {
    const it = folder({ 'm.daxmodel.yaml': model });
    it.run('sample', '--out', 'a', '--rows', '30');
    it.run('sample', '--out', 'b', '--rows', '30');
    it.run('sample', '--out', 'c', '--rows', '30', '--seed', '2');
    expect(it.read('a/Sales.csv').trimEnd().split('\n')).toHaveLength(31);
    expect(it.read('b/Sales.csv')).toBe(it.read('a/Sales.csv'));
    expect(it.read('c/Sales.csv')).not.toBe(it.read('a/Sales.csv'));
  });

  it('makes rows for tables that have a source too, by the types of their rows', () => {
    const it = folder({
      'm.daxmodel.yaml': 'name: shop\ntables:\n  Sales: { source: s.csv, columns: { Amount: {} } }\n  Sum: { dax: "ROW(\\"x\\", 1)" }\n', 's.csv': 'Amount,Paid\n1,true\n2,false\n',
    });
    expect(it.run('sample', 'm.daxmodel.yaml', '--out', 'out', '--rows', '5').stdout).toBe('out/Sales.csv  5 rows\n');
    expect(it.read('out/Sales.csv')).toMatch(/^Amount,Paid\n(?:\d+,(?:true|false)\n){5}$/);
  });

  it('writes over nothing unless it is told to', () => {
    const it = folder({ 'm.daxmodel.yaml': model, 'out/Dates.csv': 'mine' });
    const refused = it.run('sample', '--out', 'out');
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toContain('Dates.csv is there already; --force writes over it');
    expect(readdirSync(path.join(it.root, 'out'))).toEqual(['Dates.csv']);
    expect(it.run('sample', '--out', 'out', '--force').status).toBe(0);
    expect(it.read('out/Dates.csv')).toContain('2025-01-01');
  });

  it('never writes outside the folder, whatever a table is called and whatever lies there', () => {
    const it = folder({
      'm.daxmodel.yaml': `name: shop\ntables:\n${['../../up', '/etc/x', 'a/b', 'A_B', 'con', '..'].map((name) => `  "${name}": { generate: { rows: 1 }, columns: { X: {} } }\n`).join('')}`,
    });
    expect(it.run('sample', '--out', 'out').status).toBe(0);
    expect(readdirSync(path.join(it.root, 'out')).sort()).toEqual(['A_B-2.csv', '_.csv', '_etc_x.csv', '_up.csv', 'a_b.csv', 'con_.csv']);
    expect(existsSync(path.join(it.root, '../up.csv'))).toBe(false);
    // A link in the folder is not followed, it is no file to be written over.
    const outside = path.join(it.root, '../outside.csv');
    writeFileSync(outside, 'safe');
    const linked = folder({ 'm.daxmodel.yaml': model });
    it.write('m.daxmodel.yaml', model);
    it.write('linked/x', '');
    symlinkSync(outside, path.join(it.root, 'linked/Sales.csv'));
    expect(it.run('sample', '--out', 'linked', '--force')).toMatchObject({ status: 2, stderr: expect.stringContaining('no regular file') as string });
    expect(lstatSync(path.join(it.root, 'linked/Sales.csv')).isSymbolicLink()).toBe(true);
    expect(it.read('../outside.csv')).toBe('safe');
    expect(linked.run('sample').status).toBe(2);
  });

  it('says why there are no rows', () => {
    const it = folder({ 'm.daxmodel.yaml': model, 'dax-metrics.json': '{ "limits": { "rows": 1000 } }' });
    expect(it.run('sample', '--out', 'out', '--rows', '2000')).toMatchObject({ status: 1, stderr: 'dax-metrics: no rows for Sales: it makes more than 1,000 rows\n' });
  });

  it.each([
    [{ 'm.daxmodel.yaml': 'name: shop\ntables: {}\n' }, ['sample', '--out', 'out'], 'has no table whose rows could be made up'],
    [{ 'a.daxmodel.yaml': 'name: a\n', 'b.daxmodel.yaml': 'name: b\n' }, ['sample', '--out', 'out'], 'several models are known, name one: a, b'],
    [{}, ['sample', '--out', 'out'], 'there is no model'],
    [{ 'm.daxmodel.yaml': model }, ['sample', 'nope', '--out', 'out'], 'there is no model nope'],
    [{ 'm.daxmodel.yaml': model }, ['sample', '--out', 'out', '--rows', 'many'], 'a whole number is wanted'],
    [{ 'm.daxmodel.yaml': model, out: 'a file' }, ['sample', '--out', 'out'], 'out cannot be made'],
  ])('%j with %j is wrong use', (files, args, message) => {
    const { status, stderr } = folder(files).run(...args);
    expect({ status, told: stderr.includes(message) ? message : stderr }).toEqual({ status: 2, told: message });
  });
});
