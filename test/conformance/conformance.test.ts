// `npm run conformance -- DIR`: which forms it reads, what it counts, what it tells, and how it ends.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConformance } from './cases.ts';
import { report } from './report.ts';
import { runCases } from './run.ts';

const probes = {
  source: 'measured', toleranceRel: 1e-9,
  tables: {
    _comment: 'two of three sales are in the West', Store: [{ StoreId: 1, Territory: 'West' }, { StoreId: 2, Territory: 'East' }],
    Sales: [{ StoreId: 1, Units: 10 }, { StoreId: 1, Units: 20 }, { StoreId: 2, Units: 2.5 }],
  },
  probes: [
    { name: 'total', dax: 'EVALUATE ROW("v", SUM(Sales[Units]))', column: '[v]', want: 32.5 },
    { name: 'west', dax: 'EVALUATE ROW("v", CALCULATE(SUM(Sales[Units]), Store[Territory] = "West"))', column: '[v]', want: 30 },
    { name: 'too many', dax: 'EVALUATE ROW("v", COUNTROWS(Sales))', column: '[v]', want: 4 },
    { name: 'text', dax: 'EVALUATE ROW("v", UPPER("a"))', want: 'A' },
    { name: 'nothing', dax: 'EVALUATE ROW("v", BLANK())', want: null },
    { name: 'third', dax: 'EVALUATE ROW("v", DIVIDE(1, 3))', want: 0.3333 },
  ],
};

const cases = [
  { id: 'query', code: 'EVALUATE { (1, "a"), (2, "b") }', kind: 'query', expected: { kind: 'table', columns: ['Value1', 'Value2'], rows: [[2, 'b'], [1, 'a']] } },
  { id: 'expression', code: '= 1 + 1', kind: 'expression', expected: { kind: 'scalar', value: 2 } },
  { id: 'named', code: 'Two = 1 + 1', kind: 'expression', expected: { kind: 'scalar', value: 2 } },
  { id: 'digits', code: 'DIVIDE(2, 3)', kind: 'expression', expected: { kind: 'scalar', value: 0.67, digits: 2 } },
  { id: 'printed digits', code: 'DIVIDE(2, 3)', kind: 'expression', expected: { kind: 'scalar', value: 0.6667 } },
  { id: 'few digits', code: 'DIVIDE(2, 3)', kind: 'expression', expected: { kind: 'scalar', value: 0.7 } },
  { id: 'date', code: 'DATE(2024, 2, 29)', kind: 'expression', expected: { kind: 'scalar', value: { date: '2024-02-29' } } },
  { id: 'time', code: 'TIME(13, 5, 0)', kind: 'expression', expected: { kind: 'scalar', value: { time: '13:05:00' } } },
  { id: 'moment', code: 'DATE(2024, 2, 29) + TIME(13, 5, 0)', kind: 'expression', expected: { kind: 'scalar', value: { date: '2024-02-29', time: '13:06:00' } } },
  { id: 'many digits', code: 'INT(9007199254740993)', kind: 'expression', expected: { kind: 'scalar', value: { number: '9007199254740993' } } },
  { id: 'error', code: 'DATEVALUE("no date")', kind: 'expression', expected: { kind: 'error' } },
  { id: 'no error', code: '1', kind: 'expression', expected: { kind: 'error' } },
  {
    id: 'table', code: "FILTER('a b', [n] > 1)", kind: 'table expression', expected: { kind: 'table', columns: ['when', 'n'], rows: [[{ date: '2024-01-02' }, 2.5]] },
    inputs: { 'a b': { columns: ['n', 'when'], rows: [[1, { date: '2024-01-01' }], [2.5, { date: '2024-01-02' }], [null, null]] } },
  },
  { id: 'by place', code: '{ (1, 2) }', kind: 'table expression', expected: { kind: 'table', columns: ['a', 'b'], rows: [[1, 2]] } },
  { id: 'too narrow', code: '{ (1, 2) }', kind: 'table expression', expected: { kind: 'table', columns: ['a'], rows: [[1]] } },
  { id: 'not known', code: 'DATATABLEX(1)', kind: 'expression', expected: { kind: 'scalar', value: 1 } },
  { id: 'unread', code: '1 +', kind: 'expression', expected: { kind: 'scalar', value: 1 } },
  { id: 'in doubt', code: '1 + 1', kind: 'expression', expected: { kind: 'scalar', value: 3 }, note: 'doubtful: the page says 2 elsewhere' },
  { id: 'without kind', code: 'EVALUATE { 1 }', expected: { value: 1 } },
  { id: 'no text', expected: { kind: 'scalar', value: 1 } },
  { id: 'nothing expected', code: '1' },
  { id: 'strange', code: '1', expected: { kind: 'picture' } },
  'no entry',
];

async function verdictsOf(data: unknown): Promise<ReadonlyMap<string, string>> {
  const file = readConformance(JSON.stringify(data));
  if (typeof file === 'string') throw new Error(file);
  const outcomes = await runCases(file.cases);
  return new Map([...outcomes.map((it) => [it.id, it.verdict] as const), ...file.unread.map((it) => [it.id, 'not read'] as const)]);
}

describe('the outcome', () => {
  it('of probes over shared tables, with the star that their keys make', async () => {
    expect([...await verdictsOf(probes)]).toEqual([
      ['total', 'passed'], ['west', 'passed'], ['too many', 'wrong'], ['text', 'passed'], ['nothing', 'passed'], ['third', 'wrong'],
    ]);
  });

  it('of cases of every kind', async () => {
    expect([...await verdictsOf(cases)]).toEqual([
      ['query', 'passed'], ['expression', 'passed'], ['named', 'passed'], ['digits', 'passed'], ['printed digits', 'passed'], ['few digits', 'wrong'],
      ['date', 'passed'], ['time', 'passed'], ['moment', 'wrong'], ['many digits', 'passed'], ['error', 'passed'], ['no error', 'wrong'],
      ['table', 'passed'], ['by place', 'passed'], ['too narrow', 'wrong'], ['not known', 'not evaluated'], ['unread', 'not evaluated'], ['in doubt', 'doubtful'],
      ['without kind', 'passed'],
      ['no text', 'not read'], ['nothing expected', 'not read'], ['strange', 'not read'], ['entry 23', 'not read'],
    ]);
  });

  it('is told with what was expected and what was found', async () => {
    const file = readConformance(JSON.stringify(probes));
    if (typeof file === 'string') throw new Error(file);
    expect(report('probes.json', await runCases(file.cases), [{ id: 'x', reason: 'the entry holds no DAX' }]).split('\n')).toEqual([
      'probes.json: 4 passed, 2 wrong, 0 not evaluated, 1 not read',
      '  wrong: too many: EVALUATE ROW("v", COUNTROWS(Sales))', '    expected 4', '    actual   3',
      '  wrong: third: EVALUATE ROW("v", DIVIDE(1, 3))', '    expected 0.3333', '    actual   0.3333333333333333',
      '  not read: x: the entry holds no DAX',
    ]);
  });

  it('of a text that the checks complain about, though it is right, is told as a false alarm', async () => {
    const [right] = await runCases([{
      id: 'right', query: 'EVALUATE ROW("v", IF(FALSE, MAX(T[n]), 1))', expected: { kind: 'scalar', value: 1, digits: undefined }, note: undefined, tolerance: undefined,
      model: { tables: new Map([['T', { columns: ['n'], rows: [[1]] }]]), relationships: [], metrics: '' },
    }]);
    if (right === undefined) throw new Error('no outcome');
    expect(report('f.json', [{ ...right, alarms: ['No such column.'] }], [])).toBe(
      'f.json: 1 passed, 0 wrong, 0 not evaluated, 1 with false alarms\n  false alarm: right: No such column.: EVALUATE ROW("v", IF(FALSE, MAX(T[n]), 1))');
  });

  it('of a text that holds no cases is what it lacks', () => {
    expect(readConformance('{')).toMatch(/^no JSON: /);
    expect(readConformance('5')).toBe('a list of cases or an object with probes is wanted');
    expect(readConformance('{}')).toBe('an object without a list of probes');
  });
});

describe('the command', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dax-metrics-conformance-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.resolve(import.meta.dirname, '../../scripts/conformance.mjs'), ...args], { encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const write = (name: string, content: unknown): string => {
    const target = path.join(folder, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, JSON.stringify(content));
    return target;
  };

  it('ends with 0 when nothing is wrong: every JSON file of a folder is run', () => {
    write('good/a.json', cases.slice(0, 2));
    write('good/b.json', { ...probes, probes: probes.probes.slice(0, 2) });
    write('good/readme.md', 'no cases');
    expect(run(path.join(folder, 'good'))).toMatchObject({
      status: 0, stderr: '', stdout: expect.stringMatching(/a\.json: 2 passed, 0 wrong, 0 not evaluated\n.*b\.json: 2 passed, 0 wrong, 0 not evaluated\n2 files: 4 passed, 0 wrong, 0 not evaluated\n$/),
    });
  });

  it('ends with 1 when something is wrong', () => {
    expect(run(write('bad.json', probes))).toMatchObject({ status: 1, stderr: '', stdout: expect.stringContaining('4 passed, 2 wrong') });
  });

  it('ends with 2 when there is nothing to run', () => {
    expect(run()).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('npm run conformance -- DIR') });
    expect(run(path.join(folder, 'nowhere'))).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('there is no such file or folder') });
    expect(run(write('none.json', {}))).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('an object without a list of probes') });
  });
});
