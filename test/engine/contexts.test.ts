// Filter contexts over a small star: three agents, one of them without sessions, and sessions whose agent does not exist.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/src/engine/database.ts';
import { runJob, runJobWith } from '../../server/src/engine/run.ts';
import {
  agg, all, allRows, ask, by, calculate, call, cell, countRows, distinct, divide, evaluate, extend, filter, fold, iff, is, job, link, measure,
  open, order, related, remove, removeTable, rows, summarize, table, value, values, where,
} from './plans.ts';

const agent = table('Agent', 'Id:string Name:string Team:string', ['a', 'Ann', 'North'], ['b', 'Bob', 'North'], ['c', 'Cy', 'South']);
const session = table('Session', 'Id:string AgentId:string Reason:string Wait:int64 IsAgent:boolean',
  ['s1', 'a', 'rejected', 10, true],
  ['s2', 'a', 'closed', 20, true],
  ['s3', 'b', 'rejected', 30, true],
  ['s4', 'b', 'rejected', null, false],
  ['s5', 'x', 'closed', 50, true],
  ['s6', null, 'rejected', 60, true],
  ['s7', 'a', 'rejected', 70, true],
);
const hold = table('Hold', 'SessionId:string AgentId:string', ['s1', 'a'], ['s3', 'b'], ['s3', 'b']);

let db: Database;
beforeAll(async () => {
  db = await open([agent, session, hold], [link('Session[AgentId]', 'Agent[Id]'), link('Hold[AgentId]', 'Agent[Id]')]);
});

const sessions = agg('DISTINCTCOUNT', 'Session[Id]');

describe('leaves', () => {
  it.each([
    [agg('SUM', 'Session[Wait]'), 240],
    [agg('AVERAGE', 'Session[Wait]'), 40],
    [agg('MIN', 'Session[Wait]'), 10],
    [agg('MAX', 'Session[Reason]'), 'rejected'],
    [agg('COUNT', 'Session[Wait]'), 6],
    [agg('COUNTA', 'Session[IsAgent]'), 7],
    [agg('COUNTBLANK', 'Session[Wait]'), 1],
    [agg('DISTINCTCOUNT', 'Session[AgentId]'), 4],
    [agg('DISTINCTCOUNTNOBLANK', 'Session[AgentId]'), 3],
    [countRows(rows(session)), 7],
  ])('%j', (expression, expected) => {
    expect(evaluate(db, expression)).toBe(expected);
  });

  it('have no value without rows', () => {
    const none = (it: Parameters<typeof calculate>[0]): unknown => evaluate(db, calculate(it, [is('Session[Reason]', 'nothing')]));
    expect([none(agg('SUM', 'Session[Wait]')), none(agg('COUNT', 'Session[Wait]')), none(sessions), none(countRows(rows(session)))]).toEqual([null, null, null, null]);
  });
});

describe('CALCULATE', () => {
  it('filters a column', () => expect(evaluate(db, calculate(sessions, [is('Session[Reason]', 'REJECTED')]))).toBe(5));
  it('intersects its own filters', () => expect(evaluate(db, calculate(sessions, [is('Session[Reason]', 'rejected'), where('Session[IsAgent]', (x) => x)]))).toBe(4));
  it('replaces a filter on the same column', () => {
    expect(evaluate(db, calculate(calculate(sessions, [is('Session[Reason]', 'closed')]), [is('Session[Reason]', 'rejected')]))).toBe(2);
  });
  it('keeps a filter with KEEPFILTERS', () => {
    expect(evaluate(db, calculate(calculate(sessions, [is('Session[Reason]', 'closed', true)]), [is('Session[Reason]', 'rejected')]))).toBeNull();
  });
  it('reaches the many side', () => expect(evaluate(db, calculate(sessions, [is('Agent[Team]', 'North')]))).toBe(5));
  it('does not reach the one side', () => expect(evaluate(db, calculate(agg('DISTINCTCOUNT', 'Agent[Id]'), [is('Session[Id]', 's1')]))).toBe(3));
  it('takes orphans for BLANK', () => expect(evaluate(db, calculate(sessions, [is('Agent[Name]', null)]))).toBe(2));
  it('removes filters on a column, on a table', () => {
    const north = is('Agent[Team]', 'North');
    expect(evaluate(db, calculate(calculate(sessions, [remove('Agent[Team]')]), [north]))).toBe(7);
    expect(evaluate(db, calculate(calculate(sessions, [removeTable('Agent')]), [north]))).toBe(7);
    expect(evaluate(db, calculate(calculate(sessions, [removeTable('Session')]), [north]))).toBe(7);
    expect(evaluate(db, calculate(calculate(sessions, [remove('Agent[Name]')]), [north]))).toBe(5);
  });
  it('filters by a table of values', () => {
    const slow = filter(values('Session[Wait]'), (row) => call('>=', cell(row), 50));
    expect(evaluate(db, calculate(sessions, [by(slow)]))).toBe(3);
  });
  it('filters by whole rows, and so reaches the one side and other facts', () => {
    const rejected = filter(rows(session), (row) => call('=', cell(row, 2), 'rejected'));
    expect(evaluate(db, calculate(countRows(rows(agent)), [by(rejected)]))).toBe(2);
    expect(evaluate(db, calculate(countRows(rows(hold)), [by(filter(rows(session), (row) => call('=', cell(row, 0), 's3')))]))).toBe(2);
  });
});

describe('row contexts', () => {
  it('turn into filters for a measure', () => {
    const rejected = calculate(sessions, [is('Session[Reason]', 'rejected')]);
    const measures = [{ name: 'Rejected', expression: rejected }];
    const byAgent = extend(rows(agent), (row) => ({ m: measure(0, row) }));
    expect(ask(db, byAgent, measures).map((it) => [it[1], it[3]])).toEqual([['Ann', 2], ['Bob', 2], ['Cy', null]]);
  });
  it('do not filter by themselves', () => {
    expect(ask(db, extend(rows(agent), () => ({ n: countRows(rows(session)) }))).map((it) => it[3])).toEqual([7, 7, 7]);
  });
  it('of equal rows filter both', async () => {
    const twin = table('Twin', 'K:string V:int64', ['k', 1], ['k', 1], ['l', 2]);
    const twins = await open([twin]);
    expect(evaluate(twins, fold('SUM', rows(twin), (row) => calculate(agg('SUM', 'Twin[V]'), [], row)))).toBe(6);
  });
  it('of values override what was filtered outside', () => {
    const total = fold('SUM', all('Session[Reason]'), (row) => calculate(sessions, [], row));
    expect(evaluate(db, calculate(total, [is('Session[Reason]', 'closed')]))).toBe(7);
  });
  it('see related columns', () => {
    const north = fold('SUM', rows(session), (row) => iff(call('=', related(row, 'Agent[Team]'), 'North'), 1, 0));
    expect(evaluate(db, north)).toBe(5);
  });
  it('give VALUES the row of orphans, DISTINCT not', () => {
    expect(ask(db, values('Agent[Name]')).map((it) => it[0])).toEqual(['Ann', 'Bob', 'Cy', null]);
    expect(ask(db, distinct('Agent[Name]')).map((it) => it[0])).toEqual(['Ann', 'Bob', 'Cy']);
    expect(evaluate(db, countRows(allRows(agent)))).toBe(4);
  });
});

describe('SUMMARIZECOLUMNS', () => {
  it('drops groups without a value', () => {
    expect(ask(db, summarize(['Agent[Name]'], { n: sessions }))).toEqual([['Ann', 3], ['Bob', 2], [null, 2]]);
  });
  it('keeps all groups without expressions', () => {
    expect(ask(db, summarize(['Agent[Team]']))).toEqual([['North'], ['South'], [null]]);
  });
  it('crosses tables', () => {
    expect(ask(db, order(summarize(['Agent[Team]', 'Session[Reason]'], { n: sessions }), (row) => cell(row, 0)))).toEqual([
      [null, 'rejected', 1], [null, 'closed', 1], ['North', 'rejected', 4], ['North', 'closed', 1],
    ]);
  });
  it('applies filters to groups and values', () => {
    const filters = [filter(values('Session[Reason]'), (row) => call('=', cell(row), 'closed'))];
    expect(ask(db, summarize(['Session[Reason]'], { n: sessions, all: calculate(sessions, [remove('Session[Reason]')]) }, filters))).toEqual([['closed', 2, 7]]);
  });
  it('divides by what other groups have', () => {
    const share = divide(sessions, calculate(sessions, [removeTable('Agent')]));
    expect(ask(db, summarize(['Agent[Name]'], { share }))).toEqual([['Ann', 3 / 7], ['Bob', 2 / 7], [null, 2 / 7]]);
  });
});

describe('costs', () => {
  const rejected = calculate(sessions, [is('Session[Reason]', 'rejected')]);
  const cost = (by: string, expression: Parameters<typeof summarize>[1]): unknown =>
    runJob(db, job([summarize([by], expression)], [{ name: 'Rejected', expression: rejected }, { name: 'Sessions', expression: sessions }])).stats;
  const shapes: readonly (readonly [string, Parameters<typeof summarize>[1], number])[] = [
    ['a distinct count under filters', { v: rejected }, 2],
    ['a ratio of metrics, one read twice', { v: divide(iff(call('=', measure(0), null), 0, measure(0)), measure(1)) }, 3],
    ['a share of all', { v: divide(sessions, calculate(sessions, [removeTable('Session')])) }, 2],
    ['a sum over rows', { v: fold('SUM', rows(session), (row) => iff(call('==', cell(row, 2), 'rejected'), 1, 0)) }, 1],
    ['a sum over values with a transition', { v: fold('SUM', values('Session[Reason]'), (row) => calculate(sessions, [], row)) }, 2],
  ];
  it.each(shapes)('%s: the same values and costs when the storage engine answers later', async (_, expression) => {
    const plan = job([summarize(['Session[AgentId]'], expression)], [{ name: 'Rejected', expression: rejected }, { name: 'Sessions', expression: sessions }]);
    const late = { ...db.engine, run: async (...wave: Parameters<typeof db.engine.run>) => await Promise.resolve(db.engine.run(...wave)) };
    expect(await runJobWith(db, late, plan)).toEqual(runJob(db, plan));
  });
  // One scan finds the groups; a condition that is no constant adds one for the values it chooses from.
  it.each(shapes)('%s: as many scans for two groups as for eight', (_, expression, scans) => {
    for (const by of ['Session[IsAgent]', 'Session[Id]']) expect(cost(by, expression)).toMatchObject({ scans: scans + 1 });
  });
});

it('a value that cannot be had spoils only those who read it', () => {
  const broken = { op: 'notEvaluated', reason: { id: 'function-not-supported', name: 'RANKX' } } as const;
  expect(evaluate(db, { op: 'and', left: value(false), right: broken })).toBe(false);
  expect(ask(db, extend(values('Agent[Name]'), (row) => ({ v: iff(call('=', cell(row), 'Ann'), broken, 1) }))).map((it) => it[1])).toEqual([
    { cell: 'notEvaluated', reason: broken.reason, at: undefined }, 1, 1, 1,
  ]);
});
