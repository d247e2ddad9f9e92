// The tree of models: a level at a time, values and counts from the data, places and references for what is clicked.
import { describe, expect, it } from 'vitest';
import { createModelTree } from '../../server/src/ide/modelTree/modelTree.ts';
import type { TreeNode, TreePath } from '../../server/src/ide/modelTree/node.ts';
import { tableRows } from '../../server/src/ide/tableRows.ts';
import { openFixture, type OpenFixture } from '../support/workspace.ts';
import { impatient, patient } from './open.ts';

const shop = `//- /shop.daxmodel.yaml
name: shop
tables:
  Sales:
    description: One row a sale.
    source: sales.csv
    columns:
      Id: { type: string, key: true }
      Kind: { type: string, choice: kind, dataverse: sale.kind }
      Amount: { type: int64 }
      Double: { dax: "[Amount] * 2" }
  'Big shop':
    rows: [{ Id: 1 }]
    columns: { Id: { type: int64, key: true, hidden: true } }
  Made: { columns: { Id: { type: int64 } } }
relationships:
  - { from: "Sales[Shop]", to: "'Big shop'[Id]", active: false }
choices:
  kind: { 1: { label: cash }, 2: { label: card } }
//- /sales.csv
Id,Kind,Amount,Shop
a,1,10,1
b,2,20,1
//- /m.dax
/// All of it.
/// @format #,0.0
Total = SUM(Sales[Amount])

Average price = ERROR("no")

Alone = COUNTROWS(Made)
`;

const uri = 'file:///shop.daxmodel.yaml';
const lines = (nodes: readonly TreeNode[]): readonly string[] => nodes.map((it) => `${it.label}${it.description === undefined ? '' : ` | ${it.description}`}`);

function treeOf(opened: OpenFixture, patience = patient, onLate: (path: TreePath) => void = () => undefined, where: readonly string[] = []) {
  return createModelTree({ workspace: () => opened.workspace, preview: () => where, patience, onLate });
}

describe('the tree', () => {
  it('has the models at the top, and below each what it has', async () => {
    const tree = treeOf(await openFixture(shop));
    expect(lines(await tree.children([]))).toEqual(['shop | shop.daxmodel.yaml']);
    expect(lines(await tree.children([uri]))).toEqual(['Metrics | 3', 'Tables | 3', 'Relationships | 1', 'Choices | 1']);
  });

  it('shows metrics by name with their values, and says why there is none', async () => {
    const tree = treeOf(await openFixture(shop));
    const [alone, average, total] = await tree.children([uri, 'metrics']);
    expect(total).toMatchObject({ label: 'Total', description: '= 30.0', tooltip: 'All of it.\n= 30.0', reference: '[Total]', place: { uri: 'file:///m.dax', span: { start: 33, end: 38 } } });
    expect(average).toMatchObject({ label: 'Average price', description: '= error', tooltip: 'error: ERROR says "no"', trait: 'noValue' });
    expect(alone?.description).toMatch(/^= \d+ \(generated\)$/);
  });

  it('shows values as the preview filters them', async () => {
    const tree = treeOf(await openFixture(shop), patient, () => undefined, ['Sales[Kind] = "2"']);
    expect((await tree.children([uri, 'metrics'])).at(-1)?.description).toBe('= 20.0');
  });

  it('shows tables with their rows, and columns with type, key, choice and number of values', async () => {
    const tree = treeOf(await openFixture(shop));
    const tables = await tree.children([uri, 'tables']);
    expect(lines(tables).slice(0, 2)).toEqual(['Sales | 2 rows', 'Big shop | 1 row · in the model file']);
    expect(tables[1]).toMatchObject({ reference: "'Big shop'", rowsOf: 'Big shop' });
    const columns = await tree.children([uri, 'tables', 'sales']);
    expect(lines(columns)).toEqual([
      'Id | string · key · 2 values', 'Kind | string · kind · 2 values', 'Amount | int64 · 2 values', 'Double | int64 · calculated · 2 values', 'Shop | int64 · 1 value',
    ]);
    expect(columns.map((it) => it.trait)).toEqual(['key', 'choice', 'number', 'calculated', 'number']);
    expect(columns[1]).toMatchObject({ tooltip: 'Dataverse: sale.kind', reference: 'Sales[Kind]', hasChildren: true });
    expect(lines(await tree.children([uri, 'tables', 'sales', 'kind']))).toEqual(['1 | cash', '2 | card']);
    expect(lines(await tree.children([uri, 'tables', 'big shop']))).toEqual(['Id | int64 · key · hidden · 1 value']);
  });

  it('shows relationships and choices, with codes as their columns write them', async () => {
    const tree = treeOf(await openFixture(shop));
    expect(lines(await tree.children([uri, 'relationships']))).toEqual(["Sales[Shop] → 'Big shop'[Id] | inactive"]);
    expect(lines(await tree.children([uri, 'choices']))).toEqual(['kind | 2 codes']);
    expect((await tree.children([uri, 'choices', 'kind'])).map((it) => it.reference)).toEqual(['"1"', '"2"']);
  });

  it('leads nowhere where there is nothing', async () => {
    const tree = treeOf(await openFixture(shop));
    for (const path of [['file:///gone.daxmodel.yaml'], [uri, 'other'], [uri, 'tables', 'gone'], [uri, 'tables', 'sales', 'gone'], [uri, 'choices', 'gone']]) {
      expect(await tree.children(path)).toEqual([]);
    }
  });

  it('tells late values, keeps old ones meanwhile, and asks for each once', async () => {
    const opened = await openFixture(shop);
    const told: TreePath[] = [];
    const tree = treeOf(opened, impatient, (path) => told.push(path));
    const total = async (): Promise<string | undefined> => (await tree.children([uri, 'metrics'])).find((it) => it.label === 'Total')?.description;
    expect(await total()).toBe('…');
    await Promise.all(tree.computing());
    expect(told).toEqual([[uri, 'metrics']]);
    opened.write('/sales.csv', 'Id,Kind,Amount,Shop\na,1,5,1\n');
    tree.invalidate();
    expect(await total()).toBe('= 30.0 …');
    await Promise.all(tree.computing());
    expect(await treeOf(opened).children([uri, 'metrics']).then((all) => all.at(-1)?.description)).toBe('= 5.0');
  });
});

describe('rows', () => {
  it('are told as text, with the number of all of them', async () => {
    const { workspace } = await openFixture(shop);
    expect(await tableRows(workspace, uri, 'sales')).toEqual({
      columns: [
        { name: 'Id', isNumber: false }, { name: 'Kind', isNumber: false }, { name: 'Amount', isNumber: true }, { name: 'Double', isNumber: true }, { name: 'Shop', isNumber: true },
      ],
      rows: [['a', '1', '10', '20', '1'], ['b', '2', '20', '40', '1']], total: 2, generated: false,
    });
    const made = await tableRows(workspace, uri, 'Made');
    expect(made).toMatchObject({ generated: true });
    // Of many rows the first by the key, or by all columns.
    expect(made !== undefined && 'rows' in made ? [made.rows.length, made.rows.every((row, i, all) => i === 0 || Number(row[0]) >= Number(all[i - 1]?.[0])), (made.total ?? 0) > 100] : made).toEqual([100, true, true]);
  });

  it('say why there are none', async () => {
    const opened = await openFixture(shop);
    opened.write('/sales.csv', undefined);
    expect(await tableRows(opened.workspace, uri, 'Sales')).toMatchObject({ problem: 'the rows of Sales cannot be had: its source cannot be read' });
    expect(await tableRows(opened.workspace, uri, 'Gone')).toBeUndefined();
    expect(await tableRows(opened.workspace, 'file:///x', 'Sales')).toBeUndefined();
  });
});
