// What the engine reads of data files when a database is opened again.
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../server/src/host/engine.ts';
import { defaultLimits } from '../../server/src/model/model.ts';
import type { DatabaseSpec, TableSpec } from '../../server/src/plan/database.ts';

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
      read: (from, to) => Promise.resolve(bytes.subarray(from, to)), changed: () => Promise.resolve(false), close: () => Promise.resolve(),
    });
  });
  return { engine, read };
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
    const { facts } = await engine.open('db', specOf('3', tableOf('T'), tableOf('U')));
    expect(read.slice(2)).toEqual(['file:///U.csv']);
    expect(facts.map((it) => it.rowCount)).toEqual([2, 3]);
  });

  it('reads a file again whose columns the model declares otherwise', async () => {
    const { engine, read } = engineOver(new Map([['file:///T.csv', 'A\n1\n1.0\n']]));
    const first = await engine.open('db', specOf('1', tableOf('T')));
    const second = await engine.open('db', specOf('2', tableOf('T', 'string')));
    expect(read.length).toBe(2);
    expect([first, second].map(({ facts }) => facts[0]?.columns[0]?.distinct)).toEqual([1, 2]);
  });
});
