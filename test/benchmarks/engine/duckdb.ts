/** DuckDB over the same rows, as a whole number for every value that is not a number. */
import { DuckDBInstance, type DuckDBConnection, type DuckDBPreparedStatement } from '@duckdb/node-api';
import type { Metric } from './metrics.ts';
import type { Files } from './rows.ts';

export interface Duck {
  prepare(metric: Metric): Promise<{ run(parameters: readonly number[]): Promise<readonly (readonly (number | undefined)[])[]> }>;
  close(): void;
}

export async function openDuck(files: Files, threads: number): Promise<Duck> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE s AS SELECT SessionId::INTEGER SessionId, ConversationId::INTEGER ConversationId, Reason::INTEGER Reason, Channel::INTEGER Channel,
    Status::UTINYINT Status, AgentId::USMALLINT AgentId, StartedOn::USMALLINT StartedOn, EndedOn::USMALLINT EndedOn, WaitSeconds::INTEGER WaitSeconds, HandleSeconds::DOUBLE HandleSeconds
    FROM read_csv('${files.coded}')`);
  await connection.run(`CREATE TABLE agents AS SELECT AgentId::USMALLINT AgentId, TeamId::USMALLINT TeamId FROM read_csv('${files.agents}')`);
  await connection.run(`CREATE TABLE teams AS SELECT TeamId::USMALLINT TeamId, Region FROM read_csv('${files.teams}')`);
  await connection.run(`CREATE TABLE dates AS SELECT Day::USMALLINT AS Day, Month::INTEGER AS Month FROM read_csv('${files.dates}')`);
  return {
    async prepare({ sql, parameters }) {
      const statement = await connection.prepare(sql);
      const count = parameters(0).length;
      return {
        async run(values) {
          for (let i = 0; i < count; i++) bind(statement, i + 1, values[i] ?? 0);
          const rows = await (await statement.run()).getRows();
          return rows.map((row) => row.map((it) => (it === null ? undefined : Number(it))));
        },
      };
    },
    close: () => closeAll(connection, instance),
  };
}

const bind = (statement: DuckDBPreparedStatement, index: number, value: number): void => {
  if (Number.isInteger(value)) statement.bindInteger(index, value);
  else statement.bindDouble(index, value);
};

function closeAll(connection: DuckDBConnection, instance: DuckDBInstance): void {
  connection.closeSync();
  instance.closeSync();
}
