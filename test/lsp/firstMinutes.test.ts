// The model tree, rows, dependencies, the state of the model and new models over the wire, with places as the editor counts.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DependenciesResult } from '../../server/src/lsp/protocol/dependencies.ts';
import type { MakeModelResult } from '../../server/src/lsp/protocol/makeModel.ts';
import type { ModelStateResult } from '../../server/src/lsp/protocol/modelState.ts';
import type { ModelTreeChanged, ModelTreeResult, TableRowsResult } from '../../server/src/lsp/protocol/modelTree.ts';
import { startSession, type Session } from './session.ts';

const modelUri = 'file:///w/shop.daxmodel.yaml';
const uri = 'file:///w/caf%C3%A9.dax';
const told: ModelTreeChanged[] = [];
let session: Session;

beforeAll(async () => {
  session = await startSession({
    folders: ['file:///w'],
    files: { [modelUri]: 'name: shop\ntables:\n  Sale:\n    rows: [{ Amount: 1 }]\n', 'file:///w/data/notes.md': '' },
    capabilities: {},
    initializationOptions: { followsChanges: true },
    prepare: (client) => client.onNotification('daxMetrics/modelTreeChanged', (it: ModelTreeChanged) => void told.push(it)),
  });
  await session.open(uri, 'dax', 'Sales = SUM(Sale[Amount])\r\n\r\n😀 rate = [Sales] / 2\r\n');
});
afterAll(() => session.end());

const ask = <T>(method: string, params: unknown): Promise<T> => session.client.sendRequest<T>(`daxMetrics/${method}`, params);
const range = (line: number, start: number, end: number) => ({ start: { line, character: start }, end: { line, character: end } });

it('the tree tells places in the spelling of the editor', async () => {
  const [model] = await ask<ModelTreeResult>('modelTree', { path: [] });
  expect(model).toMatchObject({ kind: 'model', label: 'shop', path: [modelUri] });
  const metrics = await ask<ModelTreeResult>('modelTree', { path: [modelUri, 'metrics'] });
  expect(metrics.map((it) => [it.label, it.place])).toEqual([['😀 rate', { uri, range: range(2, 0, 7) }], ['Sales', { uri, range: range(0, 0, 5) }]]);
  expect(await ask<ModelTreeResult>('modelTree', { path: ['nowhere'] })).toEqual([]);
});

it('the tree says when it is another one', async () => {
  told.length = 0;
  await session.change(uri, 2, 'Sales = SUM(Sale[Amount])\r\n\r\n😀 rate = [Sales] / 3\r\n');
  await ask<ModelTreeResult>('modelTree', { path: [] });
  expect(told).toContainEqual({});
});

it('dependencies are told for a place and for a name', async () => {
  const graph = await ask<DependenciesResult>('dependencies', { textDocument: { uri }, position: { line: 2, character: 1 } });
  expect(graph?.nodes.map((it) => [it.label, it.place?.range])).toEqual([['[😀 rate]', range(2, 0, 7)], ['[Sales]', range(0, 0, 5)], ['Sale[Amount]', expect.anything()]]);
  expect((await ask<DependenciesResult>('dependencies', { model: modelUri, metric: 'sales' }))?.metric).toBe('Sales');
  expect(await ask<DependenciesResult>('dependencies', { model: modelUri, metric: 'gone' })).toBeNull();
});

it('rows of a table that is gone are none', async () => {
  expect(await ask<TableRowsResult>('tableRows', { model: modelUri, table: 'Gone' })).toBeNull();
});

it('the state of the model is told', async () => {
  expect(await ask<ModelStateResult>('modelState', { uri })).toEqual({ models: ['shop'], anyModel: true, problems: 0 });
});

it('no model is made of a folder without data', async () => {
  expect(await ask<MakeModelResult>('makeModel', { folder: 'file:///w/data', name: 'data' })).toEqual({ problem: 'The folder holds no data file: csv, tsv, json, ndjson or parquet.' });
});
