// The sample of billed sessions: its rows can be made again, they hold every case of the rules, and what its metrics promise
// is what SQL finds by walking through the messages.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../samples/billed-sessions/', import.meta.url));
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

type Row = Readonly<Record<string, unknown>>;

async function open(): Promise<(sql: string) => Promise<readonly Row[]>> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`SET file_search_path = '${folder.replaceAll("'", "''")}'`);
  for (const file of ['raw', 'rules']) await connection.run(read(`sql/${file}.sql`));
  return async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
}

describe('the generator', () => {
  it.each(['UTC', 'Asia/Tokyo', 'America/St_Johns'])('writes the committed files again, byte for byte, where the zone is %s', (zone) => {
    const made = mkdtempSync(join(tmpdir(), 'dax-metrics-sample-'));
    try {
      execFileSync(process.execPath, [join(folder, 'generate.mjs'), made], { env: { ...process.env, TZ: zone, LANG: 'de_DE.UTF-8' } });
      expect(readdirSync(made).sort()).toEqual(readdirSync(join(folder, 'data')).sort());
      for (const file of readdirSync(made)) expect(readFileSync(join(made, file)).equals(readFileSync(join(folder, 'data', file))), file).toBe(true);
    } finally {
      rmSync(made, { recursive: true, force: true });
    }
  });
});

describe('the log', () => {
  let query: (sql: string) => Promise<readonly Row[]>;
  beforeAll(async () => {
    query = await open();
  });
  const count = async (sql: string): Promise<number> => Number((await query(`SELECT count(*) AS n FROM (${sql})`))[0]?.['n']);

  it('is about 20,000 messages, all before the clock', async () => {
    expect(await count('SELECT * FROM message')).toBeGreaterThan(18_000);
    expect(await count('SELECT * FROM message')).toBeLessThan(22_000);
    const { clock } = JSON.parse(read('dax-metrics.json')) as { readonly clock: string };
    expect(await count(`SELECT * FROM message WHERE sent_at >= '${clock}'`)).toBe(0);
  });

  it.each([
    ['Teams and web', "SELECT DISTINCT channel FROM conversation", 2],
    ['both places where bots are held', 'SELECT DISTINCT stored_in FROM conversation', 2],
    ['system and user topics', 'SELECT DISTINCT topic_kind FROM message WHERE topic_kind IS NOT NULL', 2],
    ['flows over both kinds of connectors', 'SELECT DISTINCT connector FROM message WHERE connector IS NOT NULL', 2],
    ['every end of a session', 'SELECT DISTINCT end_reason FROM billed_session', 5],
    ['every answer', 'SELECT DISTINCT billing FROM billing', 4],
    ['every outcome', 'SELECT DISTINCT outcome FROM analytics_session', 4],
  ])('holds %s', async (_, sql, kinds) => {
    expect(await count(sql)).toBe(kinds);
  });

  it('holds skills, the test chat, greetings alone, and messages of the bot in the silence of the user', async () => {
    expect(await count('SELECT * FROM message WHERE skill')).toBeGreaterThan(20);
    expect(await count('SELECT * FROM conversation WHERE is_test')).toBeGreaterThan(20);
    expect(await count('SELECT * FROM visit WHERE NOT has_session')).toBeGreaterThan(100);
    expect(await count("SELECT * FROM message WHERE topic = 'Reminder'")).toBeGreaterThan(20);
  });
});

/** The `@expect literal [where filter]` tags, each with the name of the definition below it; and all definitions. */
function expectationsOf(text: string): { readonly tags: readonly { readonly metric: string; readonly filter: string; readonly written: string }[]; readonly metrics: readonly string[] } {
  const tags: { metric: string; filter: string; written: string }[] = [];
  const metrics: string[] = [];
  let above: { filter: string; written: string }[] = [];
  for (const line of text.split('\n')) {
    const tag = /^\/\/\/ @expect ("[^"]*"|[^\s=]\S*)(?: where (.+))?$/.exec(line);
    if (tag !== null) above.push({ written: tag[1] ?? '', filter: tag[2] ?? '' });
    const name = /^(?!VAR )([A-Z][^=[\]]*?) =/.exec(line)?.[1];
    if (name === undefined) continue;
    metrics.push(name);
    tags.push(...above.map((it) => ({ metric: name, ...it })));
    above = [];
  }
  return { tags, metrics };
}

/** A value as a tag writes it: numbers with as many digits, rounded half away from zero. */
function asWritten(value: unknown, like: string): string {
  if (value === null) return 'BLANK';
  if (like.startsWith('"')) return `"${String(value)}"`;
  const scale = 10 ** (/\.(\d+)$/.exec(like)?.[1]?.length ?? 0);
  const number = Number(value);
  return ((Math.sign(number) * Math.round(Math.abs(number) * scale + 1e-9)) / scale).toFixed(Math.log10(scale));
}

describe.each(['billed', 'analytics'])('the expectations of %s.dax', (name) => {
  it('are what SQL computes from the messages, tag by tag', async () => {
    const { tags, metrics } = expectationsOf(read(`${name}.dax`));
    const query = await open();
    const computed = new Map((await query(read(`sql/${name}.sql`))).map((row) => [`${String(row['metric'])} where ${String(row['filter'])}`, row['value'] ?? null]));
    expect(tags.map((it) => `${it.metric} where ${it.filter}`).sort()).toEqual([...computed.keys()].sort());
    for (const it of tags) expect([it.metric, it.filter, it.written]).toEqual([it.metric, it.filter, asWritten(computed.get(`${it.metric} where ${it.filter}`), it.written)]);
    expect(metrics.filter((metric) => !tags.some((it) => it.metric === metric))).toEqual([]);
  });
});
