// What the engine reads of data files when a database is opened again.
import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../server/src/host/engine.ts';
import type { FromWorker } from '../../server/src/host/engineMessages.ts';
import { createEngineWorker } from '../../server/src/host/engineWorker.ts';
import { defaultLimits } from '../../server/src/model/model.ts';
import type { DatabaseSpec, TableFacts, TableSpec } from '../../server/src/plan/database.ts';

const tableOf = (name: string, type: 'int64' | 'string' = 'int64'): TableSpec => ({
  name, columns: [{ name: 'A', type }],
  source: { kind: 'file', uri: `file:///${name}.csv`, path: `${name}.csv`, format: 'csv', options: { delimiter: undefined, blankTokens: [], trueWords: [], falseWords: [], dateFormats: [] } },
});

const specOf = (key: string, ...tables: readonly TableSpec[]): DatabaseSpec => ({ key, tables, relationships: [], measures: [], clock: 46_000, culture: 'en-US', seed: 1, limits: defaultLimits });

function engineOver(files: Map<string, string>): { readonly engine: ReturnType<typeof createEngine>; readonly read: string[] } {
  const read: string[] = [];
  const engine = createEngine((uri) => {
    const text = files.get(uri) ?? '';
    const bytes = new TextEncoder().encode(text);
    return Promise.resolve({
      stamp: text, size: bytes.length,
      async *chunks() {
        read.push(uri);
        yield await Promise.resolve(bytes);
      },
      read: (from, to) => bytes.subarray(from, to), changed: () => false, close: () => Promise.resolve(),
    });
  });
  return { engine, read };
}

/** What is known of a table; fails where another database is open. */
function known(engine: Engine, key: string, table: string): TableFacts | undefined {
  const it = engine.inspect('db', key, { table }, { cancelled: () => false });
  if (typeof it === 'string') throw new Error(it);
  return it.facts;
}

describe('a database that is opened again', () => {
  it('reads the files that changed, and no others', async () => {
    const files = new Map([['file:///T.csv', 'A\n1\n2\n'], ['file:///U.csv', 'A\n1\n']]);
    const { engine, read } = engineOver(files);
    await engine.open('db', specOf('1', tableOf('T'), tableOf('U')));
    expect(read).toEqual(['file:///T.csv', 'file:///U.csv']);
    await engine.open('db', specOf('2', tableOf('T'), tableOf('U')));
    expect(read.length).toBe(2);
    files.set('file:///U.csv', 'A\n1\n5\n7\n');
    await engine.open('db', specOf('3', tableOf('T'), tableOf('U')));
    expect(read.slice(2)).toEqual(['file:///U.csv']);
    expect(['T', 'U'].map((it) => known(engine, '3', it)?.rowCount)).toEqual([2, 3]);
  });

  it('reads a file again whose columns the model declares otherwise', async () => {
    const { engine, read } = engineOver(new Map([['file:///T.csv', 'A\n1\n1.0\n']]));
    await engine.open('db', specOf('1', tableOf('T')));
    const first = known(engine, '1', 'T');
    await engine.open('db', specOf('2', tableOf('T', 'string')));
    expect(read.length).toBe(2);
    expect([first, known(engine, '2', 'T')].map((it) => it?.columns[0]?.distinct)).toEqual([1, 2]);
  });
});

describe('a file that takes long', () => {
  const rows = `A\n${'1\n'.repeat(5000)}`;
  const engineInPieces = (): ReturnType<typeof createEngine> => createEngine(() => {
    const bytes = new TextEncoder().encode(rows);
    return Promise.resolve({
      size: bytes.length,
      async *chunks() {
        for (let at = 0; at < bytes.length; at += 1000) yield await Promise.resolve(bytes.subarray(at, at + 1000));
      },
      read: (from, to) => bytes.subarray(from, to), changed: () => false, close: () => Promise.resolve(),
    });
  });

  it('tells how far it is read, to its end', async () => {
    const told: (readonly [string, number, number])[] = [];
    await engineInPieces().open('db', specOf('1', tableOf('T')), { progress: (...it) => void told.push(it), isCancelled: () => false, done: () => undefined });
    expect(told.map(([path]) => path)).toContain('T.csv');
    expect(told.map(([, read]) => read)).toEqual(told.map(([, read]) => read).toSorted((a, b) => a - b));
    expect(told.at(-1)?.slice(1)).toEqual([rows.length, rows.length]);
  });

  it('is read no further once it is cancelled, and then has no rows but a word why', async () => {
    let asked = 0;
    let read = 0;
    const engine = engineInPieces();
    const { faults } = await engine.open('db', specOf('1', tableOf('T'), tableOf('U')), { progress: (_, it) => { read = it; }, isCancelled: () => ++asked > 4, done: () => undefined });
    expect(read).toBeLessThan(rows.length / 2);
    expect(faults.map((it) => [it.table, it.rule])).toEqual([['T', 'data-cancelled'], ['U', 'data-cancelled']]);
    expect(known(engine, '1', 'T')).toBeUndefined();
  });
});

describe('the worker', () => {
  it('tells progress now and then, and hears of a cancellation while it reads', async () => {
    const said: FromWorker[] = [];
    let pieces = 0;
    let cancel: (() => void) | undefined;
    const engine = createEngine(() => {
      const piece = new TextEncoder().encode('A\n1\n');
      return Promise.resolve({
        size: 5_000_000,
        async *chunks() {
          for (; pieces < 1000; pieces++) {
            if (pieces === 3) cancel?.();
            yield await Promise.resolve(piece);
          }
        },
        read: () => piece, changed: () => false, close: () => Promise.resolve(),
      });
    });
    const opened = new Promise<void>((resolve) => {
      const take = createEngineWorker(engine, (message) => {
        said.push(message);
        if (message.kind === 'opened') resolve();
      });
      cancel = () => take({ kind: 'cancelOpen', id: 1 });
      take({ kind: 'open', id: 1, name: 'db', spec: specOf('1', tableOf('T')) });
    });
    await opened;
    expect(pieces).toBeLessThan(10);
    expect(said.filter((it) => it.kind === 'progress').length).toBe(1);
    expect(said.at(-1)).toMatchObject({ kind: 'opened', opened: { faults: [{ rule: 'data-cancelled' }] } });
  });
});
