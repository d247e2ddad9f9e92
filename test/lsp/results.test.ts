// The requests of the results view over the protocol: places, what is gone, and what is no question at all.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Results, ResultSubject } from '../../server/src/lsp/protocol/results.ts';
import { startSession, type Session } from './session.ts';

const uri = 'file:///w/a.dax';
let session: Session;
const changes: unknown[] = [];
const ask = <R>(method: string, params: unknown): Promise<R> => session.client.sendRequest<R>(method, params);

beforeAll(async () => {
  session = await startSession({
    capabilities: {},
    files: { 'file:///w/m.daxmodel.yaml': 'name: m\ntables:\n  T:\n    rows: [{ A: 1 }]\n    columns: { A: { type: int64 } }\n' },
    folders: ['file:///w/'],
    initializationOptions: { followsChanges: true },
    prepare: (client) => client.onNotification('daxMetrics/changed', (it) => void changes.push(it)),
  });
  await session.open(uri, 'dax', 'M = SUM(T[A])\n\nEVALUATE\nT\n');
});
afterAll(() => session.end());

it('a line and a character lead to what stands there', async () => {
  expect(await ask('daxMetrics/resultSubjects', { uri, line: 0, character: 5 })).toEqual([{ kind: 'metric', uri, model: 'm', name: 'M', ordinal: 0 }]);
  expect(await ask('daxMetrics/resultSubjects', { uri, line: 3, character: 900 })).toEqual([{ kind: 'query', uri, model: 'm', ordinal: 0 }]);
  expect(await ask('daxMetrics/resultSubjects', { uri: 'file:///w/gone.dax', line: 0, character: 0 })).toEqual([]);
});

it('what stands there has results', async () => {
  const [subject] = await ask<readonly ResultSubject[]>('daxMetrics/resultSubjects', { uri, line: 3, character: 0 });
  const found = await ask<Results>('daxMetrics/results', { subject, filters: [] });
  expect([found.title, found.model, 'columns' in found.table]).toEqual(['Query', 'm', true]);
});

it.each(['results', 'explainResult', 'rowsBehindResult', 'rowFate', 'copyResults', 'resultChoices'])('%s of what is gone, or of nonsense, is nothing', async (name) => {
  const subject: ResultSubject = { kind: 'metric', uri, model: 'm', name: 'Gone', ordinal: 0 };
  const nothing = name === 'resultChoices' ? [[], null] : [null, null];
  expect([await ask(`daxMetrics/${name}`, { subject, filters: [], aggregate: 0, all: false, row: 'T[A] = 1', format: 'csv' }), await ask(`daxMetrics/${name}`, {})]).toEqual(nothing);
});

it('other filters of the preview are a change', async () => {
  changes.length = 0;
  await ask('daxMetrics/setPreview', { filters: [{ kind: 'values', table: 'T', column: 'A', values: [1] }] });
  await ask('daxMetrics/setPreview', { filters: [] });
  await session.settled();
  for (let tries = 0; changes.length === 0 && tries < 50; tries++) await ask('daxMetrics/resultSubjects', { uri, line: 0, character: 0 });
  expect(changes).toContainEqual({ cause: 'preview' });
});
