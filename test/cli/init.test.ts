// `dax-metrics init`: a model file from data files, with what speaks for each thing beside it.
import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { written } from '../formats/parquetFiles.ts';
import { folder, type Folder } from './cli.ts';

const rows = (count: number, row: (i: number) => string): string => Array.from({ length: count }, (_, i) => row(i)).join('\n');
const day = (i: number): string => new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);

const files = {
  'data/customers.csv': `CustomerId,Name,Country\n${rows(3, (i) => `c${String(i)},Name ${String(i)},${i === 2 ? '' : 'X'}`)}\n`,
  'data/orders.csv': `OrderId,CustomerId,OrderDate,ShipDate,Amount,Paid\n${rows(6, (i) => `${String(i + 1)},c${String(i % 3)},${day(i)},${day(i + 1)},${String(i)}.5,${i % 2 === 0 ? 'true' : 'false'}`)}\n`,
  'data/calendar.csv': `Date,Month\n${rows(10, (i) => `${day(i)},2025-01`)}\n`,
};

/** The folder's model file passes `check` without a word. */
function expectSilent(it: Folder, text: string): void {
  it.write('made.daxmodel.yaml', text);
  expect(it.run('check')).toEqual({ status: 0, stdout: expect.stringMatching(/^0 errors, 0 warnings in \d+ files?\n$/) as string, stderr: '' });
}

describe('init', () => {
  it('reads Parquet beside the others, and one that is none takes nothing from them', async () => {
    const sales = await written(`SELECT i::INTEGER AS SaleId, ['a', 'b'][1 + i % 2] AS Region, DATE '2025-01-01' + i::INTEGER AS "Day", i * 1.5 AS Amount, CASE WHEN i < 2 THEN i > 0 END AS Paid FROM range(4) t(i)`);
    const it = folder({ 'sales.parquet': sales, 'regions.csv': 'Region,Head\na,x\nb,y\n' });
    const { status, stdout, stderr } = it.run('init');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`  sales: # 4 rows
    source: sales.parquet
    columns:
      SaleId: { type: int64, key: true } # 4 values, no two the same
      Region: { type: string } # 2 different values
      Day: { type: dateTime } # 4 values, no two the same
      Amount: { type: decimal } # 4 values, no two the same
      Paid: { type: boolean } # 2 different values; 2 blank
relationships:
  # all 2 values are among the 2 of regions[Region]
  - { from: "sales[Region]", to: "regions[Region]" }
`);
    expectSilent(it, stdout);
    // What is no Parquet takes nothing from the others.
    it.write('bad.parquet', 'PAR1 and nothing behind');
    const { stdout: without, stderr: said } = it.run('init');
    expect(said).toMatch(/^dax-metrics: bad\.parquet is left out: .+\n$/);
    expect(without).toContain('source: sales.parquet');
  });

  it('tells types, keys, relationships and date tables, each with what speaks for it', () => {
    const it = folder(files);
    const { status, stdout, stderr } = it.run('init');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`# Made from the data files of this folder. Types, keys and relationships are what the rows say: review them.
name: project
tables:
  calendar: # 10 rows
    source: data/calendar.csv
    dateTable: Date # one row for each of 10 days
    columns:
      Date: { type: dateTime, key: true } # 10 values, no two the same
      Month: { type: string } # 1 different value
  customers: # 3 rows
    source: data/customers.csv
    columns:
      CustomerId: { type: string, key: true } # 3 values, no two the same
      Name: { type: string } # 3 values, no two the same
      Country: { type: string } # 1 different value; 1 blank
  orders: # 6 rows
    source: data/orders.csv
    columns:
      OrderId: { type: int64, key: true } # 6 values, no two the same
      CustomerId: { type: string } # 3 different values
      OrderDate: { type: dateTime } # 6 values, no two the same
      ShipDate: { type: dateTime } # 6 values, no two the same
      Amount: { type: double } # 6 values, no two the same
      Paid: { type: boolean } # 2 different values
relationships:
  # all 3 values are among the 3 of customers[CustomerId]
  - { from: "orders[CustomerId]", to: "customers[CustomerId]" }
  # all 6 values are among the 10 of calendar[Date]
  - { from: "orders[OrderDate]", to: "calendar[Date]" }
  # all 6 values are among the 10 of calendar[Date]; not active: another one is active between these tables
  - { from: "orders[ShipDate]", to: "calendar[Date]", active: false }
`);
    expectSilent(it, stdout);
    expect(it.run('init').stdout).toBe(stdout);
  });

  it('gives a model over which metrics are evaluated at once', () => {
    const it = folder(files);
    expect(it.run('init', '--write')).toMatchObject({ status: 0, stdout: '', stderr: expect.stringContaining('project.daxmodel.yaml is written: 3 tables; review it') as string });
    it.write('m.dax', 'Amount = SUM(orders[Amount])\n');
    const { results } = it.json<{ readonly results: readonly { readonly rows: unknown }[] }>('eval', 'm.dax', '--format', 'json', '--by', 'customers[Name]');
    // 0.5 + 3.5, 1.5 + 4.5, 2.5 + 5.5
    expect(results[0]?.rows).toEqual([['Name 0', 4], ['Name 1', 6], ['Name 2', 8]]);
  });

  it('does not take values for a key that are not there, and says so', () => {
    const it = folder({ ...files, 'data/orders.csv': 'OrderId,CustomerId\n1,c0\n2,c1\n3,gone\n4,c2\n' });
    const { stdout } = it.run('init');
    expect(stdout).not.toContain('to: "customers');
    expect(stdout).toContain('# no relationship orders[CustomerId] to customers[CustomerId]: 1 of its 4 values are not there\n');
    expectSilent(it, stdout);
  });

  it('finds uniqueness over all rows, not over the first ones', () => {
    const it = folder({ 'a.csv': `ItemId,X\n${rows(60_000, (i) => `${String(i)},1`)}\n59999,1\n`, 'b.csv': `ItemId,X\n${rows(60_000, (i) => `${String(i)},1`)}\n` });
    const { stdout } = it.run('init');
    expect(stdout).toContain('  a: # 60,001 rows\n    source: a.csv\n    columns:\n      ItemId: { type: int64 } # 60,000 different values\n');
    expect(stdout).toContain('from: "a[ItemId]", to: "b[ItemId]"');
  });

  it('joins keys by the name of the thing, in any spelling', () => {
    const it = folder({ 'DimAgent.csv': 'id,name\n1,A\n2,B\n', 'fact_calls.csv': 'call_no,Agent ID,seconds\n1,1,5\n2,2,6\n3,1,7\n' });
    const { stdout } = it.run('init');
    expect(stdout).toContain(`  - { from: "fact_calls[Agent ID]", to: "DimAgent[id]" }`);
    expectSilent(it, stdout);
  });

  it('leaves a relationship inactive by which filters would have two ways', () => {
    const it = folder({
      'Country.csv': 'CountryId,Name\n1,A\n2,B\n', 'Customer.csv': 'CustomerId,CountryId\n1,1\n2,2\n3,1\n', 'Sales.csv': 'CustomerId,CountryId,Amount\n1,1,5\n2,2,6\n3,1,7\n1,1,8\n',
    });
    const { stdout } = it.run('init');
    expect(stdout.match(/active: false/g)).toHaveLength(1);
    expect(stdout).toContain('filters would have two ways');
    expectSilent(it, stdout);
  });

  it('quotes what YAML or DAX would take for something else', () => {
    const it = folder({ "it's, [odd].csv": '"no: ""1""","# 2",true,a]b,x y\n1,2,3,4,5\n6,7,8,9,10\n', 'null.csv': 'yes\n1\n' });
    const { stdout, stderr } = it.run('init');
    expect(stderr).toBe('');
    expect(stdout).toContain('  "it\'s, [odd]": # 2 rows\n    source: "it\'s, [odd].csv"\n');
    expect(stdout).toContain('      "no: \\"1\\"": { type: int64 }');
    expect(stdout).toContain('      "true": { type: int64 }');
    expect(stdout).toContain('      "a]b": { type: int64 }');
    expect(stdout).toContain('  "null": # 1 row\n');
    expectSilent(it, stdout);
  });

  it('writes names of every kind so that they are read back', () => {
    const names = ['a\u0085b', 'c\u2028d', 'e\u200ff', '#', '- x', '{}', 'ключ', '日付', 'x: y', "it's", 'a\\b', 'Ünïcode Id', '-1', '1.5', '.', '*', '&a', '!t', '%', '@', '`', '|', '>', 'a\nb'];
    const header = names.map((it) => `"${it.replaceAll('"', '""')}"`).join(',');
    const it = folder({ 'odd names.csv': `${header}\n${names.map((_, i) => String(i)).join(',')}\n` });
    const { stdout } = it.run('init');
    expectSilent(it, stdout);
    const { results } = it.json<{ readonly results: readonly { readonly columns: readonly string[] }[] }>('eval', '-q', "EVALUATE 'odd names'", '--format', 'json');
    expect(results[0]?.columns).toHaveLength(names.length);
  });

  it('finds delimiters and dates written another way; where two readings differ it says so', () => {
    const it = folder({
      'a.csv': 'Tag;Wert;Unklar\n31.01.2025;1;01/02/2025\n01.02.2025;2;03/04/2025\n', 'b.tsv': 'Id\tDay\n1\t2025-01-01\n', 'c.ndjson': '{"Id":1,"Name":"x"}\n{"Id":2,"Name":"y"}\n', 'd.json': '[{"Id":7}]',
    });
    const { stdout } = it.run('init');
    expect(stdout).toContain('    delimiter: ";"\n    dateFormats: ["dd.MM.yyyy"]\n');
    expect(stdout).toContain('      Tag: { type: dateTime }');
    expect(stdout).toContain('Unklar: { type: string } # 2 values, no two the same; dates by dd/MM/yyyy or by MM/dd/yyyy: say which with dateFormats');
    expectSilent(it, stdout);
  });

  it('leaves out what cannot be read, and says why', () => {
    const it = folder({ 'a.csv': 'Id,Id\n1,2\n', 'b.csv': 'Id\n1\n', 'c.json': '{"not": "rows"', 'd.csv': '' });
    const { status, stdout, stderr } = it.run('init');
    expect(status).toBe(0);
    expect(stdout).toContain('  b: # 1 row\n');
    for (const name of ['c.json', 'd.csv']) {
      expect(stdout).toContain(`# not read: ${name}: `);
      expect(stderr).toContain(`${name} is left out: `);
    }
    expectSilent(it, stdout);
  });

  it('reads nothing outside the folder', () => {
    const it = folder({ 'data/a.csv': 'Id\n1\n' });
    writeFileSync(path.join(it.root, 'secret.csv'), 'Secret\n42\n');
    symlinkSync(path.join(it.root, 'secret.csv'), path.join(it.root, 'data/link.csv'));
    expect(it.run('init', 'data').stdout).not.toContain('Secret');
  });

  it('writes over nothing unless it is told to', () => {
    const it = folder({ 'a.csv': 'Id\n1\n', 'project.daxmodel.yaml': 'name: mine\n' });
    expect(it.run('init', '--write')).toMatchObject({ status: 2, stderr: expect.stringContaining('is there already; --force writes over it') as string });
    expect(it.read('project.daxmodel.yaml')).toBe('name: mine\n');
    expect(it.run('init', '--write', '--force').status).toBe(0);
    expect(it.read('project.daxmodel.yaml')).toContain('source: a.csv');
  });

  it.each([[['init', 'nowhere'], 'nowhere is no folder'], [['init'], '. holds no data file']])('%j in a folder without data is wrong use', (args, message) => {
    const { status, stderr } = folder({ 'x.md': '# X\n' }).run(...args);
    expect({ status, told: stderr.includes(message) }).toEqual({ status: 2, told: true });
  });
});
