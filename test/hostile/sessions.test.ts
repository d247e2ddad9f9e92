// Rules of sessions that nobody would write, and logs that were made to hurt.
import { describe, expect, it } from 'vitest';
import { openProject, type Project } from './project.ts';

const open = (rules: string, rows = 'Who,At\na,2025-01-01\n', limits?: object): Promise<Project> => openProject({
  'm.daxmodel.yaml': `name: m\ntables:\n  Log: { source: log.csv, columns: { Who: { type: string }, At: { type: dateTime } } }\n${rules}`,
  'log.csv': rows,
  ...(limits === undefined ? {} : { 'dax-metrics.json': JSON.stringify({ limits }) }),
});
const rules = (more = ''): string => `  S: { sessionize: { from: Log, partition: Who, order: At${more} } }\n`;
const day = Date.UTC(2025, 0, 1);

describe('a circle', () => {
  it('of tables of sessions is told at the log that each names', async () => {
    const it = await open('  A: { sessionize: { from: B, order: Start } }\n  B: { sessionize: { from: A, order: Start } }\n');
    expect(await it.allFindings()).toEqual({ 'm.daxmodel.yaml': [
      '4:28 error[circular-dependency] The definition depends on itself: A → B → A.',
      '5:28 error[circular-dependency] The definition depends on itself: B → A → B.',
    ] });
    expect(await it.value('COUNTROWS(A)')).toBe('not evaluated: it depends on itself: A → B → A');
    expect(await it.value('COUNTROWS(Log)')).toBe('1');
  });

  it('through a metric, a calculated table and a calculated column', async () => {
    const it = await open('  S:\n    sessionize: { from: V, partition: Who, order: At, startWhen: "V[C] > 0" }\n  V:\n    dax: FILTER(Log, TRUE)\n    columns: { C: { dax: "COUNTROWS(S)" } }\n');
    expect((await it.findings('m.daxmodel.yaml')).map((finding) => finding.replace(/: .*/, ''))).toEqual([
      '5:68 error[circular-dependency] The definition depends on itself', '8:37 error[circular-dependency] The definition depends on itself',
    ]);
    expect(await it.value('COUNTROWS(V)')).toBe('1');
    expect(await it.value('COUNTROWS(S)')).toMatch(/^not evaluated: it depends on itself/);
  });
});

describe('names', () => {
  it('of objects are names like any other', async () => {
    const it = await open('  constructor:\n    sessionize:\n      from: Log\n      order: At\n      columns: { __proto__: { first: "Log[Who]" }, toString: messages, hasOwnProperty: { any: "TRUE" } }\n');
    expect(await it.allFindings()).toEqual({});
    expect(await it.value("MAX('constructor'[toString])")).toBe('1');
    expect(await it.value("MAX('constructor'[__proto__])")).toBe('a');
  });

  it('of five thousand columns', async () => {
    const columns = Array.from({ length: 5000 }, (_, i) => `        C${String(i)}: { first: "Log[Who]" }`).join('\n');
    const it = await open(`  S:\n    sessionize:\n      from: Log\n      order: At\n      columns:\n${columns}\n`);
    expect(await it.allFindings()).toEqual({});
    expect(await it.value('MAX(S[C4999])')).toBe('a');
  });
});

describe('rules', () => {
  it.each(['idle: 1e400s', 'idle: "30m; DROP"', `idle: "${'9'.repeat(5000)}s"`, 'maxTurns: 1e300', 'maxTurns: -1', 'maxTurns: .nan', 'order: []', 'order: { a: b }', 'from: [Log]', 'columns: [1]', 'startWhen: { a: 1 }', 'idle: null'])(
    '%s: are refused once, and nothing else is lost', async (rule) => {
      const key = rule.slice(0, rule.indexOf(':'));
      const own = ['from', 'order'].filter((it) => it !== key).map((it) => (it === 'from' ? 'from: Log' : 'order: At'));
      const it = await open(`  S: { sessionize: { ${[...own, rule, 'user: TRUE'].join(', ')} } }\n`);
      const found = await it.findings('m.daxmodel.yaml');
      expect(await it.value('COUNTROWS(Log)')).toBe('1');
      expect([found.length, await it.value('COUNTROWS(S)')]).toEqual([1, expect.stringMatching(/^not evaluated/)]);
    });

  it('that never end a session, or end one at each row', async () => {
    const rows = `Who,At\n${Array.from({ length: 20_000 }, () => 'a,2025-01-01T10:00:00').join('\n')}\n`;
    expect(await (await open(rules(), rows)).value('COUNTROWS(S) & "/" & MAX(S[Messages])')).toBe('1/20000');
    expect(await (await open(rules(', endWhen: "TRUE"'), rows)).value('COUNTROWS(S) & "/" & MAX(S[Messages])')).toBe('20000/1');
  });

  it('of the least and the greatest span', async () => {
    const rows = `Who,At\na,0100-01-01\na,2025-01-01T00:00:00.001\na,2025-01-01T00:00:00.002\na,9999-12-31T23:59:59\n`;
    expect(await (await open(rules(', idle: 1ms'), rows)).value('COUNTROWS(S)')).toBe('3');
    expect(await (await open(rules(', idle: 99999999d'), rows)).value('COUNTROWS(S)')).toBe('1');
  });
});

describe('logs', () => {
  it('of a hundred thousand rows of one moment, told apart by a text', async () => {
    const rows = `Who,At\n${Array.from({ length: 100_000 }, (_, i) => `u${String((i * 7919) % 100_000)},2025-01-01`).join('\n')}\n`;
    const it = await open('  S: { sessionize: { from: Log, order: [At, Who], columns: { First: { first: "Log[Who]" }, Last: { last: "Log[Who]" } } } }\n', rows);
    expect(await it.value('MAX(S[First]) & MAX(S[Last])')).toBe('u0u99999');
  });

  it('of more rows than the memory that the project allows', async () => {
    const rows = `Who,At\n${Array.from({ length: 30_000 }, (_, i) => `u,${new Date(day + i * 1000).toISOString()}`).join('\n')}\n`;
    const it = await open(rules(), rows, { memoryBytes: 2_000_000 });
    expect(await it.value('COUNTROWS(S)')).toMatch(/^not evaluated: .*memory/);
    expect(await it.value('COUNTROWS(Log)')).toBe('30000');
  });
});
