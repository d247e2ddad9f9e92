// Databases: calculated parts, kinds of relationships, faults in data, and what stays usable beside them.
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/src/engine/database.ts';
import { defaultLimits } from '../../server/src/model/model.ts';
import type { TableSpec } from '../../server/src/plan/database.ts';
import type { Relation } from '../../server/src/plan/plan.ts';
import { agg, ask, calculate, call, cell, countRows, evaluate, extend, filter, is, link, newRow, open, project, ref, rows, summarize, table, typedValue, value, values } from './plans.ts';
import { inspectAll } from '../support/inspect.ts';

const dim = table('Dim', 'Key:int64 Name:string', [1, 'one'], [2, 'two']);
const fact = table('Fact', 'Key:int64 V:int64', [1, 10], [2, 20], [2, 30]);

/** A table made by a relation. */
const calculatedTable = (name: string, relation: Relation, columns: TableSpec['columns'] = []): TableSpec => ({ name, columns, source: { kind: 'relation', relation } });
const whole = (name: string, ...columns: readonly string[]): Relation =>
  ({ op: 'scan', source: name, blankRow: false, table: name, columns: columns.map((it) => ({ name: `${name}[${it}]`, lineage: ref(`${name}[${it}]`) })) });

describe('calculated tables', () => {
  const large = calculatedTable('Large', project(filter(rows(fact), (row) => call('>', cell(row, 1), 10)), (row) => ({ Key: cell(row, 0), Half: call('/', cell(row, 1), 2) })));
  it('have rows, types and relationships like any other', async () => {
    const db = await open([dim, fact, large], [link('Fact[Key]', 'Dim[Key]'), link('Large[Key]', 'Dim[Key]')]);
    expect(ask(db, summarize(['Dim[Name]'], { n: agg('SUM', 'Large[Half]') }))).toEqual([['two', 25]]);
    expect(inspectAll(db).facts.find((it) => it.table === 'Large')).toMatchObject({ rowCount: 2, columns: [{ name: 'Key', type: 'int64', distinct: 1 }, { name: 'Half', type: 'double', distinct: 2 }] });
  });
  it('that need each other are told, and others are not touched', async () => {
    const db = await open([fact, calculatedTable('A', whole('B', 'X')), calculatedTable('B', whole('A', 'X'))]);
    expect(evaluate(db, countRows(whole('A', 'X')))).toMatchObject({ reason: { id: 'circular-dependency' } });
    expect(evaluate(db, agg('SUM', 'Fact[V]'))).toBe(60);
    expect(inspectAll(db).faults.map((it) => it.rule)).toContain('model-cycle');
  });
  it('keep their type and say so when the declared one does not fit', async () => {
    const text = calculatedTable('Text', project(rows(dim), (row) => ({ Name: cell(row, 1) })), [{ name: 'Name', type: 'int64' }]);
    const db = await open([dim, text]);
    expect(inspectAll(db).faults).toMatchObject([{ table: 'Text', column: 'Name', rule: 'model-type-mismatch' }]);
    expect(evaluate(db, agg('MAX', 'Text[Name]'))).toBe('two');
  });
});

describe('calculated columns', () => {
  it('read their row, other calculated columns and whole tables', async () => {
    const row = newRow();
    const other = newRow();
    const calculated: TableSpec = {
      ...dim,
      columns: [...dim.columns,
        { name: 'Sum', type: undefined, calculated: { row, expression: calculate(agg('SUM', 'Fact[V]'), [], row) } },
        { name: 'Twice', type: undefined, calculated: { row: other, expression: call('*', cell(other, 2), 2) } }],
    };
    const db = await open([calculated, fact], [link('Fact[Key]', 'Dim[Key]')]);
    expect(ask(db, whole('Dim', 'Name', 'Sum', 'Twice'))).toEqual([['one', 10, 20], ['two', 50, 100]]);
  });
  it('that fail in one row spoil who reads that row', async () => {
    const row = newRow();
    const db = await open([{ ...dim, columns: [...dim.columns, { name: 'Bad', type: undefined, calculated: { row, expression: call('+', call('&', cell(row, 1), ''), cell(row, 0)) } }] }, fact], [link('Fact[Key]', 'Dim[Key]')]);
    expect(evaluate(db, agg('SUM', 'Dim[Bad]'))).toMatchObject({ cell: 'error', id: 'text-to-number' });
    expect(evaluate(db, agg('SUM', 'Dim[Key]'))).toBe(3);
  });
});

describe('relationships', () => {
  const total = agg('SUM', 'Fact[V]');
  const byName = summarize(['Dim[Name]'], { total });
  it('one-to-many is many-to-one from the other side', async () => {
    const db = await open([dim, fact], [link('Dim[Key]', 'Fact[Key]', { cardinality: 'one-to-many' })]);
    expect(ask(db, byName)).toEqual([['one', 10], ['two', 50]]);
  });
  it('an inactive one filters nothing', async () => {
    const db = await open([dim, fact], [link('Fact[Key]', 'Dim[Key]', { active: false })]);
    expect(ask(db, byName)).toEqual([['one', 60], ['two', 60]]);
  });
  it('a bidirectional one passes filters backwards', async () => {
    const db = await open([dim, fact], [link('Fact[Key]', 'Dim[Key]', { crossFilter: 'both' })]);
    expect(evaluate(db, calculate(countRows(rows(dim)), [is('Fact[V]', 10)]))).toBe(1);
    expect(evaluate(db, countRows(rows(dim)))).toBe(2);
  });
  it('a one-to-one wants both sides to be unique', async () => {
    const db = await open([dim, fact], [link('Fact[Key]', 'Dim[Key]', { cardinality: 'one-to-one' })]);
    expect(inspectAll(db).faults).toMatchObject([{ table: 'Fact', rule: 'relationship-not-unique', params: { column: 'Fact[Key]', value: '2' } }]);
    expect(evaluate(db, calculate(countRows(rows(dim)), [is('Fact[V]', 10)]))).toMatchObject({ reason: { id: 'data-fault' } });
    expect(evaluate(db, total)).toBe(60);
  });
  it('a many-to-many passes filters from its to side, unless both ways are said', async () => {
    const single = await open([dim, fact], [link('Fact[Key]', 'Dim[Key]', { cardinality: 'many-to-many' })]);
    expect(evaluate(single, calculate(countRows(rows(dim)), [is('Fact[V]', 10)]))).toBe(2);
    expect(evaluate(single, calculate(total, [is('Dim[Name]', 'two')]))).toBe(50);
    const both = await open([dim, fact], [link('Fact[Key]', 'Dim[Key]', { cardinality: 'many-to-many', crossFilter: 'both' })]);
    expect(evaluate(both, calculate(countRows(rows(dim)), [is('Fact[V]', 10)]))).toBe(1);
  });
  it('two ways to one table are not guessed between', async () => {
    const middle = table('Middle', 'Key:int64 Dim:int64', [1, 1]);
    const db = await open([dim, middle, fact], [link('Fact[Key]', 'Dim[Key]'), link('Fact[Key]', 'Middle[Key]'), link('Middle[Dim]', 'Dim[Key]')]);
    const detail = 'filters on Dim come to Fact by several ways, and none prevails: Dim → Fact and Dim → Middle → Fact';
    expect(evaluate(db, calculate(total, [is('Dim[Name]', 'one')]))).toMatchObject({ reason: { id: 'type-error', detail } });
    expect(evaluate(db, calculate(total, [is('Middle[Key]', 1)]))).toBe(10);
  });
  it('whose one side is not unique are told', async () => {
    const twice = table('Dim', 'Key:int64 Name:string', [1, 'one'], [1, 'uno']);
    const db = await open([twice, fact], [link('Fact[Key]', 'Dim[Key]')]);
    expect(inspectAll(db).faults).toMatchObject([{ table: 'Dim', rule: 'relationship-not-unique', params: { column: 'Dim[Key]', value: '1' } }]);
    expect(evaluate(db, calculate(total, [is('Dim[Name]', 'one')]))).toMatchObject({ reason: { id: 'data-fault' } });
    expect(evaluate(db, total)).toBe(60);
  });
  it('keys that could not be computed lead nowhere, and are no duplicates', async () => {
    const row = newRow();
    const divided: TableSpec = { ...fact, columns: [...fact.columns, { name: 'Other', type: undefined, calculated: { row, expression: call('/', cell(row, 0), call('-', cell(row, 1), 20)) } }] };
    const failing: TableSpec = { ...fact, columns: [...fact.columns, { name: 'Other', type: undefined, calculated: { row, expression: call('VALUE', call('&', 'x', cell(row, 0))) } }] };
    const one = await open([dim, failing], [link('Dim[Key]', 'Fact[Other]')]);
    expect(inspectAll(one).faults).toEqual([]);
    expect(evaluate(one, calculate(countRows(rows(dim)), [is('Fact[V]', 10)]))).toMatchObject({ reason: { id: 'data-fault', table: 'Fact', detail: 'Other has values that could not be computed' } });
    const many = await open([dim, failing], [link('Fact[Other]', 'Dim[Key]')]);
    expect(evaluate(many, calculate(total, [is('Dim[Name]', 'one')]))).toMatchObject({ reason: { id: 'data-fault', table: 'Fact' } });
    expect(evaluate(many, total)).toBe(60);
    // A number beyond all numbers is a value, which no row of the other side has.
    const infinite = await open([dim, divided], [link('Fact[Other]', 'Dim[Key]')]);
    expect(inspectAll(infinite).faults).toEqual([]);
  });
  it('keys of different number types meet', async () => {
    const half = table('Half', 'Key:double V:int64', [1, 5], [2, 6], [2.5, 7]);
    const db = await open([dim, half], [link('Half[Key]', 'Dim[Key]')]);
    expect(ask(db, summarize(['Dim[Name]'], { v: agg('SUM', 'Half[V]') }))).toEqual([['one', 5], ['two', 6], [null, 7]]);
  });
});

describe('faulty data', () => {
  it('a cell of the wrong type takes its column along, not the table', async () => {
    const db = await open([table('T', 'A:int64 B:int64', [1, 1], ['x', 2])]);
    expect(inspectAll(db).faults).toMatchObject([{ rule: 'data-cell-type', column: 'A' }]);
    expect(evaluate(db, agg('SUM', 'T[A]'))).toMatchObject({ reason: { id: 'data-fault' } });
    expect(evaluate(db, agg('SUM', 'T[B]'))).toBe(3);
    expect(ask(db, extend(values('T[B]'), (row) => ({ a: calculate(agg('SUM', 'T[A]'), [], row), b: cell(row) }))).map((it) => it[2])).toEqual([1, 2]);
  });
  it('a file that cannot be read takes its table along', async () => {
    const file: TableSpec = { name: 'File', columns: [{ name: 'A', type: 'int64' }], source: { kind: 'file', uri: 'file:///a.csv', path: 'a.csv', format: 'csv', options: { delimiter: undefined, blankTokens: [], trueWords: [], falseWords: [], dateFormats: [] } } };
    const fault = { table: 'File', column: undefined, rule: 'data-missing', params: { path: 'a.csv' } };
    const spec = { key: 'k', tables: [file, fact], relationships: [], measures: [], clock: 0, culture: 'en-US', seed: 1, limits: defaultLimits };
    const db = await openDatabase(spec, () => ({ table: undefined, faults: [fault] }));
    expect(inspectAll(db).faults).toEqual([fault]);
    expect(evaluate(db, agg('SUM', 'File[A]'))).toMatchObject({ reason: { id: 'data-fault', table: 'File' } });
    expect(evaluate(db, agg('SUM', 'Fact[V]'))).toBe(60);
  });
  it('rows that cannot be had give their reason', async () => {
    const reason = { id: 'unresolved-name', name: 'X' } as const;
    const db = await open([{ name: 'T', columns: [{ name: 'A', type: 'int64' }], source: { kind: 'unavailable', reason } }]);
    expect(evaluate(db, agg('SUM', 'T[A]'))).toMatchObject({ reason });
  });
});

describe('exact numbers', () => {
  it('whole numbers beyond 2^53 are summed exactly, beyond 64 bits not at all', async () => {
    const big = table('Big', 'A:int64', ['9007199254740993'], ['2']);
    const huge = table('Huge', 'A:int64', ['9223372036854775807'], ['1']);
    const db = await open([big, huge]);
    expect(evaluate(db, agg('SUM', 'Big[A]'))).toBe(9007199254740995n);
    expect(evaluate(db, agg('SUM', 'Huge[A]'))).toMatchObject({ cell: 'notEvaluated', reason: { id: 'overflow' } });
    expect(evaluate(db, call('+', typedValue('int64', 9223372036854775807n), 1))).toMatchObject({ cell: 'error', id: 'overflow' });
  });
  it('fixed decimals keep four places', async () => {
    const db = await open([table('D', 'A:decimal', [0.1], [0.2], [0.0001])]);
    expect(evaluate(db, agg('SUM', 'D[A]'))).toBe(3001);
    expect(evaluate(db, agg('AVERAGE', 'D[A]'))).toBe(1000);
    expect(evaluate(db, call('=', agg('MAX', 'D[A]'), value(0.2)))).toBe(true);
  });
});
