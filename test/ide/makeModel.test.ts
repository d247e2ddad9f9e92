// A model from the data files of a folder: its text for review, under a name that is free.
import { describe, expect, it } from 'vitest';
import { makeModel } from '../../server/src/ide/makeModel.ts';
import type { Host } from '../../server/src/workspace/host.ts';
import { createLocalEngine } from '../support/engine.ts';
import { memoryFiles } from '../support/workspace.ts';

function hostOf(files: Readonly<Record<string, string>>): Host {
  const contents = new Map(Object.entries(files).map(([path, text]) => [`file:///shop/${path}`, text]));
  return { files: memoryFiles(contents), engine: createLocalEngine(contents), now: () => 0 };
}
const make = (files: Readonly<Record<string, string>>) => makeModel(hostOf(files), 'file:///shop/', 'shop');

describe('a model', () => {
  it('is made of the data files, and of nothing that is about the project', async () => {
    const made = await make({ 'Sales.csv': 'Id,Shop\n1,1\n2,1\n', 'Shops.csv': 'Id,Name\n1,north\n', 'package.json': '{}', 'dax-metrics.json': '{}', 'notes.md': '' });
    expect(made).toMatchObject({ tables: 2, notRead: [], fileName: 'shop.daxmodel.yaml' });
    expect('text' in made ? made.text : '').toMatch(/^name: shop$[^]*source: Sales.csv[^]*source: Shops.csv/m);
  });

  it('gets a name that is free', async () => {
    expect(await make({ 'a.csv': 'x\n1\n', 'shop.daxmodel.yaml': '', 'shop-2.daxmodel.yaml': '' })).toMatchObject({ fileName: 'shop-3.daxmodel.yaml' });
  });

  it('leaves out what cannot be read, and says why', async () => {
    const made = await make({ 'a.csv': 'x\n1\n', 'b.json': '{' });
    expect(made).toMatchObject({ tables: 1, notRead: [expect.stringMatching(/^b\.json: ./) as string] });
  });

  it('is not made where there is nothing to make it of', async () => {
    expect(await make({ 'notes.md': '' })).toEqual({ problem: 'The folder holds no data file: csv, tsv, json, ndjson or parquet.' });
    expect(await make({ 'b.json': '{' })).toMatchObject({ problem: expect.stringMatching(/^No data file of the folder can be read\. b\.json/) as string });
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`${String(i)}.csv`, 'x\n']));
    expect(await make(many)).toEqual({ problem: 'The folder holds 201 data files. Choose one with at most 200.' });
  });
});
