// `dax-metrics test`: expectations held against the data, and written anew.
import { describe, expect, it } from 'vitest';
import { folder, model } from './cli.ts';

interface Row {
  readonly file: string; readonly line: number; readonly column: number; readonly metric: string; readonly model: string | null; readonly expectation: string;
  readonly state: string; readonly expected: string; readonly actual: string; readonly details: readonly string[];
}

const passing = '/// @expect 35\n/// @expect 30 where Sales[Region] = "north"\nTotal = SUM(Sales[Amount])\n';
const failing = '/// @expect 34\n/// @expect 30 where Sales[Region] = "north"\n/// @expect = [Half] by Sales[Region]\nTotal = SUM(Sales[Amount])\n\nHalf = DIVIDE([Total], 2)\n';
const files = (text: string): Record<string, string> => ({ 'm.daxmodel.yaml': model, 'm.dax': text });

describe('test', () => {
  it('passes with 0, fails with 1, and says what came instead', () => {
    expect(folder(files(passing)).run('test')).toEqual({ status: 0, stdout: '✓ m.dax 2 expectations\n\n2 passed, 0 failed\n', stderr: '' });
    const { status, stdout, stderr } = folder(files(failing)).run('test');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toContain('✗ Total 1:5  @expect 34\n      expected 34, got 35\n');
    expect(stdout).toContain('1 passed, 2 failed\n');
  });

  it('passes where nothing is expected', () => {
    expect(folder(files('Total = 1\n')).run('test')).toMatchObject({ status: 0, stdout: expect.stringContaining('0 passed, 0 failed') as string });
  });

  it('--format json has a record for each expectation', () => {
    const { stdout } = folder(files(failing)).run('test', '--format', 'json');
    const rows = JSON.parse(stdout) as readonly Row[];
    expect(rows.map((it) => [it.file, it.line, it.column, it.metric, it.model, it.expectation, it.state])).toEqual([
      ['m.dax', 1, 5, 'Total', 'shop', '@expect 34', 'failed'],
      ['m.dax', 2, 5, 'Total', 'shop', '@expect 30 where Sales[Region] = "north"', 'passed'],
      ['m.dax', 3, 5, 'Total', 'shop', '@expect = [Half] by Sales[Region]', 'failed'],
    ]);
    expect(rows[0]).toMatchObject({ expected: '34', actual: '35', details: [] });
    expect(rows[2]?.details).toHaveLength(2);
  });

  it('an error, a missing value and an unknown model fail', () => {
    const it = folder(files('/// @expect 1\nA = "x" + 1\n\n/// @expect 1\nB = CROSSFILTER(1)\n\n/// @expect 1\nC = (\n'));
    expect(it.run('test')).toMatchObject({ status: 1, stdout: expect.stringContaining('0 passed, 3 failed') as string });
    expect(folder({ 'm.dax': '/// @expect 1\nA = 1\n' }).run('test')).toMatchObject({ status: 1, stdout: expect.stringContaining('no model is known') as string });
  });

  it('a tag that ends its own bracket is no expectation that holds', () => {
    const tags = ['@expect = [Total]), "b", (1', '@expect 35 where TRUE), 1), ROW("x", (1', '@expect = [Total] by Sales[Region), Sales[Amount'];
    for (const tag of tags) {
      const { status, stdout } = folder(files(`/// ${tag}\nTotal = SUM(Sales[Amount])\n`)).run('test');
      expect({ tag, passed: status === 0 && stdout.includes('1 passed') }).toEqual({ tag, passed: false });
    }
  });
});

describe('expectations of generated rows', () => {
  it('are named, on stderr and in JSON', () => {
    const it = folder({
      'm.daxmodel.yaml': 'name: shop\ntables:\n  Sales: { generate: { rows: 7 }, columns: { Amount: { type: int64 } } }\n  Kind: { rows: [{ Id: 1 }] }\n',
      'm.dax': '/// @expect 7\nRows = COUNTROWS(Sales)\n\n/// @expect 1\n/// @expect = [Rows] - 6\nKinds = COUNTROWS(Kind)\n',
    });
    const note = 'dax-metrics: Sales: no source, so the rows are generated, and 2 tags are held against them\n';
    expect(it.run('test')).toMatchObject({ status: 0, stderr: note });
    const { stdout, stderr } = it.run('test', '--format', 'json');
    expect((JSON.parse(stdout) as readonly { readonly generated?: readonly string[] }[]).map((row) => row.generated)).toEqual([['Sales'], undefined, ['Sales']]);
    expect(stderr).toBe(note);
  });

  it('have their values marked: of failures, of comparisons, of what is pinned', () => {
    const it = folder({
      'm.daxmodel.yaml': 'name: shop\ntables:\n  Sales: { generate: { rows: 7 }, columns: { Amount: { type: int64, generate: { values: [1] } } } }\n',
      'm.dax': '/// @expect 8\n/// @compare [Total] by Sales[Amount]\nRows = COUNTROWS(Sales)\nTotal = SUM(Sales[Amount]) + 1\n',
    });
    const { stdout } = it.run('test');
    expect(stdout).toContain('expected 8, got 7 (generated)\n');
    expect(stdout).toContain('@compare [Total] by Sales[Amount] (generated)\n');
    expect(it.run('test', '--format', 'junit').stdout).toContain('<failure message="expected 8, got 7 (generated)">');
    expect(it.run('test', '--update').stdout).toContain('expected 8, now 7 (generated)\n');
  });
});

describe('test --update', () => {
  it('writes the computed values over those that fail, shows the difference, and passes', () => {
    const it = folder(files('/// @expect 34\n/// @expect 1.23 where Sales[Region] = "north"\n/// @expect 35\nTotal = SUM(Sales[Amount])\r\n'));
    const { status, stdout } = it.run('test', '--update');
    expect(status).toBe(0);
    expect(stdout).toContain('expected 34, now 35');
    expect(stdout).toContain('1 passed, 0 failed, 2 updated');
    expect(it.read('m.dax')).toBe('/// @expect 35\n/// @expect 30 where Sales[Region] = "north"\n/// @expect 35\nTotal = SUM(Sales[Amount])\r\n');
    expect(it.run('test').status).toBe(0);
  });

  it('leaves what cannot be written as a value, and fails', () => {
    const text = '/// @expect 1\nA = CROSSFILTER(1)\n';
    const it = folder(files(text));
    expect(it.run('test', '--update').status).toBe(1);
    expect(it.read('m.dax')).toBe(text);
  });

  it('touches no file whose expectations hold', () => {
    const it = folder(files(passing));
    it.run('test', '--update');
    expect(it.read('m.dax')).toBe(passing);
  });
});

describe('test --format junit', () => {
  it('is XML with a case for each expectation, whatever text it holds', () => {
    const it = folder(files('/// @expect "<&]]>\u0007" where Sales[Region] = "\\"" // no text\n/// @expect "<b> & \'x\' ]]>"\nA<&>"b" = "x"\n'));
    const { stdout } = it.run('test', '--format', 'junit');
    expect(stdout).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites tests="\d" failures="\d" time="[\d.]+">/);
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    expect(stdout.replace(/<\/?(?:\?xml|testsuites?|testcase|failure)(?: [\w-]+="[^"<]*")*\s*[/?]?>/g, '')).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|#10|#13);)/);
  });
});
