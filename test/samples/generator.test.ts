// The sample's generator: the committed rows can be made again, they are raw rows only, and they show what they are to show.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dataFolder, openSample, readSample, sampleFolder, type Query } from './sample.ts';

const rawTables = [
  'msdyn_liveworkstream', 'msdyn_ocliveworkitem', 'msdyn_ocsession', 'msdyn_ocsessionparticipantevent', 'msdyn_sessionextension', 'msdyn_sessionparticipant',
  'queue', 'systemuser',
];
const rawFiles = rawTables.map((table) => `${table}.csv`);
const headerOf = (file: string): readonly string[] => readFileSync(join(dataFolder, file), 'utf8').split('\n', 1)[0]?.split(',') ?? [];

interface Reference {
  readonly entities: Readonly<Record<string, { readonly primaryId: string; readonly primaryName: string; readonly attributes: readonly { readonly attribute: string; readonly choice?: string }[] }>>;
  readonly choices: Readonly<Record<string, { readonly options: readonly { readonly value: number }[] }>>;
}
const reference = JSON.parse(readSample('dataverse/choices.json')) as Reference;

describe('the generator', () => {
  it.each(['UTC', 'Asia/Tokyo', 'America/St_Johns'])('writes the committed files again, byte for byte, where the zone is %s', (zone) => {
    const folder = mkdtempSync(join(tmpdir(), 'dax-metrics-sample-'));
    try {
      execFileSync(process.execPath, [join(sampleFolder, 'generate.mjs'), folder], { env: { ...process.env, TZ: zone, LANG: 'de_DE.UTF-8' } });
      expect(readdirSync(folder).sort()).toEqual(rawFiles);
      for (const file of rawFiles) expect(readFileSync(join(folder, file)).equals(readFileSync(join(dataFolder, file))), file).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('writes raw Dataverse tables and columns only', () => {
    expect(readdirSync(dataFolder).sort()).toEqual(rawFiles);
    for (const table of rawTables) {
      const entity = reference.entities[table];
      const known = [entity?.primaryId, entity?.primaryName, ...(entity?.attributes ?? []).map((attribute) => attribute.attribute)];
      expect(headerOf(`${table}.csv`).filter((column) => !known.includes(column)), table).toEqual([]);
    }
  });

  it('keeps the files small', () => {
    expect(rawFiles.reduce((sum, file) => sum + statSync(join(dataFolder, file)).size, 0)).toBeLessThan(5_000_000);
  });
});

describe('the raw rows', () => {
  let query: Query;
  beforeAll(async () => {
    query = await openSample('raw.sql', 'rules.sql');
  });
  const rows = async (sql: string): Promise<number> => Number((await query(`SELECT count(*) AS n FROM (${sql})`))[0]?.['n']);

  it('are about 5,000 sessions over the year 2025, with nothing after its end', async () => {
    const sessions = await rows('SELECT * FROM msdyn_ocsession');
    expect(sessions).toBeGreaterThan(4500);
    expect(sessions).toBeLessThan(5500);
    expect(await rows('SELECT DISTINCT date_trunc(\'month\', msdyn_sessioncreatedon) FROM msdyn_ocsession WHERE year(msdyn_sessioncreatedon) = 2025')).toBe(12);
    const clock = (JSON.parse(readSample('dax-metrics.json')) as { clock: string }).clock;
    const times = [
      ['msdyn_ocsession', 'msdyn_sessioncreatedon'], ['msdyn_ocsession', 'msdyn_sessionclosedon'], ['msdyn_ocliveworkitem', 'msdyn_createdon'],
      ['msdyn_ocliveworkitem', 'msdyn_closedon'], ['msdyn_sessionparticipant', 'msdyn_lefton'], ['msdyn_ocsessionparticipantevent', 'msdyn_eventendtime'],
    ] as const;
    for (const [table, column] of times) {
      expect(await rows(`SELECT 1 FROM ${table} WHERE ${column} IS NOT NULL`), column).toBeGreaterThan(0);
      expect(await rows(`SELECT 1 FROM ${table} WHERE ${column} > '${clock}' OR ${column} < '2025-01-01'`), column).toBe(0);
    }
  });

  it('have unique keys, and lookups that find their row, agents apart', async () => {
    for (const table of rawTables) {
      const key = reference.entities[table]?.primaryId ?? '';
      expect(await rows(`SELECT "${key}" FROM ${table} GROUP BY 1 HAVING count(*) > 1`), table).toBe(0);
    }
    const lookups = [
      ['msdyn_ocsession', 'msdyn_liveworkitemid', 'msdyn_ocliveworkitem', 'activityid'],
      ['msdyn_ocsession', 'msdyn_cdsqueueid', 'queue', 'queueid'],
      ['msdyn_ocliveworkitem', 'msdyn_cdsqueueid', 'queue', 'queueid'],
      ['msdyn_sessionparticipant', 'msdyn_omnichannelsession', 'msdyn_ocsession', 'activityid'],
      ['msdyn_ocsessionparticipantevent', 'msdyn_sessionparticipantid', 'msdyn_sessionparticipant', 'msdyn_sessionparticipantid'],
      ['msdyn_ocsessionparticipantevent', 'msdyn_sessionid', 'msdyn_ocsession', 'activityid'],
      ['msdyn_ocliveworkitem', 'msdyn_liveworkstreamid', 'msdyn_liveworkstream', 'msdyn_liveworkstreamid'],
      ['msdyn_sessionextension', 'msdyn_ocliveworkitemid', 'msdyn_ocliveworkitem', 'activityid'],
      ['msdyn_sessionextension', 'msdyn_sessionid', 'msdyn_ocsession', 'activityid'],
    ] as const;
    for (const [from, column, to, key] of lookups) {
      expect(await rows(`SELECT 1 FROM ${from} WHERE ${column} IS NOT NULL AND ${column} NOT IN (SELECT ${key} FROM ${to})`), `${from}.${column}`).toBe(0);
    }
    expect(await rows('SELECT DISTINCT msdyn_sessionid FROM msdyn_ocsession')).toBe(await rows('SELECT 1 FROM msdyn_ocsession'));
    expect(await rows(`
      SELECT 1 FROM msdyn_ocsessionparticipantevent e JOIN msdyn_sessionparticipant p USING (msdyn_sessionparticipantid)
      WHERE e.msdyn_sessionid <> p.msdyn_omnichannelsession`)).toBe(0);
  });

  it('hold only codes that their choice has', async () => {
    for (const [table, entity] of Object.entries(reference.entities)) {
      for (const { attribute, choice } of entity.attributes) {
        if (choice === undefined) continue;
        const codes = reference.choices[choice]?.options.map((option) => option.value) ?? [];
        expect(codes.length, choice).toBeGreaterThan(0);
        const unknown = `SELECT code FROM (SELECT unnest(string_split("${attribute}"::VARCHAR, ',')) AS code FROM ${table}) WHERE code NOT IN (${codes.map((code) => `'${String(code)}'`).join(', ')})`;
        expect(await rows(unknown), `${table}.${attribute}`).toBe(0);
      }
    }
  });

  it('have conversations of one to five sessions, each number of them', async () => {
    const counts = await query('SELECT n FROM (SELECT count(*) AS n FROM msdyn_ocsession GROUP BY msdyn_liveworkitemid) GROUP BY n ORDER BY n');
    expect(counts.map((row) => Number(row['n']))).toEqual([1, 2, 3, 4, 5]);
    expect(await rows('SELECT 1 FROM msdyn_ocliveworkitem WHERE activityid NOT IN (SELECT msdyn_liveworkitemid FROM msdyn_ocsession)')).toBe(0);
  });

  it('have at most one primary participant a session', async () => {
    expect(await rows('SELECT 1 FROM msdyn_sessionparticipant WHERE msdyn_mode = 192350002 GROUP BY msdyn_omnichannelsession HAVING count(*) > 1')).toBe(0);
  });

  const nextSession = 'CREATE TEMP TABLE chain AS SELECT s.*, lead(msdyn_sessionid) OVER w AS next, lead(is_agent_session) OVER w AS next_is_person FROM session_facts s WINDOW w AS (PARTITION BY msdyn_liveworkitemid ORDER BY msdyn_sessioncreatedon, msdyn_sessionid)';
  it('open another session after a bot, a rejection, a time-out, a transfer or a lost connection', async () => {
    await query(nextSession);
    expect(await rows('SELECT 1 FROM chain WHERE msdyn_botapplicationid IS NOT NULL AND next_is_person')).toBeGreaterThan(500);
    for (const reason of [192350001, 192350002, 192350006, 192350010, 192350007]) {
      expect(await rows(`SELECT 1 FROM chain WHERE msdyn_closurereason = ${String(reason)} AND next IS NOT NULL`), String(reason)).toBeGreaterThan(20);
    }
  });

  // what must be there, and at least how often
  const present: readonly (readonly [what: string, atLeast: number, sql: string])[] = [
    ['sessions of bots', 500, 'SELECT 1 FROM session_facts WHERE msdyn_botapplicationid IS NOT NULL'],
    ['sessions of people', 2000, 'SELECT 1 FROM session_facts WHERE is_agent_session'],
    ['sessions rejected by a bot', 5, 'SELECT 1 FROM session_facts WHERE msdyn_botapplicationid IS NOT NULL AND msdyn_closurereason = 192350001'],
    ['consulted colleagues', 100, 'SELECT 1 FROM msdyn_sessionparticipant WHERE msdyn_mode = 192350003'],
    ['consulted colleagues who rejected', 20, "SELECT 1 FROM msdyn_sessionparticipant WHERE msdyn_mode = 192350003 AND msdyn_leftonreason = 'AgentReject'"],
    ['monitoring participants', 20, 'SELECT 1 FROM msdyn_sessionparticipant WHERE msdyn_mode = 192350004'],
    ['hold events', 100, 'SELECT 1 FROM msdyn_ocsessionparticipantevent WHERE msdyn_eventtype = 192350001'],
    ['in-transit events', 100, 'SELECT 1 FROM msdyn_ocsessionparticipantevent WHERE msdyn_eventreason = 192350001'],
    ['events without a reason', 100, 'SELECT 1 FROM msdyn_ocsessionparticipantevent WHERE msdyn_eventreason IS NULL'],
    ['sessions with in-transit events only', 10, 'SELECT 1 FROM msdyn_ocsessionparticipantevent GROUP BY msdyn_sessionid HAVING bool_and(coalesce(msdyn_eventreason, 0) = 192350001)'],
    ['sessions with hold events only', 10, 'SELECT 1 FROM msdyn_ocsessionparticipantevent GROUP BY msdyn_sessionid HAVING bool_and(msdyn_eventtype = 192350001)'],
    ['sessions without events', 50, 'SELECT 1 FROM msdyn_ocsession WHERE activityid NOT IN (SELECT msdyn_sessionid FROM msdyn_ocsessionparticipantevent)'],
    ['entity-record conversations', 50, "SELECT 1 FROM msdyn_ocliveworkitem WHERE msdyn_channel = '192350000'"],
    ['entity-record conversations with a second channel', 5, "SELECT 1 FROM msdyn_ocliveworkitem WHERE msdyn_channel LIKE '%192350000%' AND msdyn_channel LIKE '%,%'"],
    ['other conversations with two channels', 20, "SELECT 1 FROM msdyn_ocliveworkitem WHERE msdyn_channel NOT LIKE '%192350000%' AND msdyn_channel LIKE '%,%'"],
    ['SMS conversations, told by their channel instance', 50, "SELECT 1 FROM msdyn_ocliveworkitem WHERE msdyn_channel = '192340000' AND msdyn_channelinstanceid IS NOT NULL"],
    ['outbound conversations', 50, 'SELECT 1 FROM msdyn_ocliveworkitem WHERE msdyn_isoutbound'],
    ['conversations that do not say their direction', 5, 'SELECT 1 FROM msdyn_ocliveworkitem WHERE msdyn_isoutbound IS NULL'],
    ['sessions without an agent', 50, 'SELECT 1 FROM session_facts WHERE agent_id IS NULL'],
    ['closed sessions with a blank closure reason', 5, 'SELECT 1 FROM msdyn_ocsession WHERE msdyn_sessionclosedon IS NOT NULL AND msdyn_closurereason IS NULL'],
    ['sessions with a blank channel', 5, 'SELECT 1 FROM msdyn_ocsession WHERE msdyn_channel IS NULL'],
    ['sessions of agents whose systemuser row is gone', 20, 'SELECT 1 FROM session_facts WHERE agent_id NOT IN (SELECT systemuserid FROM systemuser)'],
    ['a conversation of spring that never closed', 1, "SELECT 1 FROM msdyn_ocliveworkitem WHERE msdyn_closedon IS NULL AND msdyn_createdon < '2025-06-01'"],
    ['conversations abandoned at the very threshold of their queue', 3, 'SELECT 1 FROM conversation_facts c JOIN queue q ON q.queueid = c.msdyn_cdsqueueid WHERE msdyn_isabandoned AND seconds_until_closed = q.msdyn_shortabandonedthreshold'],
    ['conversations abandoned a second later', 3, 'SELECT 1 FROM conversation_facts c JOIN queue q ON q.queueid = c.msdyn_cdsqueueid WHERE msdyn_isabandoned AND seconds_until_closed = q.msdyn_shortabandonedthreshold + 1'],
    ['resolved conversations that were abandoned', 3, 'SELECT 1 FROM msdyn_ocliveworkitem WHERE msdyn_isabandoned AND statuscode = 6'],
    ['outbound conversations that were abandoned', 1, 'SELECT 1 FROM msdyn_ocliveworkitem WHERE msdyn_isabandoned AND msdyn_isoutbound'],
    ['conversations that a person accepted though nobody waited', 20, 'SELECT 1 FROM msdyn_ocliveworkitem WHERE msdyn_isagentaccepted AND msdyn_firstwaitstartedon IS NULL'],
    ['conversations that nobody accepted, of a handle time of 0', 20, 'SELECT 1 FROM msdyn_ocliveworkitem WHERE NOT msdyn_isagentaccepted AND msdyn_conversationhandletimeinseconds = 0'],
    ['conversations that nobody accepted, without a handle time', 20, 'SELECT 1 FROM msdyn_ocliveworkitem WHERE NOT msdyn_isagentaccepted AND msdyn_conversationhandletimeinseconds IS NULL'],
    ['conversations without a workstream', 5, 'SELECT 1 FROM msdyn_ocliveworkitem WHERE msdyn_liveworkstreamid IS NULL'],
    ['conversations that overflowed more than once', 1, 'SELECT 1 FROM msdyn_sessionextension WHERE msdyn_overflowaction IS NOT NULL GROUP BY msdyn_ocliveworkitemid HAVING count(*) > 1'],
    ['conversations that a bot had twice', 5, 'SELECT 1 FROM session_facts WHERE msdyn_botapplicationid IS NOT NULL GROUP BY msdyn_liveworkitemid HAVING count(*) > 1'],
    ['sessions that a bot did not answer in time', 5, 'SELECT 1 FROM session_facts WHERE msdyn_botapplicationid IS NOT NULL AND msdyn_closurereason = 192350002'],
    ['sessions that a bot handed over to a queue', 5, 'SELECT 1 FROM session_facts WHERE msdyn_botapplicationid IS NOT NULL AND msdyn_closurereason = 192350010'],
    ['bots that a person listened in on', 20, 'SELECT 1 FROM session_facts WHERE msdyn_botapplicationid IS NOT NULL AND is_accepted_by_person'],
    ['offers that were not accepted, of an active time of 0', 20, 'SELECT 1 FROM session_facts WHERE is_agent_session AND NOT is_accepted_by_person AND active_seconds = 0'],
    ['two agents of one name, both at work', 1, 'SELECT 1 FROM session_facts WHERE is_agent_session AND agent_name IS NOT NULL GROUP BY agent_name HAVING count(DISTINCT agent_id) = 2'],
    ['an agent who never had a session', 1, 'SELECT 1 FROM systemuser WHERE msdyn_botapplicationid IS NULL AND systemuserid NOT IN (SELECT msdyn_agentid FROM msdyn_sessionparticipant)'],
    ['an agent who had sessions and rejected none', 1, 'SELECT 1 FROM session_facts WHERE is_agent_session GROUP BY agent_id HAVING count(*) > 10 AND count(*) FILTER (msdyn_closurereason = 192350001) = 0'],
  ];
  it.each(present)('show %s', async (_what, atLeast, sql) => {
    expect(await rows(sql)).toBeGreaterThanOrEqual(atLeast);
  });

  it('have a quiet week with no session, between busy ones', async () => {
    const during = (from: string, to: string): Promise<number> => rows(`SELECT 1 FROM msdyn_ocsession WHERE msdyn_sessioncreatedon >= '${from}' AND msdyn_sessioncreatedon < '${to}'`);
    expect(await during('2025-08-11', '2025-08-18')).toBe(0);
    expect(await during('2025-08-04', '2025-08-11')).toBeGreaterThan(50);
    expect(await during('2025-08-18', '2025-08-25')).toBeGreaterThan(50);
  });

  it('show every action and condition of an overflow, and extensions without one', async () => {
    for (const column of ['msdyn_overflowaction', 'msdyn_overflowcondition']) {
      const codes = reference.choices[`msdyn_sessionextension_${column}`]?.options.map((option) => option.value) ?? [];
      expect((await query(`SELECT DISTINCT ${column} AS code FROM msdyn_sessionextension ORDER BY 1`)).map((row) => row['code'])).toEqual([...codes, null]);
    }
  });

  it('tell what an open conversation waits for by a code, by a text, by both and by neither', async () => {
    for (const [code, text] of [[192350002, 'Agent assigned, awaiting acceptance'], [192350003, 'In conversation']] as const) {
      for (const how of [`msdyn_statuschangereason = ${String(code)} AND msdyn_statereason = '${text}'`, `msdyn_statuschangereason = ${String(code)} AND msdyn_statereason IS NULL`, `msdyn_statuschangereason IS NULL AND msdyn_statereason = '${text}'`]) {
        expect(await rows(`SELECT 1 FROM msdyn_ocliveworkitem WHERE statuscode = 2 AND ${how}`), how).toBeGreaterThan(0);
      }
      expect(await rows(`SELECT 1 FROM msdyn_ocliveworkitem WHERE statuscode NOT IN (2, 4, 6) AND msdyn_statuschangereason = ${String(code)}`)).toBeGreaterThan(0);
      expect(await rows(`SELECT 1 FROM msdyn_ocliveworkitem WHERE statuscode <> 2 AND msdyn_statereason = '${text}'`)).toBeGreaterThan(0);
    }
    expect(await rows('SELECT 1 FROM msdyn_ocliveworkitem WHERE statuscode = 2 AND msdyn_statuschangereason IS NULL AND msdyn_statereason IS NULL')).toBeGreaterThan(0);
  });

  it('show every status of a conversation, so that "between 1 and 7" keeps them all', async () => {
    expect((await query('SELECT DISTINCT statuscode FROM msdyn_ocliveworkitem ORDER BY 1')).map((row) => row['statuscode'])).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('the two definitions of a rejected session', () => {
  // each names rejections that one model counts and the other does not
  const differences: readonly (readonly [what: string, sql: string])[] = [
    ['a consulted colleague rejected, the session went on', "SELECT 1 FROM realtime_participant p JOIN realtime_session s ON s.activityid = p.msdyn_omnichannelsession WHERE p.msdyn_mode = 192350003 AND p.msdyn_leftonreason = 'AgentReject' AND s.msdyn_closurereason IS DISTINCT FROM 192350001"],
    ['an SMS session', "SELECT 1 FROM realtime_participant p JOIN realtime_session s ON s.activityid = p.msdyn_omnichannelsession WHERE p.msdyn_leftonreason = 'AgentReject' AND s.msdyn_channelinstanceid IS NOT NULL"],
    ['an entity-record session', "SELECT 1 FROM realtime_participant p JOIN realtime_session s ON s.activityid = p.msdyn_omnichannelsession WHERE p.msdyn_leftonreason = 'AgentReject' AND s.conversation_channels LIKE '%192350000%'"],
    ['a transfer that was still in transit', "SELECT 1 FROM realtime_session s WHERE s.is_agent_session AND s.msdyn_closurereason = 192350001 AND s.msdyn_channelinstanceid IS NULL AND s.conversation_channels NOT LIKE '%192350000%' AND s.activityid NOT IN (SELECT activityid FROM historical_session)"],
    ['a bot', "SELECT 1 FROM historical_session WHERE NOT is_agent_session AND msdyn_closurereason = 192350001"],
    ['the system closed what the agent rejected', "SELECT 1 FROM realtime_participant p JOIN historical_session s ON s.activityid = p.msdyn_omnichannelsession WHERE p.msdyn_mode = 192350002 AND p.msdyn_leftonreason = 'AgentReject' AND s.msdyn_closurereason = 192350013"],
    ['the session says rejected, its participant does not', "SELECT 1 FROM realtime_participant p JOIN historical_session s ON s.activityid = p.msdyn_omnichannelsession WHERE p.msdyn_mode = 192350002 AND p.is_person AND p.msdyn_leftonreason <> 'AgentReject' AND s.msdyn_closurereason = 192350001"],
  ];
  it.each(differences)('part where: %s', async (_what, sql) => {
    const query = await openSample('raw.sql', 'rules.sql');
    expect(Number((await query(`SELECT count(*) AS n FROM (${sql})`))[0]?.['n'])).toBeGreaterThan(0);
  });

  it('give rates between 4 and 10 percent that differ by agent, channel and queue', async () => {
    const query = await openSample('raw.sql', 'rules.sql');
    const rate = 'count(*) FILTER (msdyn_closurereason = 192350001) / count(*)';
    const incoming = 'FROM historical_session WHERE is_agent_session AND msdyn_isoutbound IS DISTINCT FROM true';
    const total = Number((await query(`SELECT ${rate} AS r ${incoming}`))[0]?.['r']);
    expect(total).toBeGreaterThan(0.04);
    expect(total).toBeLessThan(0.1);
    for (const [column, groups] of [['agent_name', 20], ['msdyn_channel', 6], ['queue_name', 6]] as const) {
      const rates = (await query(`SELECT ${column}, ${rate} AS r ${incoming} GROUP BY 1`)).map((row) => Number(row['r']));
      expect(rates.length, column).toBeGreaterThanOrEqual(groups);
      expect(Math.max(...rates) - Math.min(...rates), column).toBeGreaterThan(0.02);
    }
  });
});
