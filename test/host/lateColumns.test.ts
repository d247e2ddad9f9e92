// Of a large Parquet file a column is read when something asks for it, and what is wrong with it is told then.
import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../server/src/host/engine.ts';
import { createWorkspace } from '../../server/src/workspace/index.ts';
import { defaultLimits } from '../../server/src/model/model.ts';
import type { DatabaseSpec } from '../../server/src/plan/database.ts';
import { written } from '../formats/parquetFiles.ts';
import { hostOver } from '../support/engine.ts';

const rows = 200_000;

/** The bytes of the files, and where the engine has read them. */
interface Files {
  readonly bytes: Map<string, Uint8Array>;
  readonly read: { readonly uri: string; readonly from: number; readonly to: number }[];
  changed: boolean;
  closed: number;
}

const filesOf = (bytes: Uint8Array): Files => ({ bytes: new Map([['file:///ws/big.parquet', bytes]]), read: [], changed: false, closed: 0 });

function engineOver(files: Files): ReturnType<typeof createEngine> {
  return createEngine((uri) => {
    const bytes = files.bytes.get(uri);
    if (bytes === undefined) return Promise.resolve({ fault: 'not-found' });
    return Promise.resolve({
      stamp: String(bytes.length),
      size: bytes.length,
      async *chunks() {
        yield await Promise.resolve(bytes);
      },
      read(from, to) {
        files.read.push({ uri, from, to });
        return bytes.subarray(from, to);
      },
      changed: () => files.changed,
      close() {
        files.closed++;
        return Promise.resolve();
      },
    });
  });
}

const model = `
name: big
tables:
  Big:
    source: big.parquet
    columns:
      Id: { type: int64 }
      Kind: { type: string }
      Other: { type: string }
      Amount: { type: int64 }
`;

const texts = (metrics: string): ReadonlyMap<string, string> => new Map([['file:///ws/big.daxmodel.yaml', model], ['file:///ws/m.dax', metrics]]);

function openWorkspace(files: Files, metrics = ''): ReturnType<typeof createWorkspace> {
  const contents = texts(metrics);
  return createWorkspace({
    folders: ['file:///ws/'],
    host: {
      files: {
        readText: (uri) => Promise.resolve(contents.get(uri) ?? { fault: 'not-found' }),
        readHead: (uri) => Promise.resolve(contents.has(uri) ? new Uint8Array(0) : { fault: 'not-found' }),
        stat: (uri) => Promise.resolve(files.bytes.has(uri) ? { size: files.bytes.get(uri)?.length ?? 0, modified: 1 } : { fault: 'not-found' }),
        find: (_, globs) => Promise.resolve([...contents.keys()].filter((uri) => globs.some((it) => uri.endsWith(it.slice(it.lastIndexOf('.')))))),
      },
      engine: hostOver(engineOver(files)),
      now: () => 0,
    },
  });
}

async function valueOf(workspace: ReturnType<typeof createWorkspace>, expression: string): Promise<unknown> {
  const [view] = await workspace.models();
  if (view === undefined) throw new Error('there is no model');
  const [result] = await workspace.evaluate(view, [{ query: `EVALUATE ROW("v", ${expression})` }]);
  return result?.kind === 'table' ? result.columns[0]?.cells[0] : result;
}

describe('a large Parquet file', () => {
  let bytes: Uint8Array;
  beforeAll(async () => {
    bytes = await written(`SELECT i AS "Id", 'k' || (i % 3) AS "Kind", 'o' || (i % 7) AS "Other", i % 10 AS "Amount" FROM range(${String(rows)}) t(i)`, 'ROW_GROUP_SIZE 100000');
  });

  it('is opened by its description alone: its rows are counted, its values are not looked at', async () => {
    const files = filesOf(bytes);
    const workspace = openWorkspace(files);
    const [view] = await workspace.models();
    const facts = view === undefined ? [] : await workspace.facts(view);
    expect(facts.map((it) => [it.table, it.rowCount])).toEqual([['Big', rows]]);
    expect(facts[0]?.columns).toEqual(['Id int64', 'Kind string', 'Other string', 'Amount int64'].map((it) => ({ name: it.split(' ')[0], type: it.split(' ')[1], distinct: undefined })));
    expect(Math.min(...files.read.map((it) => it.from))).toBeGreaterThan(bytes.length / 2);
  });

  it('is read where somebody asks about one of its columns', async () => {
    const files = filesOf(bytes);
    const workspace = openWorkspace(files);
    const [view] = await workspace.models();
    if (view === undefined) throw new Error('no model');
    const before = files.read.length;
    expect(await workspace.columnFacts(view, { table: 'Big', column: 'Kind' })).toEqual({ name: 'Kind', type: 'string', distinct: 3, rowCount: rows });
    expect(files.read.length).toBeGreaterThan(before);
    const once = files.read.length;
    expect((await workspace.columnFacts(view, { table: 'Big', column: 'Kind' }))?.distinct).toBe(3);
    expect((await workspace.facts(view))[0]?.columns.map((it) => it.distinct)).toEqual([undefined, undefined, undefined, undefined]);
    expect(files.read.length).toBe(once);
  });

  it('gives a metric the columns that it reads, and reads no others', async () => {
    const files = filesOf(bytes);
    const workspace = openWorkspace(files);
    expect(await valueOf(workspace, 'CALCULATE(SUM(Big[Amount]), Big[Kind] = "k1")')).toBe(300_000);
    const before = files.read.length;
    expect(await valueOf(workspace, 'SUM(Big[Amount]) + 1')).toBe(900_001);
    expect(files.read.length).toBe(before);
    expect(await valueOf(workspace, 'DISTINCTCOUNT(Big[Other])')).toBe(7);
    expect(files.read.length).toBe(before + 2);
  });

  it('says of a damaged column that it cannot be read, in the value and as a finding, and leaves the others', async () => {
    const files = filesOf(bytes);
    const footer = openWorkspace(files);
    await valueOf(footer, 'DISTINCTCOUNT(Big[Kind])');
    const { from, to } = files.read.at(-1) ?? { from: 0, to: 0 };
    const damaged = bytes.slice().fill(0xff, from, to);
    const workspace = openWorkspace(filesOf(damaged));
    expect(await workspace.findings('file:///ws/big.daxmodel.yaml')).toEqual([]);
    expect(await valueOf(workspace, 'DISTINCTCOUNT(Big[Kind])')).toMatchObject({ cell: 'notEvaluated', reason: { id: 'data-fault', table: 'Big' } });
    expect((await workspace.findings('file:///ws/big.daxmodel.yaml')).map((it) => it.rule)).toEqual(['data-malformed']);
    expect(await valueOf(workspace, 'SUM(Big[Amount])')).toBe(900_000);
  });

  it('says so where it has changed since it was opened', async () => {
    const files = filesOf(bytes);
    const workspace = openWorkspace(files);
    const [view] = await workspace.models();
    if (view !== undefined) await workspace.facts(view);
    files.changed = true;
    expect(await valueOf(workspace, 'SUM(Big[Amount])')).toMatchObject({ cell: 'notEvaluated', reason: { detail: 'its file changed' } });
  });

  it('is closed when it is read no more', async () => {
    const files = filesOf(bytes);
    const engine = engineOver(files);
    const table = { name: 'Big', columns: [{ name: 'Id', type: 'int64' as const }, { name: 'Kind', type: 'string' as const }, { name: 'Other', type: 'string' as const }], source: { kind: 'file' as const, uri: 'file:///ws/big.parquet', path: 'big.parquet', format: 'parquet' as const, options: { delimiter: undefined, blankTokens: [], trueWords: [], falseWords: [], dateFormats: [] } } };
    const spec = (key: string, tables: DatabaseSpec['tables']): DatabaseSpec => ({ key, tables, relationships: [], measures: [], clock: 46_000, culture: 'en-US', seed: 1, limits: defaultLimits });
    await engine.open('db', spec('1', [table]));
    expect(files.closed).toBe(0);
    await engine.open('db', spec('2', [table]));
    // The second was opened to see that it is the same.
    expect(files.closed).toBe(1);
    await engine.open('db', spec('3', []));
    expect(files.closed).toBe(2);
  });
});
