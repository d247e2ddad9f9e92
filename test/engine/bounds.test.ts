// What would run for ever, eat the memory or nest without end is not evaluated, and the rest goes on.
import { expect, it } from 'vitest';
import { runJob } from '../../server/src/engine/run.ts';
import type { Scalar } from '../../server/src/plan/plan.ts';
import { agg, ask, calculate, call, cell, countRows, evaluate, extend, fold, iff, job, limits, measure, open, rowOf, rows, summarize, table, value, values } from './plans.ts';
import { within } from '../support/within.ts';

const t = table('T', 'K:string V:int64', ['a', 1], ['b', 2]);
const many = table('Many', 'A:int64 B:int64 C:int64', ...Array.from({ length: 300 }, (_, i) => [i, i % 7, i % 11]));

it('4,000 levels are computed, 6,000 are too deep', async () => {
  const db = await open([t]);
  const nested = (levels: number): Scalar => {
    let it: Scalar = agg('SUM', 'T[V]');
    for (let i = 0; i < levels; i++) it = iff(call('=', agg('SUM', 'T[V]'), 3), it, 0);
    return it;
  };
  expect(evaluate(db, nested(4000))).toBe(3);
  expect(evaluate(db, nested(6000))).toMatchObject({ reason: { id: 'limit', what: 'depth' } });
});

it('a chain of measures is no recursion', async () => {
  const db = await open([t]);
  const chain = Array.from({ length: 1500 }, (_, i) => ({ name: `m${i}`, expression: i === 1499 ? agg('SUM', 'T[V]') : measure(i + 1) }));
  expect(evaluate(db, measure(0), chain)).toBe(3);
});

it('a circle of measures is an error, and the way around is told', async () => {
  const db = await open([t]);
  const circle = [{ name: 'A', expression: call('+', measure(1), 1) }, { name: 'B', expression: iff(value(false), measure(0), 1) }, { name: 'C', expression: agg('SUM', 'T[V]') }];
  expect(evaluate(db, measure(0), circle)).toMatchObject({ id: 'circular-dependency', params: { path: 'A → B → A' } });
  expect(evaluate(db, measure(2), circle)).toBe(3);
});

it('a cross of columns beyond the limit of rows is not made', async () => {
  const db = await open([many], [], { limits: limits({ rows: 10_000 }) });
  const other = table('Other', 'A:int64', ...Array.from({ length: 300 }, (_, i) => [i]));
  const both = await open([many, other], [], { limits: limits({ rows: 10_000 }) });
  expect(evaluate(db, agg('SUM', 'Many[A]'))).toBe(44_850);
  const [result] = runJob(both, job([summarize(['Many[A]', 'Other[A]'], { v: value(1) })])).results;
  expect(result).toMatchObject({ kind: 'notEvaluated', reason: { id: 'limit', what: 'rows' } });
});

it('CALENDAR over all of time is not made', async () => {
  const db = await open([t], [], { limits: limits({ rows: 1_000_000 }) });
  const days = countRows({ op: 'calendar', start: value(-600_000), end: value(2_900_000), columns: [{ name: '[Date]' }] });
  expect(ask(db, rowOf({ days, sum: agg('SUM', 'T[V]') }))).toMatchObject([[{ reason: { id: 'limit', what: 'rows' } }, 3]]);
});

it('text that doubles again and again stops at the limit', async () => {
  const db = await open([t]);
  let it: Scalar = value('0123456789');
  for (let i = 0; i < 40; i++) {
    const id = 1000 + i;
    it = { op: 'let', variables: [{ kind: 'scalar', id, name: 'x', value: it }], body: call('&', { op: 'variable', id }, { op: 'variable', id }) };
  }
  expect(evaluate(db, it)).toMatchObject({ reason: { id: 'limit', what: 'text' } });
});

it('nested iterators end at a limit', async () => {
  const db = await open([many], [], { limits: limits({ milliseconds: 2_000 }) });
  const inner = (depth: number, sum: Scalar): Scalar => (depth === 0 ? sum : fold('SUM', rows(many), (row) => inner(depth - 1, call('+', sum, cell(row)))));
  const results = within(10, () => ask(db, rowOf({ v: inner(5, value(0)), w: inner(2, value(0)) })));
  expect(results).toMatchObject([[{ cell: 'notEvaluated', reason: { id: 'limit' } }, 300 * 44_850 * 2]]);
});

it('time that is up is told', async () => {
  const db = await open([many], [], { limits: limits({ milliseconds: -1 }) });
  expect(runJob(db, job([rowOf({ v: agg('SUM', 'Many[A]') })])).results[0]).toMatchObject({ kind: 'notEvaluated', reason: { id: 'limit', what: 'time' } });
});

it('an evaluation that is no longer wanted ends, and its database stays usable', async () => {
  const db = await open([many]);
  let asked = 0;
  const signal = { cancelled: () => ++asked > 3 };
  const [result] = runJob(db, job([extend(values('Many[A]'), (row) => ({ v: calculate(agg('SUM', 'Many[B]'), [], row), w: cell(row) }))]), { signal }).results;
  expect(JSON.stringify(result)).toContain('cancelled');
  expect(evaluate(db, agg('SUM', 'Many[A]'))).toBe(44_850);
});
