/** One thread of DuckDB for as long as something is asked of it. */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

export async function inDuck<T>(run: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    return await run(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
