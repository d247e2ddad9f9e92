// The rules of `sessionize:` as a model file writes them: what they mean, and each fault at its place.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readModelFile, resolveModel } from '../../server/src/formats/index.ts';
import { readDuration } from '../../server/src/model/duration.ts';
import { sessionFacts, sessionFolds, type Sessionize } from '../../server/src/model/sessionize.ts';
import { sessionizeSchema } from '../../server/src/model/sessionizeSchema.ts';
import { fixture, shown } from './fixture.ts';

/** The rules of table S; its file has the findings that the carets say, and no others. */
function check(rules: string, columns = ''): Sessionize {
  const [file] = fixture(`
name: m
tables:
  Log: { rows: [], columns: { Who: { type: string }, At: { type: dateTime }${columns} } }
  S:
    sessionize:
${rules.replace(/^\n|\n\s*$/g, '')}
`);
  if (file === undefined) throw new Error('a fixture holds a file');
  const { raw, findings } = readModelFile(file.uri, file.text);
  if (raw === undefined) throw new Error('the file is a model');
  const resolved = resolveModel(raw, { model: () => undefined, entitySchema: () => ({ fault: 'not-found' }) });
  expect(shown([...findings, ...(resolved.findings.get(file.uri) ?? [])], file.text)).toEqual(file.expected);
  const source = resolved.model.tables.get('s')?.source;
  if (source?.kind !== 'sessionize') throw new Error('S is no table of sessions');
  return source.sessions;
}

describe('rules', () => {
  it('that say everything', () => {
    const rules = check(`
      from: Log
      partition: Who
      order: [At, Who]
      startWhen: Log[Who] = "a"
      preamble: attach
      user: TRUE
      idle: 30m
      idleFrom: user
      maxLength: PT1H
      maxTurns: 100
      endWhen: Log[Who] = "z"
      afterCut: trigger
      whenBoth: first
      columns:
        No: number
        Anyone: { any: 'Log[Who] = "b"' }
        Last: { last: "Log[At]" }
`);
    expect(rules).toMatchObject({
      isFaulty: false, from: { name: 'Log' }, partition: [{ name: 'Who' }], order: [{ name: 'At' }, { name: 'Who' }],
      startWhen: { text: 'Log[Who] = "a"' }, endWhen: { text: 'Log[Who] = "z"' }, user: { text: 'TRUE' }, preamble: 'attach',
      idle: 1_800_000, idleFrom: 'user', maxLength: 3_600_000, maxTurns: 100, afterCut: 'trigger', whenBoth: 'first',
    });
    expect(rules.columns.map((it) => `${it.name}: ${it.kind === 'fact' ? it.fact : it.kind === 'fold' ? `${it.fold} ${it.expression.text}` : it.column.name}`)).toEqual([
      'Who: Who', 'No: number', 'SessionKey: key', 'Start: start', 'End: end', 'Turns: turns', 'Messages: messages', 'StartReason: startReason',
      'EndReason: endReason', 'Anyone: any Log[Who] = "b"', 'Last: last Log[At]',
    ]);
  });

  it('that say as little as may be', () => {
    const rules = check(`
      from: Log
      order: At
`);
    expect(rules).toMatchObject({
      isFaulty: false, partition: [], startWhen: undefined, endWhen: undefined, user: undefined, preamble: 'ignore', idle: undefined, idleFrom: 'any',
      maxLength: undefined, maxTurns: undefined, afterCut: 'message', whenBoth: 'idle',
    });
    expect(rules.columns.map((it) => it.name)).toEqual(['Session', 'SessionKey', 'Start', 'End', 'Messages', 'StartReason', 'EndReason']);
  });

  it('give the table its columns before any row is read', () => {
    const { raw } = readModelFile('file:///m.daxmodel.yaml', 'name: m\ntables:\n  L: { rows: [] }\n  S: { sessionize: { from: L, order: T, partition: P, columns: { X: { sum: "1" } } } }');
    const model = raw === undefined ? undefined : resolveModel(raw, { model: () => undefined, entitySchema: () => ({ fault: 'not-found' }) }).model;
    expect([...model?.tables.get('s')?.columns.values() ?? []].map((it) => it.name)).toEqual(['P', 'Session', 'SessionKey', 'Start', 'End', 'Messages', 'StartReason', 'EndReason', 'X']);
  });
});

describe('rules that are incomplete or contradict themselves cut nothing', () => {
  it.each([
    ['without a log and a time', `
    ^^^^^^^^^^ Sessionize of table S needs from.
    ^^^^^^^^^^ Sessionize of table S needs order.
      idle: 30m`.replace('\n', '')],
    ['with turns of nobody', `
      from: Log
      order: At
      maxTurns: 100
      ^^^^^^^^ MaxTurns in sessionize of table S needs user.`],
    ['with silence of nobody', `
      from: Log
      order: At
      idle: 30m
      idleFrom: user
      ^^^^^^^^ IdleFrom in sessionize of table S needs user.`],
    ['with options of bounds that are not there', `
      from: Log
      order: At
      idleFrom: any
      ^^^^^^^^ IdleFrom in sessionize of table S needs idle.
      preamble: attach
      ^^^^^^^^ Preamble in sessionize of table S needs startWhen.
      afterCut: message
      ^^^^^^^^ AfterCut in sessionize of table S needs maxLength or maxTurns.
      whenBoth: idle
      ^^^^^^^^ WhenBoth in sessionize of table S needs idle.
      ^^^^^^^^ WhenBoth in sessionize of table S needs maxLength.`],
    ['with time spans that are none', `
      from: Log
      order: At
      idle: 30
            ^^ Idle of sessionize of table S must be a time span above 0 with its unit such as 30m, 1h 30m or PT30M; found 30.
      maxLength: an hour
                 ^^^^^^^ MaxLength of sessionize of table S must be a time span above 0 with its unit such as 30m, 1h 30m or PT30M; found the text an hour.`],
    ['with a number of turns that is none', `
      from: Log
      order: At
      user: TRUE
      maxTurns: 0
                ^ MaxTurns of sessionize of table S must be a whole number above 0; found 0.`],
    ['with words that are misspelt', `
      from: Log
      order: At
      idel: 30m
      ^^^^ idel is no key of sessionize of table S. Did you mean idle?
      preamble: atach
                ^^^^^ Preamble of sessionize of table S must be ignore or attach; found the text atach. Did you mean attach?`],
    ['with columns of no kind, or of several', `
      from: Log
      order: At
      columns:
        A: { first: "1", last: "2" }
             ^^^^^ A of columns of sessionize of table S must be one of first, last, any, min, max, sum or count with an expression; found first and last.
        B: {}
           ^^ B of columns of sessionize of table S must be one of first, last, any, min, max, sum or count with an expression; found none.
        C: numbr
           ^^^^^ C of columns of sessionize of table S must be number, key, start, end, turns, messages, startReason or endReason; found the text numbr. Did you mean number?
        D: { mean: "1" }
             ^^^^ mean is no key of D of columns of sessionize of table S.
        E: turns
           ^^^^^ Turns in sessionize of table S needs user.
        F: start
        G: start
           ^^^^^ G of columns of sessionize of table S must be a fact of the sessions that no other column holds; found start, as F is.`],
    ['with two columns of one name', `
      from: Log
      partition: Who
      order: At
      columns:
        who: { first: "1" }
        ^^^ Column S[who] exists more than once.
        END: { max: "1" }
        ^^^ Column S[END] exists more than once.`],
  ])('%s', (_, rules) => {
    expect(check(rules).isFaulty).toBe(true);
  });

  it('with a log that is not there, or is the table itself', () => {
    check(`
      from: Logg
            ^^^^ There is no table Logg. Did you mean Log?
      order: At`);
    check(`
      from: s
            ^ From in sessionize of table S must be another table; found the table itself.
      order: At`);
  });
});

describe('the column of a log that tells the session', () => {
  it('names a table that is cut from the log', () => {
    check(`
      from: Log
      order: At
  T:
    columns:
      A: { sessionOf: S }
                      ^ SessionOf of column T[A] must be a table of sessions cut from T; found S, which is cut from Log.
      B: { sessionOf: Log }
                      ^^^ SessionOf of column T[B] must be a table of sessions cut from T; found Log, which is none.
      C: { sessionOf: Nobody }
                      ^^^^^^ There is no table Nobody.`, ', InSession: { sessionOf: S }');
  });
});

describe('a time span', () => {
  it.each([
    ['45s', 45_000], ['30m', 1_800_000], ['1h', 3_600_000], ['1h30m', 5_400_000], ['1h 30m', 5_400_000], ['7d', 604_800_000], ['250ms', 250],
    ['1.5h', 5_400_000], ['PT30M', 1_800_000], ['PT1H30M', 5_400_000], ['P1DT12H', 129_600_000], ['PT0.5S', 500], [' 30M ', 1_800_000],
  ])('%s', (text, milliseconds) => {
    expect(readDuration(text)).toBe(milliseconds);
  });

  it.each(['', ' ', '30', '-30m', '0m', '30 minutes', 'm', '1m1h', 'P', 'PT', 'P1M', 'P1Y', 'pt30m', '1e3s', '999999999999d', '9'.repeat(200) + 's', '30m\n30m'])('is not %j', (text) => {
    expect(readDuration(text)).toBeUndefined();
  });
});

describe('the page about sessions', () => {
  const page = readFileSync(new URL('../../docs/sessions.md', import.meta.url), 'utf8');

  it('shows model files that are right', () => {
    const tables = [...page.matchAll(/```yaml\n(?:tables:\n)?([^]*?)```/g)].map((it) => it[1] ?? '').join('').replace('  Message:\n    columns:\n', '  Message:\n    rows: []\n    columns:\n');
    const { raw, findings } = readModelFile('file:///m.daxmodel.yaml', `name: m\ntables:\n${tables}  PageView: { rows: [] }\n`);
    if (raw === undefined) throw new Error('the page shows a model');
    const resolved = resolveModel(raw, { model: () => undefined, entitySchema: () => ({ fault: 'not-found' }) });
    expect([...findings, ...[...resolved.findings.values()].flat()].map((it) => it.message)).toEqual([]);
    expect([...resolved.model.tables.values()].map((it) => `${it.name} ${it.source.kind}`)).toEqual(['BilledSession sessionize', 'Message rows', 'Visit sessionize', 'PageView rows']);
  });

  it('names every key, every column and every way', () => {
    for (const key of Object.keys(sessionizeSchema.shape)) expect(page).toContain(`\`${key}`);
    for (const [word, column] of Object.entries(sessionFacts)) expect(page).toContain(`| \`${column}\` | \`${word}\` |`);
    for (const way of sessionFolds) expect(page).toContain(`\`${way}\``);
  });
});
