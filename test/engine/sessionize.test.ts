// Sessions cut from logs: each bound to the millisecond, logs of other kinds than a bot's, and logs that nobody would write.
import { describe, expect, it } from 'vitest';
import { openLog, type LogRow } from './sessions.ts';
import { inspectAll } from '../support/inspect.ts';

const minute = 60_000;
const billed = '{ from: Log, partition: Who, order: [At, Seq], user: "Log[User]", startWhen: "Log[Starts]", endWhen: "Log[Ends]", idle: 30m, idleFrom: user, maxLength: 60m, maxTurns: 100 }';
const bySession = async (rules: string, rows: readonly LogRow[], ...columns: readonly string[]): Promise<readonly unknown[]> =>
  (await openLog(rules, rows)).sessions().map((it) => columns.map((name) => it[name]));

/** So many turns, a message of the user and one of the bot, each second one. */
const turns = (count: number): readonly LogRow[] => Array.from({ length: 2 * count }, (_, i) => ({ who: 'a', at: i * 1000, user: i % 2 === 0, starts: i === 0 }));

describe('bounds', () => {
  it('turn 100 and its answers belong to the session, turn 101 is turn 1 of the next', async () => {
    expect(await bySession(billed, turns(100), 'Turns', 'Messages', 'EndReason')).toEqual([[100, 200, 'open']]);
    expect(await bySession(billed, turns(101), 'Session', 'Turns', 'Messages', 'StartReason', 'EndReason')).toEqual([[1, 100, 200, 'trigger', 'turns'], [2, 1, 2, 'turns', 'open']]);
    expect(await bySession(billed, turns(201), 'Turns', 'Messages', 'EndReason')).toEqual([[100, 200, 'turns'], [100, 200, 'turns'], [1, 2, 'open']]);
  });

  it.each([
    ['29:59.999', 30 * minute - 1, 1], ['30:00.000', 30 * minute, 1], ['30:00.001', 30 * minute + 1, 2],
  ])('silence of %s', async (_, gap, sessions) => {
    const rows = [{ who: 'a', at: 0, user: true, starts: true }, { who: 'a', at: gap, user: true, starts: true }];
    expect(await bySession(billed, rows, 'Session')).toHaveLength(sessions);
  });

  it.each([
    ['59:59.999', 60 * minute - 1, 1], ['60:00.000', 60 * minute, 1], ['60:00.001', 60 * minute + 1, 2],
  ])('a message after %s', async (_, last, sessions) => {
    const rows = [0, 25 * minute, 50 * minute, last].map((at, i) => ({ who: 'a', at, user: true, starts: i === 0 }));
    expect(await bySession(billed, rows, 'Session')).toHaveLength(sessions);
  });

  it('the length of each session is counted from the row that opened it', async () => {
    const rows = Array.from({ length: 14 }, (_, i) => ({ who: 'a', at: i * 10 * minute, user: true, starts: i === 0 }));
    expect(await bySession(billed, rows, 'Start', 'End', 'StartReason', 'EndReason')).toEqual([
      [0, 60 * minute, 'trigger', 'length'], [70 * minute, 130 * minute, 'length', 'open'],
    ]);
  });

  it('a time that no number of days holds exactly is the moment that was written', async () => {
    // 30 minutes from 10:10:10.1 in days are two numbers whose difference is not 1/48.
    const start = (10 * 3600 + 10 * 60 + 10.1) * 1000;
    const rows = Array.from({ length: 48 }, (_, i) => ({ who: 'a', at: start + i * 30 * minute, user: true, starts: true }));
    expect(await bySession('{ from: Log, order: At, idle: 30m }', rows, 'Messages')).toEqual([[48]]);
  });
});

describe('logs of other kinds', () => {
  const visits: readonly LogRow[] = [
    { who: 'v1', at: 23 * 60 * minute + 50 * minute, text: '/home' },
    { who: 'v1', at: 24 * 60 * minute + 5 * minute, text: '/prices' },
    { who: 'v2', at: 24 * 60 * minute, text: '/docs' },
    { who: 'v1', at: 24 * 60 * minute + 35 * minute, text: '/buy' },
    { who: 'v1', at: 24 * 60 * minute + 65 * minute + 1, text: '/home' },
  ];

  it('visits to a site: 30 minutes of silence, no trigger, midnight is no cut', async () => {
    const rules = '{ from: Log, partition: Who, order: At, idle: 30m, columns: { Entry: { first: "Log[Text]" }, Exit: { last: "Log[Text]" }, Pages: messages, Bought: { any: \'Log[Text] = "/buy"\' } } }';
    expect(await bySession(rules, visits, 'SessionKey', 'Pages', 'Entry', 'Exit', 'Bought', 'StartReason', 'EndReason')).toEqual([
      ['v1#1', 3, '/home', '/buy', true, 'message', 'idle'],
      ['v1#2', 1, '/home', '/home', false, 'message', 'open'],
      ['v2#1', 1, '/docs', '/docs', false, 'message', 'idle'],
    ]);
  });

  it('use of a product: from one login to the logout', async () => {
    const rows: readonly LogRow[] = [
      { who: 'u', at: 0, text: 5 }, { who: 'u', at: 1, starts: true, text: 1 }, { who: 'u', at: 900 * minute, starts: true, text: 2 }, { who: 'u', at: 901 * minute, ends: true, text: 4 },
      { who: 'u', at: 902 * minute, text: 8 }, { who: 'u', at: 903 * minute, starts: true, text: 16 },
    ];
    const rules = '{ from: Log, partition: Who, order: At, startWhen: "Log[Starts]", endWhen: "Log[Ends]", columns: { Points: { sum: "Log[Text]" } } }';
    // A second login in an open session opens none.
    expect(await bySession(rules, rows, 'Session', 'Messages', 'Points', 'EndReason')).toEqual([[1, 3, 7, 'ended'], [2, 1, 16, 'open']]);
  });

  it('sessions of sessions', async () => {
    const it = await openLog('{ from: Log, partition: Who, order: At, idle: 10m }', [0, 5, 20, 60, 200].map((at) => ({ who: 'a', at: at * minute })), {
      tables: ', "Visits": { "sessionize": { from: S, partition: Who, order: Start, idle: 45m, columns: { All: { sum: "S[Messages]" } } } }',
    });
    const all = it.database.tables.column('Visits', 'All');
    expect(it.database.tables.table('Visits').rowCount).toBe(2);
    // 0, 5 | 20 | 60 | 200: three sessions begin within 45 minutes of one another, the last one does not.
    expect(Array.from(all.codes.subarray(0, 2), (code) => all.dictionary[code])).toEqual([4, 1]);
  });
});

describe('order and partition', () => {
  it('several columns part the log, and their values stand in the key', async () => {
    const rows = [{ who: 'a|b', at: 0, seq: 1 }, { who: 'a', at: 1, seq: 1 }, { who: 'A|B', at: 2, seq: 1 }, { who: 'a|b', at: 3, seq: 2 }, { who: 'x#1\\', at: 4, seq: 2 }];
    expect(await bySession('{ from: Log, partition: [Who, Seq], order: At }', rows, 'SessionKey', 'Who', 'Seq', 'Messages')).toEqual([
      ['a\\|b|1#1', 'a|b', 1, 2], ['a|1#1', 'a', 1, 1], ['a\\|b|2#1', 'a|b', 2, 1], ['x\\#1\\\\|2#1', 'x#1\\', 2, 1],
    ]);
  });

  it('rows without a time or a partition belong to no session, and it is told how many there are', async () => {
    const rows: readonly LogRow[] = [{ who: 'a', at: 0 }, { who: undefined, at: 1 }, { who: 'a', at: undefined }, { who: '', at: 2 }, { who: 'a', at: 3 }];
    const it = await openLog('{ from: Log, partition: Who, order: At }', rows);
    expect(it.sessions().map(({ SessionKey, Messages }) => [SessionKey, Messages])).toEqual([['a#1', 2], ['#1', 1]]);
    expect(it.sessionOfRows()).toEqual(['a#1', null, null, '#1', 'a#1']);
    expect(inspectAll(it.database).faults).toEqual([{ table: 'S', column: undefined, rule: 'session-rows-left-out', params: { log: 'Log', rows: 2, columns: 'Who or At' } }]);
  });

  it('rows far apart and long before 1900 are in order', async () => {
    const century = 36_525 * 24 * 60 * minute;
    const at = [3 * century, -century * 10, 0, 7 * century, -century * 10 - 1, 5];
    const rows = at.map((it) => ({ who: 'a', at: it, text: it }));
    const it = await openLog('{ from: Log, order: At, idle: 1s, columns: { First: { first: "Log[Text]" } } }', rows);
    expect(it.sessions().map(({ First }) => First)).toEqual([-century * 10 - 1, 0, 3 * century, 7 * century]);
  });

  it('an empty log has no sessions', async () => {
    const it = await openLog(billed, []);
    expect(it.sessions()).toEqual([]);
    expect(inspectAll(it.database).faults).toEqual([]);
  });
});

describe('what cannot be had', () => {
  it('a rule that fails for a row spoils the table, a value that fails its session alone', async () => {
    const rows = [{ who: 'a', at: 0, seq: 1 }, { who: 'b', at: 0, seq: 0 }];
    const rule = await openLog('{ from: Log, partition: Who, order: At, startWhen: "ERROR(\\"no\\")" }', rows);
    expect(() => rule.database.tables.table('S')).toThrow();
    const value = await openLog('{ from: Log, partition: Who, order: At, columns: { X: { max: "IF(Log[Seq] = 0, ERROR(\\"no\\"), Log[Seq])" } } }', rows);
    expect(value.sessions().map((it) => it['X'])).toMatchObject([1, { cell: 'error' }]);
  });

  it('a column that is not there, an order that is no time, a condition that is text', async () => {
    const it = await openLog('{ from: Log, partition: Whoo, order: Seq, startWhen: "Log[Who]", columns: { X: { sum: "Log[At]" }, Y: { any: "Log[Who]" } } }', []);
    expect(it.findings.map(({ message }) => message)).toEqual([
      'There is no column in Log named Whoo. Did you mean Who?',
      'Order in sessionize of table S must be a dateTime column first; found Seq, which is int64.',
      'StartWhen in sessionize of table S must be a condition, TRUE or FALSE; found text.',
      'Sum of X in sessionize of table S must be a number; found date.',
      'Any of Y in sessionize of table S must be a condition, TRUE or FALSE; found text.',
    ]);
    expect(() => it.database.tables.table('S')).toThrow();
  });

  it('a column of the log whose declared type is not that of keys', async () => {
    const it = await openLog('{ from: Log, order: At }', [], { tables: ', "Other": { "rows": [], "columns": { "Text": { "type": "int64", "sessionOf": "Of" }, "At": { "type": "dateTime" } } }, "Of": { "sessionize": { "from": "Other", "order": "At" } }' });
    expect(it.findings.map(({ message }) => message)).toEqual(['Other[Text] is declared whole number, its values are text.']);
  });

  it('rules that read what they make are a circle', async () => {
    const it = await openLog('{ from: Log, order: At, startWhen: "ISBLANK(Log[InSession])" }', [{ who: 'a', at: 0 }]);
    expect(it.findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      'circular-dependency: The definition depends on itself: Log[InSession] → S → Log[InSession].',
      'circular-dependency: The definition depends on itself: S → Log[InSession] → S.',
    ]);
    expect(() => it.database.tables.table('S')).toThrow();
  });

  it('a rule that turns its row into filters takes the row without its session', async () => {
    const rows = [{ who: 'a', at: 0, seq: 1 }, { who: 'a', at: 1, seq: 1 }];
    const it = await openLog('{ from: Log, order: At, startWhen: "CALCULATE(COUNTROWS(Log)) = 1" }', rows);
    expect(it.sessionOfRows()).toEqual(['#1', '#1']);
  });

  it('more rows than the limit of memory allows are not cut, and work that is not wanted stops', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => ({ who: 'a', at: i, starts: true }));
    const small = await openLog(billed, rows, { limits: { memoryBytes: 100_000 } });
    expect(() => small.database.tables.table('S')).toThrow();
    let isCancelled = true;
    const cancelled = await openLog(billed, rows, { signal: { cancelled: () => isCancelled } });
    expect(() => cancelled.database.tables.table('S')).toThrow();
    // What was given up is made when it is asked for again.
    isCancelled = false;
    expect(cancelled.sessions()).toHaveLength(1);
  });
});
