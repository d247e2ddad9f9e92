/**
 * Rows that the engine makes itself: a table that has no source, and sessions cut from a log. Each is made anew in every
 * round, and so does one thread of DuckDB, by turns.
 */
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { lowerDatabase } from '../../../server/src/analysis/index.ts';
import { eachMadeUpTable, openDatabase } from '../../../server/src/engine/index.ts';
import { delimitedText } from '../../../server/src/formats/index.ts';
import { defaultFileOptions } from '../../../server/src/formats/resolveSource.ts';
import { defaultLimits, type Model } from '../../../server/src/model/model.ts';
import type { DatabaseSpec } from '../../../server/src/plan/database.ts';
import { inDuck } from './inDuck.ts';
import { loadFile } from './loadFile.ts';
import { median } from './median.ts';
import { modelFrom, planOf, valuesOf } from './ours.ts';
import { randomFrom, write } from './rows.ts';

export interface Times {
  readonly title: string;
  /** Milliseconds: of the first time, and the median of all. */
  readonly first: number;
  readonly ours: number;
  /** Undefined: DuckDB has nothing of the kind. */
  readonly theirs?: number;
}

const generatedModel = `name: made
tables:
  S:
    columns:
      SessionId:     { type: string, key: true }
      Conversation:  { type: int64, generate: { min: 1, max: 300000 } }
      Reason:        { type: int64, generate: { values: { 192350001: 5, 192350002: 3, 192350006: 2 } } }
      Channel:       { type: int64, generate: { values: [192340000, 192350000, 192360000, 192440000] } }
      Agent:         { type: int64, generate: { min: 1, max: 250 } }
      Started:       { type: dateTime, generate: { from: 2024-01-01, to: 2025-12-31 } }
      Ended:         { type: dateTime, generate: { after: Started, mean: 900 } }
      Wait:          { type: int64, generate: { distribution: exponential, mean: 120, blanks: 0.1 } }
      Handle:        { type: double, generate: { distribution: normal, mean: 900, deviation: 200, min: 0 } }
      Voice:         { type: boolean, generate: { share: 0.3 } }
`;
/** The same kinds of columns. */
const generatedSql = (count: number): string => `SELECT 'session-' || i AS SessionId, (random() * 300000)::BIGINT + 1 AS Conversation,
  list_extract([192350001, 192350002, 192350006], 1 + (random() * 2)::INTEGER) AS Reason, list_extract([192340000, 192350000, 192360000, 192440000], 1 + (random() * 3)::INTEGER) AS Channel,
  (random() * 249)::BIGINT + 1 AS Agent, started AS Started, started + to_seconds((-900 * ln(1 - random()))::BIGINT) AS Ended,
  CASE WHEN random() < 0.1 THEN NULL ELSE (-120 * ln(1 - random()))::BIGINT END AS Wait,
  greatest(0, 900 + 200 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())) AS Handle, random() < 0.3 AS Voice
FROM (SELECT i, TIMESTAMP '2024-01-01' + to_seconds((random() * 63158400)::BIGINT) AS started FROM range(${String(count)}) t(i))`;

/** Rows of ten columns made up, kept in memory, then written as CSV. */
export async function generateTimes(folder: string, count: number, rounds: number): Promise<readonly Times[]> {
  const spec = specOf(modelFrom(generatedModel), count);
  const [ours, theirs] = [path.join(folder, 'made.csv'), path.join(folder, 'duck.csv')];
  return inDuck(async (duck) => [
    await byTurns('rows made up', rounds, async () => {
      const { tables } = await openDatabase(spec, neverLoaded);
      for (const { name, columns } of spec.tables) {
        for (const column of columns) {
          // A column is made when it is asked for, and holds one code more than rows.
          const { codes } = tables.column(name, column.name);
          if (codes.length !== count + 1) throw new Error(`${String(codes.length)} codes`);
        }
      }
    }, () => duck.run(`CREATE OR REPLACE TABLE s AS ${generatedSql(count)}`)),
    await byTurns('rows made up and written as CSV', rounds, async () => {
      const none = await eachMadeUpTable(spec, async (table) => {
        const out = createWriteStream(ours);
        for (const piece of delimitedText(table, defaultFileOptions)) if (!out.write(piece)) await new Promise<void>((resolve) => void out.once('drain', resolve));
        await finished(out.end());
      });
      if (none !== undefined) throw new Error(JSON.stringify(none));
    }, () => duck.run(`COPY (${generatedSql(count)}) TO '${theirs}' (FORMAT csv)`)),
  ]);
}

const logModel = (rules: string): string => `name: log
tables:
  Message:
    source: messages.csv
    columns: { Id: { type: int64 }, Conversation: { type: int64 }, SentAt: { type: dateTime }, Topic: { type: int64 }, Kind: { type: string } }
  Session:
    sessionize:
      from: Message
      partition: Conversation
      order: [SentAt, Id]
      idle: 30m
${rules}`;
const allRules = `      startWhen: Message[Topic] = 2
      endWhen: Message[Kind] = "end"
      user: Message[Kind] = "user"
      idleFrom: user
      maxLength: 60m
      maxTurns: 100
      columns: { LastTopic: { last: "Message[Topic]" }, HasEnd: { any: 'Message[Kind] = "end"' } }
`;
/** Every column of the sessions is read. */
const measured = 'COUNTROWS(Session), "m", SUM(Session[Messages]), "most", MAX(Session[Messages]), "s", SUMX(Session, DATEDIFF(Session[Start], Session[End], SECOND)), "n", MAX(Session[Session]), "e", DISTINCTCOUNT(Session[EndReason])';
const idleSql = `SELECT count(*), sum(messages), max(messages), sum(epoch(till) - epoch(since)), max(n) FROM (
  SELECT Conversation, n, count(*) AS messages, min(SentAt) AS since, max(SentAt) AS till FROM (
    SELECT Conversation, SentAt, sum(opens) OVER (PARTITION BY Conversation ORDER BY SentAt, Id ROWS UNBOUNDED PRECEDING) AS n FROM (
      SELECT Id, Conversation, SentAt,
        CASE WHEN SentAt - lag(SentAt) OVER (PARTITION BY Conversation ORDER BY SentAt, Id) <= INTERVAL 30 MINUTES THEN 0 ELSE 1 END AS opens
      FROM log))
  GROUP BY Conversation, n)`;

/** Messages cut into sessions: by all rules, then by silence alone as window functions can. */
export async function sessionizeTimes(folder: string, count: number, rounds: number): Promise<readonly Times[]> {
  const file = path.join(folder, `messages${String(count)}.csv`);
  writeLog(file, count);
  return inDuck(async (duck) => {
    await duck.run(`CREATE TABLE log AS SELECT * FROM read_csv('${file}', types = {'Id': 'INTEGER', 'Conversation': 'INTEGER', 'SentAt': 'TIMESTAMP', 'Topic': 'INTEGER', 'Kind': 'VARCHAR'})`);
    const cut = async (rules: string): Promise<() => Promise<readonly (number | undefined)[]>> => {
      const model = modelFrom(logModel(rules));
      const spec = specOf(model, count);
      const plan = planOf(model, `EVALUATE ROW("c", ${measured})`);
      const log = spec.tables.find((it) => it.name === 'Message');
      if (log === undefined) throw new Error('there is no log');
      const loaded = await loadFile(log, file, spec.limits);
      return async () => valuesOf(await openDatabase(spec, () => loaded), plan)[0] ?? [];
    };
    const byAll = await cut(allRules);
    const bySilence = await cut('');
    const theirs = async (): Promise<readonly number[]> => ((await (await duck.run(idleSql)).getRows())[0] ?? []).map(Number);
    const [a, b] = [(await bySilence()).slice(0, 5), await theirs()];
    if (a.join() !== b.join()) throw new Error(`sessions differ: ${a.join()} and ${b.join()}`);
    return [
      await byTurns('sessions cut by every rule', rounds, byAll),
      await byTurns('sessions cut by silence', rounds, bySilence, theirs),
    ];
  });
}

/** Conversations of about fifty messages, some at once and some after hours. */
function writeLog(file: string, count: number): void {
  const random = randomFrom(count);
  const conversations = Math.max(1, Math.floor(count / 50));
  const at = new Float64Array(conversations).map(() => Date.UTC(2025, 0, 1) + random(86_400) * 1000);
  const kinds = ['user', 'user', 'user', 'bot', 'bot', 'bot', 'bot', 'end'];
  write(file, 'Id,Conversation,SentAt,Topic,Kind', count, (i) => {
    const conversation = random(conversations);
    const next = (at[conversation] as number) + 1000 * (random(20) === 0 ? random(7200) : random(120));
    at[conversation] = next;
    return `${String(i)},${String(conversation)},${new Date(next).toISOString().slice(0, 19)},${String(random(4))},${kinds[random(kinds.length)] ?? ''}`;
  });
}

async function byTurns(title: string, rounds: number, ours: () => Promise<unknown>, theirs?: () => Promise<unknown>): Promise<Times> {
  const times: readonly [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const [run, list] of [[ours, times[0]], [theirs, times[1]]] as const) {
      if (run === undefined) continue;
      const started = performance.now();
      await run();
      list.push(performance.now() - started);
    }
  }
  return { title, first: times[0][0] ?? Number.NaN, ours: median(times[0]), ...(theirs === undefined ? {} : { theirs: median(times[1]) }) };
}

const neverLoaded = (): never => {
  throw new Error('no file is read');
};

const specOf = (model: Model, rows: number): DatabaseSpec =>
  lowerDatabase(model, { clock: 46_000, culture: 'en-US', seed: 1, limits: { ...defaultLimits, rows: 20_000_000, fileBytes: 4 * 1024 ** 3, milliseconds: 600_000 }, generate: { rows } }).spec;
