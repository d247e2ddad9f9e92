// `dax-metrics eval`: what is evaluated, in which context, and how values are written for programs and for people.
import { describe, expect, it } from 'vitest';
import { folder, model } from './cli.ts';

interface Entry {
  readonly name: string; readonly model: string | null; readonly columns?: readonly string[]; readonly types?: readonly string[];
  readonly rows?: readonly (readonly unknown[])[]; readonly error?: object; readonly notEvaluated?: object;
}
interface Results { readonly results: readonly Entry[] }

const metrics = 'Total = SUM(Sales[Amount])\n\n/// @format 0.0\nAverage = DIVIDE([Total], COUNTROWS(Sales))\n';
const files = { 'm.daxmodel.yaml': model, 'm.dax': metrics };
const range = (line: number, start: number, end: number): object => ({ start: { line, column: start }, end: { line, column: end } });

describe('a project without a clock, over a model without a date table', () => {
  it.each(['TODAY', 'NOW', 'UTCTODAY', 'UTCNOW'])('has no value of %s, and so no wrong one', (name) => {
    const it = folder({ 'm.daxmodel.yaml': 'name: shop\ntables:\n  Kind: { rows: [{ Id: 1 }] }\n' });
    expect(it.run('eval', '-m', 'shop', '-e', `${name}()`).stdout).toContain('not evaluated: the clock follows the dates of the data, and the model marks no table as its date table; give dax-metrics.json a clock, or the model a date table');
  });
});

describe('values of generated rows', () => {
  const bare = 'name: shop\ntables:\n  Sales: { generate: { rows: 7 }, columns: { Amount: { type: int64 } } }\n  Kind: { rows: [{ Id: 1 }] }\n';

  it('are marked in a table, noted on stderr, and a field of JSON', () => {
    const it = folder({ 'm.daxmodel.yaml': bare, 'm.dax': 'Rows = COUNTROWS(Sales)\n\nKinds = COUNTROWS(Kind)\n' });
    const note = 'dax-metrics: Sales: no source, so the rows are generated, and so are values that come from them\n';
    const people = it.run('eval', 'm.dax');
    expect(people.stdout).toMatch(/Rows +7 \(generated\) +shop\nKinds +1 +shop\n/);
    expect(people).toMatchObject({ status: 0, stderr: note });
    const { stdout, stderr } = it.run('eval', 'm.dax', '--format', 'json');
    const { results } = JSON.parse(stdout) as { readonly results: readonly { readonly name: string; readonly generated?: readonly string[] }[] };
    expect(results.map((entry) => [entry.name, entry.generated])).toEqual([['Rows', ['Sales']], ['Kinds', undefined]]);
    expect(stderr).toBe(note);
    expect(it.run('eval', 'm.dax', '--format', 'csv').stderr).toBe(note);
  });
});

describe('eval --format json', () => {
  it('has one entry for each metric, its column called by its name', () => {
    const { run } = folder(files);
    const { status, stdout, stderr } = run('eval', 'm.dax', '--format', 'json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      results: [
        { name: 'Total', model: 'shop', columns: ['Total'], types: ['int64'], rows: [[35]] },
        { name: 'Average', model: 'shop', columns: ['Average'], types: ['double'], rows: [[35 / 3]] },
      ],
    });
  });

  const values: readonly (readonly [string, string, unknown])[] = [
    ['1', 'int64', 1],
    ['1.5', 'double', 1.5],
    ['BLANK()', 'blank', null],
    ['TRUE', 'boolean', true],
    ['"a" & "b"', 'string', 'ab'],
    ['""', 'string', ''],
    ['9007199254740991', 'int64', 9007199254740991],
    ['9007199254740993', 'int64', '9007199254740993'],
    ['-9007199254740993', 'int64', '-9007199254740993'],
    ['9223372036854775807', 'int64', '9223372036854775807'],
    ['CURRENCY(1) / 0', 'decimal', 'Infinity'],
    ['1 / 0', 'double', 'Infinity'],
    ['-1 / 0', 'double', '-Infinity'],
    ['0 / 0', 'double', 'NaN'],
    ['DATE(2025, 3, 9)', 'dateTime', '2025-03-09T00:00:00'],
    ['dt"2025-03-09T13:45:07"', 'dateTime', '2025-03-09T13:45:07'],
    ['MAX(Sales[Day])', 'dateTime', '2025-03-03T00:00:00'],
  ];
  it('writes values of every type, the extreme ones too', () => {
    const it = folder({ ...files, 'v.dax': values.map(([dax], i) => `V${String(i)} = ${dax}`).join('\n\n') });
    expect(it.json<Results>('eval', 'v.dax', '--format', 'json').results.map(({ types, rows }, i) => [values[i]?.[0], types?.[0], rows?.[0]?.[0]])).toEqual(values);
    expect(it.json('eval', '-e', 'BLANK()', '--format', 'json')).toEqual({ results: [{ name: 'Value', model: 'shop', columns: ['Value'], types: ['blank'], rows: [[null]] }] });
  });

  it('writes decimals with all their digits', () => {
    const it = folder({ 'm.daxmodel.yaml': 'name: m\ntables:\n  T: { source: t.csv, columns: { D: { type: decimal } } }\n', 't.csv': 'D\n123456789012345.6789\n0.1\n' });
    expect(it.json<Results>('eval', '-q', 'EVALUATE T', '--format', 'json').results).toMatchObject([{ columns: ['T[D]'], types: ['decimal'], rows: [['123456789012345.6789'], [0.1]] }]);
  });

  it('has one entry for each EVALUATE, with the names that DAX gives its columns', () => {
    const query = 'DEFINE\n  MEASURE Sales[Twice] = [Total] * 2\nEVALUATE SUMMARIZECOLUMNS(Sales[Region], "t", [Twice]) ORDER BY Sales[Region] DESC\nEVALUATE ROW("x", [Twice])';
    expect(folder(files).json('eval', '-q', query, '--format', 'json')).toEqual({
      results: [
        { name: 'EVALUATE', model: 'shop', columns: ['Sales[Region]', '[t]'], types: ['string', 'int64'], rows: [['south', 10], ['north', 60]] },
        { name: 'EVALUATE', model: 'shop', columns: ['[x]'], types: ['int64'], rows: [[70]] },
      ],
    });
  });

  it('leaves the others as they are where one is an error or not evaluated, each with the range of its cause', () => {
    const it = folder({ ...files, 'f.dax': '2 + 3\n\nA = 1\n\nB = "x" + 1\n\nC = [Total] + CROSSFILTER(1)\n\nD = SUM(Sales[Amout])\n\nE = 1)\n\nF = [Total]\n' });
    const { status, stdout } = it.run('eval', 'f.dax', '--format', 'json');
    expect(status).toBe(1);
    const { results } = JSON.parse(stdout) as Results;
    expect(results.map((entry) => entry.name)).toEqual(['Value', 'A', 'B', 'C', 'D', 'E', 'F']);
    expect(results[0]).toMatchObject({ rows: [[5]] });
    expect(results[1]).toMatchObject({ rows: [[1]] });
    expect(results[2]).toEqual({ name: 'B', model: 'shop', error: { id: 'text-to-number', message: 'the text "x" is no number', range: range(5, 5, 12) } });
    expect(Object.keys(results[3]?.notEvaluated ?? {})).toEqual(['id', 'message', 'range']);
    expect(results[4]).toEqual({ name: 'D', model: 'shop', notEvaluated: { id: 'unresolved-name', message: 'Sales[Amout] is not known', range: range(9, 5, 22) } });
    expect(results[5]).toEqual({ name: 'E', model: 'shop', notEvaluated: { id: 'syntax-error', message: 'the definition has a syntax error', range: range(11, 6, 7) } });
    expect(results[6]).toMatchObject({ rows: [[35]] });
  });

  it('of a failing query says which part fails', () => {
    expect(folder(files).json('eval', '-q', 'EVALUATE Nowhere EVALUATE ROW("t", [Total])', '--format', 'json')).toEqual({
      results: [
        { name: 'EVALUATE', model: 'shop', notEvaluated: { id: 'unresolved-name', message: 'Nowhere is not known', range: range(1, 10, 17) } },
        { name: 'EVALUATE', model: 'shop', columns: ['[t]'], types: ['int64'], rows: [[35]] },
      ],
    });
  });

  it('of text without a model says so', () => {
    const it = folder({ 'm.dax': 'A = 1\n' });
    expect(it.json('eval', 'm.dax', '--format', 'json')).toMatchObject({ results: [{ name: 'A', model: null, notEvaluated: { id: 'no-model' } }] });
    expect(it.run('eval', '-e', '1').status).toBe(1);
  });
});

describe('text with a syntax error has no value', () => {
  it.each(['1), "b", (2', '1 2', '(1', '1 /* 2', '"a', '[Total', '1 + ', '1 }', '{ 1'])('%s', (text) => {
    const it = folder({ ...files, 't.dax': `${text}\n` });
    const { results } = it.json<Results>('eval', 't.dax', '-e', text, '--format', 'json');
    expect(results).toMatchObject([{ notEvaluated: { id: 'syntax-error' } }, { notEvaluated: { id: 'syntax-error' } }]);
  });

  it('nor has a filter that ends another', () => {
    expect(folder(files).run('eval', 'm.dax', '--where', 'Sales[Region] = "north") + (1').status).toBe(2);
    expect(folder(files).json<Results>('eval', 'm.dax', '--where', 'Sales[Region] = "north" // the north', '--format', 'json').results[0]).toMatchObject({ rows: [[30]] });
  });
});

describe('--by and --where', () => {
  it('break down and filter metrics and expressions, not queries', () => {
    const it = folder(files);
    expect(it.json('eval', 'm.dax', '-e', '[Total] + 1', '-m', 'shop', '--by', 'Sales[Region]', '--where', 'Sales[Amount] > 5', '--format', 'json')).toEqual({
      results: [
        { name: 'Value', model: 'shop', columns: ['Sales[Region]', 'Value'], types: ['string', 'int64'], rows: [['north', 31]] },
        { name: 'Total', model: 'shop', columns: ['Sales[Region]', 'Total'], types: ['string', 'int64'], rows: [['north', 30]] },
        { name: 'Average', model: 'shop', columns: ['Sales[Region]', 'Average'], types: ['string', 'double'], rows: [['north', 15]] },
      ].map((entry) => (entry.name === 'Value' ? expect.objectContaining({ name: 'Value', columns: entry.columns }) as object : entry)),
    });
    expect(it.json<Results>('eval', '-q', 'EVALUATE ROW("t", [Total])', '--where', 'Sales[Amount] > 5', '--format', 'json').results).toMatchObject([{ rows: [[35]] }]);
  });

  it('take columns separated by commas or repeated, quoted or not', () => {
    const it = folder(files);
    const wanted = { columns: ['Sales[Region]', 'Sales[Amount]', 'Total'], rows: [['north', 10, 10], ['north', 20, 20], ['south', 5, 5]] };
    for (const by of [['--by', 'Sales[Region],Sales[Amount]'], ['--by', 'Sales[Region]', '--by', "'Sales'[Amount]"]]) {
      expect(it.json<Results>('eval', 'm.dax', ...by, '--format', 'json').results[0]).toMatchObject(wanted);
    }
  });

  it('take several filters, which all hold', () => {
    expect(folder(files).json<Results>('eval', 'm.dax', '--where', 'Sales[Region] = "north"', '--where', 'Sales[Amount] > 10', '--format', 'json').results[0]).toMatchObject({ rows: [[20]] });
  });

  it('leave out groups without a value, and show a lone BLANK', () => {
    const it = folder({ ...files, 'b.dax': 'Big = IF([Total] > 10, [Total])\n' });
    expect(it.json<Results>('eval', 'b.dax', '--by', 'Sales[Region]', '--format', 'json').results[0]).toMatchObject({ rows: [['north', 30]] });
    expect(it.json<Results>('eval', 'b.dax', '--where', 'Sales[Region] = "south"', '--format', 'json').results[0]).toMatchObject({ rows: [[null]] });
  });

  it('name what is not known', () => {
    const it = folder(files);
    expect(it.run('eval', 'm.dax', '--by', 'Sales[Nope]')).toMatchObject({ status: 1, stdout: expect.stringContaining('not evaluated: Sales[Nope] is not known') as string });
    expect(it.run('eval', 'm.dax', '--where', 'Sales[Nope] = 1')).toMatchObject({ status: 1, stdout: expect.stringContaining('not evaluated: Sales[Nope] is not known') as string });
  });
});

describe('what is evaluated', () => {
  it('-f reads a file of metrics, expressions and queries that belongs to no model by its place', () => {
    const it = folder({ ...files, '../f.dax': '\ufeffTwice = [Total] * 2\n\n[Twice] + 1\n\nEVALUATE ROW("x", [Twice])\n' });
    expect(it.json<Results>('eval', '-f', '../f.dax', '--format', 'json').results.map((entry) => [entry.name, entry.rows])).toEqual([
      ['Twice', [[70]]], ['Value', [[71]]], ['EVALUATE', [[70]]],
    ]);
  });

  it('pages, folders and globs too', () => {
    const it = folder({ ...files, 'docs/p.md': '# P\n\n```dax\nHalf = [Total] / 2\n```\n' });
    const names = (...args: readonly string[]): readonly string[] => it.json<Results>('eval', ...args, '--format', 'json').results.map((entry) => entry.name);
    expect(names('docs')).toEqual(['Half']);
    expect(names('.')).toEqual(['Half', 'Total', 'Average']);
    expect(names('*.dax', 'docs/*.md')).toEqual(['Total', 'Average', 'Half']);
  });

  it('an expression that is a table is a result as it stands', () => {
    expect(folder(files).json('eval', '-e', 'VALUES(Sales[Region])', '--format', 'json')).toEqual({
      results: [{ name: 'Value', model: 'shop', columns: ['Sales[Region]'], types: ['string'], rows: [['north'], ['south']] }],
    });
  });
});

describe('eval for people', () => {
  it('sets metrics side by side in their formats, and a breakdown by itself', () => {
    const it = folder(files);
    expect(it.run('eval', 'm.dax').stdout).toBe('Metric   Value  Model\n───────  ─────  ─────\nTotal       35  shop\nAverage   11.7  shop\n');
    expect(it.run('eval', 'm.dax', '--by', 'Sales[Region]').stdout).toContain('Total (shop)\nSales[Region]  Total\n─────────────  ─────\nnorth             30\nsouth              5\n');
  });

  it('--trace tells what it cost, on stderr', () => {
    const { stdout, stderr } = folder(files).run('eval', 'm.dax', '--format', 'json', '--trace');
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
    expect(stderr).toMatch(/^\d+ scans in \d+ waves\n$/);
  });
});

describe('eval --format csv', () => {
  it('has a header and a row a group', () => {
    expect(folder(files).run('eval', 'm.dax', '--by', 'Sales[Region]', '--format', 'csv').stdout).toBe(
      'Sales[Region],Total\nnorth,30\nsouth,5\n\nSales[Region],Average\nnorth,15\nsouth,5\n',
    );
  });
});
