// DAX that wants too much: bounded by the limits of the project, told as such, and the next evaluation works.
import { describe, expect, it } from 'vitest';
import { evaluateDocument } from '../../server/src/workspace/index.ts';
import { inWords, modelNamed, openProject, type Files, type Project } from './project.ts';
import { within } from '../support/within.ts';

const open = (files: Files, limits = '{}', tables = ''): Promise<Project> =>
  openProject({
    'm.daxmodel.yaml': `name: m\ntables:\n  Good: { source: good.csv, columns: { A: { type: int64 } } }\n${tables}`,
    'good.csv': 'A\n1\n2\n', 'dax-metrics.json': `{ "limits": ${limits} }`, ...files,
  });

/** Metrics m0, m1, ... one a line. */
const metrics = (count: number, body: (i: number) => string): string => Array.from({ length: count }, (_, i) => `m${String(i)} = ${body(i)}`).join('\n\n');

describe('10,000 metrics', () => {
  const count = 10_000;

  it.each([
    ['each referring to the one before', (i: number) => (i === 0 ? 'COUNTROWS(Good)' : `[m${String(i - 1)}] + 1`), '[m100]', '102', `[m${String(count - 1)}]`],
    ['each referring to the next', (i: number) => (i === count - 1 ? 'COUNTROWS(Good)' : `[m${String(i + 1)}] + 1`), `[m${String(count - 101)}]`, '102', '[m0]'],
  ])('%s: near ones are computed, the far one or its limit is told', async (_, body, near, value, far) => {
    const it = await open({ 'm.dax': metrics(count, body) });
    expect(await it.findings('m.dax')).toEqual([]);
    const { parsed, bound } = it.workspace.work();
    expect({ parsed, bound }).toEqual({ parsed: count, bound: count });
    expect(await it.value(near)).toBe(value);
    expect(await it.value(far)).toMatch(new RegExp(`^(?:${String(count + 1)}|not evaluated: it is nested deeper than \\S+ levels)$`));
    expect(await it.value('COUNTROWS(Good)')).toBe('2');
  });

  it('all read by one', async () => {
    const it = await open({ 'm.dax': `${metrics(count, (i) => `CALCULATE(COUNTROWS(Good), Good[A] = ${String(i)})`)}\n\nAll = MAXX({ ${Array.from({ length: count }, (_, i) => `[m${String(i)}]`).join(', ')} }, [Value])\n` });
    expect(await it.findings('m.dax')).toEqual([]);
    expect(await it.value('[All]')).toBe('1');
  });
});

describe('metrics that double with each step, 60 deep', () => {
  const doubled = (step: (before: string) => string): string => metrics(60, (i) => (i === 0 ? 'COUNTROWS(Good)' : step(`[m${String(i - 1)}]`)));

  it.each([
    ['added', (it: string) => `${it} + ${it}`, String(2 ** 21)],
    ['in branches', (it: string) => `IF(${it} > 0, ${it}, -${it})`, '2'],
    ['in variables', (it: string) => `VAR a = ${it} VAR b = ${it} RETURN a + b`, String(2 ** 21)],
  ])('%s: are computed once each', async (_, step, value) => {
    const it = await open({ 'm.dax': doubled(step) });
    expect(await it.findings('m.dax')).toEqual([]);
    expect(await within(10, () => it.value('[m20]'))).toBe(value);
    const before = it.workspace.work();
    expect(await within(10, () => it.value('[m59]'))).toMatch(/^\d+$|^not evaluated: /);
    expect(it.workspace.work().scans - before.scans).toBeLessThan(100);
    expect(await it.value('COUNTROWS(Good)')).toBe('2');
  });

  it.each([
    ['in two filter contexts', (it: string) => `CALCULATE(${it}, Good[A] = 1) + CALCULATE(${it}, Good[A] = 2)`],
    ['in iterators', (it: string) => `SUMX(Good, ${it})`],
    ['in tables', (it: string) => `COUNTROWS(FILTER(Good, ${it} > 0)) + SUMX(VALUES(Good[A]), ${it})`],
  ])('%s: end with a value or a limit', async (_, step) => {
    const it = await open({ 'm.dax': doubled(step) }, '{ "milliseconds": 1500 }');
    expect(await it.findings('m.dax')).toEqual([]);
    expect(await within(20, () => it.value('[m59]'))).toMatch(/^\d+(?:e\+\d+)?$|^not evaluated: (?:it takes longer than|it is nested deeper|it makes more rows|it needs more memory|the number is too large)|^error: the result of \S+ is too large/);
    expect(await it.value('COUNTROWS(Good)')).toBe('2');
  });
});

describe('tables without end', () => {
  it.each([
    'COUNTROWS(CALENDAR(DATE(1900, 1, 1), DATE(9999, 12, 31)))',
    'COUNTROWS(FILTER(Good, COUNTROWS(CALENDAR(DATE(1900, 1, 1), DATE(9999, 12, 31))) > 0))',
    'SUMX(CALENDAR(DATE(1900, 1, 1), DATE(2100, 1, 1)), SUMX(CALENDAR(DATE(1900, 1, 1), DATE(2100, 1, 1)), [Date]))',
    'COUNTROWS(UNION(Big, Big, Big))',
    'COUNTROWS(ADDCOLUMNS(Big, "x", COUNTROWS(Big)))',
    'SUMX(Big, COUNTROWS(FILTER(Big, [A] > EARLIER([A]))))',
    'COUNTROWS(SUMMARIZECOLUMNS(Big[A], "x", COUNTROWS(Big)))',
    'COUNTROWS(CROSSJOIN(Big, SELECTCOLUMNS(Big, "b", [A])))',
    'COUNTROWS(GENERATE(Big, SELECTCOLUMNS(Big, "b", [A])))',
    'COUNTROWS(GENERATESERIES(1, 1e15))',
    'LEN(REPT("x", 1e12))',
    'LEN(CONCATENATEX(Big, REPT("x", 1000)))',
  ])('%s is bounded by rows, memory and time', async (expression) => {
    const rows = Array.from({ length: 20_000 }, (_, i) => String(i)).join('\n');
    const it = await open({ 'big.csv': `A\n${rows}\n` }, '{ "rows": 50000, "memoryBytes": 4000000, "milliseconds": 2000 }', '  Big: { source: big.csv, columns: { A: { type: int64 } } }\n');
    const value = await within(20, () => it.value(expression));
    expect(value).toMatch(/^not evaluated: (?:it makes more than 50,000 rows|it needs more memory than \d+ MB|it takes longer than 2 s|a text grows longer|\S+ is not supported(?: yet|:))|^20000$/);
    expect(await it.value('COUNTROWS(Big)')).toBe('20000');
  });

  it.each([
    ['COUNTROWS(CALENDAR(-1e300, 1e300))', /^error: there is no such date/],
    ['COUNTROWS(CALENDAR(DATE(2020, 1, 1), 1 / 0))', /^error: there is no such date/],
    ['COUNTROWS(CALENDAR(BLANK(), "x"))', /^error: /],
    ['DATE(1e9, 1, 1)', /^error: /],
    ['DATEDIFF(DATE(1900, 1, 1), 1e300, SECOND)', /^error: |^not evaluated: /],
  ])('%s is an error as DAX raises it', async (expression, value) => {
    expect(await (await open({})).value(expression)).toMatch(value);
  });

  it('in a calculated table are one finding there, and the rest is computed', async () => {
    const it = await open({}, '{ "rows": 50000 }', '  Dates: { dax: "CALENDAR(DATE(1900, 1, 1), DATE(9999, 12, 31))" }\n  Reader: { dax: "FILTER(Dates, TRUE)" }\n');
    expect(Object.keys(await it.allFindings())).toEqual(['m.daxmodel.yaml']);
    expect(await it.findings('m.daxmodel.yaml')).toEqual([expect.stringMatching(/^4:\d+ \w+\[[a-z-]+\] .*it makes more than 50,000 rows/)]);
    expect(await it.value('COUNTROWS(Reader)')).toBe('not evaluated: it makes more than 50,000 rows');
    expect(await it.value('COUNTROWS(Good)')).toBe('2');
  });
});

describe('numbers at the edge', () => {
  it.each([
    ['9223372036854775807 + 0', '9223372036854775807'],
    ['9223372036854775807 + 1', /^error: the result of \+ is too large$|^not evaluated: /],
    ['-9223372036854775807 - 2', /^error: the result of - is too large$|^not evaluated: /],
    ['1e308 * 10', 'Infinity'],
    ['-1e308 * 10', '-Infinity'],
    ['0 / 0', 'NaN'],
    ['99999999999999999999', '100000000000000000000'],
  ])('%s', async (expression, value) => {
    const found = await (await open({})).value(expression);
    if (typeof value === 'string') expect(found).toBe(value);
    else expect(found).toMatch(value);
  });

  it('a text beyond the limit is not made', async () => {
    const it = await open({ 'm.dax': metrics(40, (i) => (i === 0 ? '"xxxxxxxxxx"' : `[m${String(i - 1)}] & [m${String(i - 1)}]`)) });
    expect(await it.value('LEN([m10])')).toBe('10240');
    expect(await it.value('LEN([m39])')).toBe('not evaluated: a text grows longer than 1,000,000 characters');
  });
});

describe('a table of many columns', () => {
  it('5,000 of them, read, declared and broken down by', async () => {
    const names = Array.from({ length: 5_000 }, (_, i) => `c${String(i)}`);
    const columns = names.map((it) => `      ${it}: { type: int64 }`).join('\n');
    const it = await open(
      { 'wide.csv': `${names.join(',')}\n${names.map((_, i) => i).join(',')}\n`, 'm.dax': 'Last = SUM(Wide[c4999])\n' },
      '{}', `  Wide:\n    source: wide.csv\n    columns:\n${columns}\n`,
    );
    expect(await it.allFindings()).toEqual({});
    expect(await it.value('[Last]')).toBe('4999');
    expect(await it.value('COUNTROWS(SUMMARIZECOLUMNS(Wide[c1], Wide[c2], "v", [Last]))')).toBe('1');
  });
});

describe('very long lists', () => {
  const numbers = Array.from({ length: 150_000 }, (_, i) => String(i % 10)).join(', ');
  it.each([
    [`COUNTROWS({ ${numbers} })`, '150000', []],
    [`CALCULATE(COUNTROWS(Good), Good[A] IN { ${numbers} })`, '2', Array.from({ length: 10 }, (_, i) => `${String(i)} stands in the list already.`)],
    [`SWITCH(5, ${Array.from({ length: 10_000 }, (_, i) => `${String(i)}, ${String(i * 2)}`).join(', ')})`, '10', []],
  ])('of 150,000 values or 10,000 branches: %#', async (expression, value, told) => {
    const it = await open({ 'm.dax': `M = ${expression}\n` });
    expect(await it.findings('m.dax')).toEqual(told.map((words) => expect.stringContaining(words) as string));
    expect(await it.value('[M]')).toBe(value);
  });
});

it.each(['[', ']', '[]', '[a', ']]', '"', "''"])('a query whose text is nothing but %s is evaluated at once', async (sign) => {
  const it = await open({});
  const text = sign.repeat(200_000).replaceAll('"', '""');
  expect(await within(10, () => it.value(`LEN("${text}")`))).toBe(String(text.replaceAll('""', '"').length));
});

it('a query of 20,000 EVALUATEs is read once, and each is answered', async () => {
  const count = 20_000;
  const it = await open({ 'q.dax': `${'EVALUATE ROW("v", [M]) '.repeat(count)}\n`, 'm.dax': 'M = COUNTROWS(Good)\n' });
  const results = await evaluateDocument(it.workspace, it.uri('q.dax'), { by: [], where: [] });
  expect(results).toHaveLength(count);
  expect(new Set(results.map(({ outcome }) => inWords(outcome)))).toEqual(new Set(['2']));
});

it('many queries of one job share what they read', async () => {
  const it = await open({ 'm.dax': metrics(500, (i) => `COUNTROWS(Good) + ${String(i)}`) });
  const view = await modelNamed(it.workspace);
  const results = await it.workspace.evaluate(view, Array.from({ length: 500 }, (_, i) => ({ query: `EVALUATE ROW("v", [m${String(i)}])` })));
  expect(results.map(inWords)).toEqual(Array.from({ length: 500 }, (_, i) => String(i + 2)));
  expect(it.workspace.work().scans).toBeLessThan(10);
});
