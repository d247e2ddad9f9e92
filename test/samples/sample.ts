// The sample's folder, and its raw rows in DuckDB: the second witness for every number the sample promises.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { createEngine } from '../../server/src/host/engine.ts';
import { openFile } from '../../server/src/host/node/files.ts';
import type { EngineHost } from '../../server/src/workspace/host.ts';
import { hostOver } from '../support/engine.ts';

export const sampleFolder = fileURLToPath(new URL('../../samples/omnichannel/', import.meta.url));
export const dataFolder = join(sampleFolder, 'dataverse', 'data');
export const readSample = (path: string): string => readFileSync(join(sampleFolder, path), 'utf8');

/** Every metric file, each with SQL of the same path in the folder `sql`. */
export const metricFiles: readonly string[] = ['dataverse', 'historical', 'realtime'].flatMap((model) =>
  readdirSync(join(sampleFolder, model)).filter((it) => it.endsWith('.dax')).map((it) => `${model}/${it}`));

export type Row = Readonly<Record<string, unknown>>;
export type Query = (sql: string) => Promise<readonly Row[]>;

/** Opens a database over the raw rows; `files` of the sample's sql folder are run first. */
export async function openSample(...files: readonly string[]): Promise<Query> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`SET file_search_path = '${sampleFolder.replaceAll("'", "''")}'`);
  for (const file of files) await connection.run(readSample(join('sql', file)));
  return async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
}

/** The engine in this thread, over the files of a folder. */
export function engineOver(folder: string): EngineHost {
  const engine = createEngine(async (it, maxBytes) => {
    const file = await openFile([folder], it, maxBytes);
    if ('fault' in file) return file;
    return {
      async *chunks() {
        yield await file.read(0, file.size);
      },
      size: file.size,
      read: (from, to) => file.readNow(from, to - from),
      changed: () => file.changed(),
      close: () => file.close(),
    };
  });
  return hostOver(engine);
}
