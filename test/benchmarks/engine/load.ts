/** Loading the sessions from CSV and from Parquet: the engine and one thread of DuckDB by turns. */
import { existsSync } from 'node:fs';
import { sessionsOf } from './ours.ts';
import { inDuck } from './inDuck.ts';
import { loadFile } from './loadFile.ts';
import { median } from './median.ts';
import type { Files } from './rows.ts';

/** The types that the model declares, so that nothing has to be found out. */
const csvOf = (file: string): string => `read_csv('${file}', types = {'SessionId': 'VARCHAR', 'ConversationId': 'VARCHAR', 'Reason': 'BIGINT', 'Channel': 'BIGINT',
  'Status': 'BIGINT', 'AgentId': 'BIGINT', 'StartedOn': 'TIMESTAMP', 'EndedOn': 'TIMESTAMP', 'WaitSeconds': 'BIGINT', 'HandleSeconds': 'DOUBLE'})`;

/** Writes the sessions once as Parquet, as DuckDB does when nothing is said: Snappy, row groups of 122,880 rows. */
export async function writeParquet({ sessions, parquet }: Files): Promise<void> {
  if (!existsSync(parquet)) await inDuck((it) => it.run(`COPY (SELECT * FROM ${csvOf(sessions)}) TO '${parquet}' (FORMAT parquet)`));
}

export interface LoadTimes {
  readonly format: string;
  /** Milliseconds: of the first time, which nothing is compiled for, and the median of all. */
  readonly first: number;
  readonly ours: number;
  readonly theirs: number;
}

export async function loadTimes(files: Files, rounds: number): Promise<readonly LoadTimes[]> {
  const times: LoadTimes[] = [];
  for (const [format, file, sql] of [['CSV', files.sessions, csvOf(files.sessions)], ['Parquet', files.parquet, `read_parquet('${files.parquet}')`]] as const) {
    const { table, limits } = sessionsOf({ ...files, sessions: file });
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const started = performance.now();
      const { faults } = await loadFile(table, file, limits);
      ours.push(performance.now() - started);
      if (faults.length > 0) throw new Error(JSON.stringify(faults));
      theirs.push(await inDuck(async (it) => {
        const from = performance.now();
        await it.run(`CREATE TABLE s AS SELECT * FROM ${sql}`);
        return performance.now() - from;
      }));
    }
    times.push({ format, first: ours[0] ?? Number.NaN, ours: median(ours), theirs: median(theirs) });
  }
  return times;
}
