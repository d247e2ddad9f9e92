// What is known of tables waits for values, is made piece by piece, and never comes from other rows than it is asked about.
import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../server/src/host/engine.ts';
import { createEngineClient } from '../../server/src/host/engineClient.ts';
import type { Inspection, ToWorker } from '../../server/src/host/engineMessages.ts';
import { defaultLimits } from '../../server/src/model/model.ts';
import type { DatabaseSpec, TableSpec } from '../../server/src/plan/database.ts';
import type { Job, JobResult } from '../../server/src/plan/plan.ts';
import { openFixture } from '../support/workspace.ts';

const tableOf = (name: string, ...columns: readonly string[]): TableSpec => ({
  name, columns: columns.map((it) => ({ name: it, type: 'int64' })),
  source: { kind: 'rows', rows: [1, 2, 2].map((row) => columns.map((it) => [it, row] as const)) },
});

const specOf = (key: string, ...tables: readonly TableSpec[]): DatabaseSpec => ({ key, tables, relationships: [], measures: [], clock: 46_000, culture: 'en-US', seed: 1, limits: defaultLimits });

const wanted = { cancelled: () => false };
const engineWithoutFiles = (): Engine => createEngine(() => Promise.resolve({ fault: 'not-found' }));

describe('a part of a database', () => {
  it('is made further each time it is asked for, while something else comes first', async () => {
    const engine = engineWithoutFiles();
    await engine.open('db', specOf('1', tableOf('T', 'A', 'B', 'C')));
    expect(engine.inspect('db', '1', { table: 'T' }, { cancelled: () => true })).toBe('unfinished');
    let answers = 0;
    let known: Inspection = 'unfinished';
    for (; known === 'unfinished' && answers < 20; answers++) {
      // Heard of after one step.
      let asked = 0;
      known = engine.inspect('db', '1', { table: 'T' }, { cancelled: () => asked++ > 0 });
    }
    expect(answers).toBeGreaterThan(3);
    expect(known).toEqual({ facts: { table: 'T', rowCount: 3, columns: ['A', 'B', 'C'].map((name) => ({ name, type: 'int64', distinct: 2 })) }, faults: [] });
  });

  it('is not made when the database is opened, and what is wrong with it is told once it is made', async () => {
    const engine = engineWithoutFiles();
    const link = { from: { table: 'T', column: 'A' }, to: { table: 'U', column: 'A' }, cardinality: 'many-to-one', active: true, crossFilter: 'single' } as const;
    const opened = await engine.open('db', { ...specOf('1', tableOf('T', 'A'), tableOf('U', 'A')), relationships: [link] });
    expect(opened).toEqual({ faults: [] });
    expect(engine.inspect('db', '1', { table: 'U' }, wanted)).toMatchObject({ faults: [] });
    expect(engine.inspect('db', '1', { table: 'T' }, wanted)).toMatchObject({ faults: [{ table: 'U', rule: 'relationship-not-unique' }] });
    expect(engine.inspect('db', '1', { table: 'T' }, wanted)).toMatchObject({ faults: [] });
  });

  it('is that of the rows it is asked about, or none', async () => {
    const engine = engineWithoutFiles();
    await engine.open('db', specOf('1', tableOf('T', 'A')));
    await engine.open('db', specOf('2', tableOf('T', 'A', 'B')));
    expect(engine.inspect('db', '1', { table: 'T' }, wanted)).toBe('other');
    expect(engine.inspect('db', '2', { table: 'T' }, wanted)).toMatchObject({ facts: { columns: [{ name: 'A' }, { name: 'B' }] } });
    expect(engine.inspect('db', '2', { table: 'U' }, wanted)).toEqual({ facts: undefined, faults: [] });
  });

  it('may be one column, in any spelling', async () => {
    const engine = engineWithoutFiles();
    await engine.open('db', specOf('1', tableOf('T', 'A', 'B')));
    expect(engine.inspect('db', '1', { table: 'T', column: 'b' }, wanted)).toEqual({ facts: { table: 'T', rowCount: 3, columns: [{ name: 'B', type: 'int64', distinct: 2 }] }, faults: [] });
  });
});

describe('who only wants to know', () => {
  const job = { measures: [], queries: [{ relation: {} }] } as unknown as Job;
  const result: JobResult = { results: [], stats: { scans: 0, waves: 0 } };

  it('comes after those who wait for values, and is asked to stop when one comes', async () => {
    const told: ToWorker[] = [];
    let finish: (() => void) | undefined;
    const client = createEngineClient({
      sharedMemory: true,
      delay: () => new Promise((resolve) => setImmediate(resolve)),
      start: (hear) => Promise.resolve({
        post(message) {
          told.push(message);
          const { id } = message;
          queueMicrotask(() => {
            if (message.kind === 'open') hear({ kind: 'opened', id, opened: { faults: [] } });
            // A job is answered when the test says so, and a part of a database once nothing comes before it.
            else if (message.kind === 'run') finish = () => hear({ kind: 'result', id, result });
            else if (message.kind === 'inspect' && message.flag !== undefined) {
              const { flag } = message;
              const answer = (): void => {
                const isStopped = Atomics.load(flag, 0) !== 0;
                if (!isStopped && told.filter((it) => it.kind === 'inspect').length === 1) setImmediate(answer);
                else hear({ kind: 'inspected', id, inspected: isStopped ? 'unfinished' : { facts: { table: 'T', rowCount: 7, columns: [] }, faults: [] } });
              };
              answer();
            }
          });
        },
        end: () => undefined,
      }),
    });
    const turns = async (): Promise<void> => {
      for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
    };
    const kinds = (): readonly string[] => told.map((it) => it.kind);
    await client.open('db', specOf('1', tableOf('T', 'A')));
    const known = client.inspect('db', '1', { table: 'T' });
    await turns();
    expect(kinds()).toEqual(['open', 'inspect']);
    const value = client.run('db', job);
    await turns();
    // It was stopped, and is not asked for again as long as the value is waited for.
    expect(kinds()).toEqual(['open', 'inspect', 'run']);
    finish?.();
    expect(await value).toEqual(result);
    expect(await known).toEqual({ facts: { table: 'T', rowCount: 7, columns: [] }, faults: [] });
    expect(kinds()).toEqual(['open', 'inspect', 'run', 'inspect']);
    expect(await client.inspect('db', 'another', { table: 'T' })).toBeUndefined();
    client.dispose();
  });
});

describe('a workspace', () => {
  const model = `//- /m.daxmodel.yaml
name: shop
tables:
  T: { source: t.csv, columns: { A: { type: int64 } } }
  U: { rows: [ { B: 1 } ] }
`;

  it('tells of the rows of now, and of the tables that are asked about', async () => {
    const { workspace, write } = await openFixture(`${model}//- /t.csv\nA\n1\n2\n`);
    const [view] = await workspace.models();
    if (view === undefined) throw new Error('no model');
    const rows = async (...tables: readonly string[]): Promise<readonly (readonly [string, number])[]> =>
      (await workspace.facts(view, tables.length === 0 ? undefined : tables)).map((it) => [it.table, it.rowCount]);
    const before = rows();
    write('/t.csv', 'A\n1\n2\n3\n');
    expect(await rows('t')).toEqual([['T', 3]]);
    expect(await rows()).toEqual([['T', 3], ['U', 1]]);
    // Whoever asked before is told of the rows of then, where they are still there.
    expect((await before).filter(([name]) => name === 'T').every(([, count]) => count === 2)).toBe(true);
    expect(await workspace.columnFacts(view, { table: 't', column: 'a' })).toEqual({ name: 'A', type: 'int64', distinct: 3, rowCount: 3 });
    expect(await workspace.columnFacts(view, { table: 'Nowhere', column: 'A' })).toBeUndefined();
  });
});
