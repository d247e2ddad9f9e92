// Parquet files that DuckDB writes for a test, and what is read of them.
import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readParquet } from '../../server/src/formats/parquet/readParquet.ts';
import type { TableResult } from '../../server/src/formats/index.ts';
import { requestOf, type Wanted } from './tables.ts';

/** Bytes of the file that a query's rows make. @param options of COPY, e.g. `COMPRESSION zstd` */
export async function written(query: string, options = '', format = 'parquet'): Promise<Uint8Array> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dax-metrics-parquet-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const file = path.join(folder, 'rows');
    await connection.run(`COPY (${query}) TO '${file}' (FORMAT ${format}${options === '' ? '' : `, ${options}`})`);
    return new Uint8Array(readFileSync(file));
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

export const readBytes = (bytes: Uint8Array, wanted: Wanted & { readonly maximumMemory?: number } = {}): Promise<TableResult> =>
  readParquet(
    { size: bytes.length, read: (from, to) => bytes.slice(from, to) },
    { ...requestOf({ format: 'parquet', ...wanted }), ...(wanted.maximumMemory === undefined ? {} : { maximumMemory: wanted.maximumMemory }), path: 'data.parquet' },
  );
