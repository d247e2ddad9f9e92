// `npm run corpus -- FILE`: what it counts, what it tells, and how it ends.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CorpusEntry } from '../reference/rebuild.ts';
import { readCorpus } from './read.ts';
import { report, runCorpus } from './run.ts';

const entry = (object: string, expression: string, kind = 'measure'): CorpusEntry => ({ repo: 'shop', file: 'model.bim', table: 'Sales', object, kind, expression });

const good = [
  entry('Amount', 'SUM(Sales[Net])'),
  entry('Share', 'VAR all = CALCULATE([Amount], ALL(Sales))\nRETURN DIVIDE([Amount], all)'),
  entry('Is big', 'Sales[Net] > 100', 'calculatedColumn'),
  entry('Text.Half', '(\n  x : STRING, // what\n) =>\n  LEFT(x, LEN(x) / 2)', 'function'),
  entry('by color', 'DEFINE MEASURE Sales[m] = [Amount] * 2\nEVALUATE SUMMARIZECOLUMNS(Product[Color], "m", [m])\nORDER BY [m] DESC', 'query'),
  entry('definitions', 'Twice = [Amount] * 2\n\nHalf = [Twice] / 4', 'daxFile'),
];
const bad = [
  entry('Open', 'SUM(Sales[Net]'), entry('Two', '1 +\n  2 3'), entry('No row', 'Sales[Net] = 1'), entry('Comma', '1,5'),
  entry('Open function', '(x) =>\n  LEFT(x', 'function'),
];

describe('the outcome', () => {
  it('of expressions, functions, queries and files that are right is that they are bound', () => {
    expect(runCorpus(good).map((it) => [it.entry.object, it.verdict, it.faults])).toEqual(good.map((it) => [it.object, 'bound', []]));
  });

  it('of others is what is wrong, and where', () => {
    expect(runCorpus(bad).map((it) => [it.entry.object, it.verdict, it.faults.map((fault) => [fault.at, fault.rule])])).toEqual([
      ['Open', 'not parsed', [[3, 'unclosed-bracket']]],
      ['Two', 'not parsed', [[8, 'unexpected-token']]],
      ['No row', 'not bound', [[0, 'no-row-context']]],
      ['Comma', 'no DAX', [[1, 'local-separators']]],
      ['Open function', 'not parsed', [[13, 'unclosed-bracket']]],
    ]);
  });

  it('is told by file, with every error and its place, and in sum', () => {
    expect(report(runCorpus([...good, ...bad])).split('\n')).toEqual([
      'shop/model.bim: 7 of 11 parsed, 6 bound, 1 no DAX',
      '',
      'Errors:',
      '  shop/model.bim Sales[Open] 1:4 unclosed-bracket: This ( is never closed.',
      '    SUM(Sales[Net]',
      '  shop/model.bim Sales[Two] 2:5 unexpected-token: Unexpected 3.',
      '    2 3',
      expect.stringMatching(/^ {2}shop\/model\.bim Sales\[No row\] 1:1 no-row-context: /),
      '    Sales[Net] = 1',
      '  shop/model.bim Sales[Open function] 2:7 unclosed-bracket: This ( is never closed.',
      '    LEFT(x',
      '',
      'What no DAX engine would accept:',
      expect.stringMatching(/^ {2}shop\/model\.bim Sales\[Comma\] 1:2 local-separators: /),
      '    1,5',
      expect.stringContaining('decimal commas'),
      '',
      '11 expressions of 1 files: 7 of 11 parsed, 6 bound, 1 no DAX',
    ]);
  });
});

describe('a corpus file', () => {
  const read = (text: string) => readCorpus(() => text);

  it('is a list of entries', () => {
    expect(read(JSON.stringify(good))).toEqual(good);
    expect(read(`\ufeff${JSON.stringify([{ ...good[0], table: undefined, more: 1 }])}`)).toEqual([{ ...good[0], table: null }]);
  });

  it.each([
    ['{', /^no JSON: /], ['{}', /^a list of expressions is wanted/], ['[]', /^holds no expression$/], ['[1]', /^entry 1: an object is wanted$/],
    [JSON.stringify([good[0], { ...good[1], expression: 5 }]), /^entry 2: expression must be text$/], [JSON.stringify([{ ...good[0], table: 5 }]), /^entry 1: table must be text or null$/],
  ])('that is none is told: %s', (text, expected) => {
    expect(read(text)).toMatch(expected);
  });
});

describe('the command', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dax-metrics-corpus-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.resolve(import.meta.dirname, '../../scripts/corpus.mjs'), ...args], { encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const file = (name: string, content: unknown): string => {
    const target = path.join(folder, name);
    writeFileSync(target, JSON.stringify(content));
    return target;
  };

  it('ends with 0 when all is fine, what no engine accepts included', () => {
    expect(run(file('good.json', [...good, entry('Comma', '1,5')]))).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('6 of 7 parsed, 6 bound, 1 no DAX') });
  });

  it('ends with 1 when something does not parse or bind', () => {
    expect(run(file('bad.json', bad))).toMatchObject({ status: 1, stderr: '' });
  });

  it('ends with 2 when the file is none, or there is not one', () => {
    expect(run()).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('npm run corpus -- FILE') });
    expect(run(path.join(folder, 'nowhere.json'))).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('nowhere.json: there is no such file') });
    expect(run(file('none.json', {}))).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('a list of expressions is wanted') });
  });
});
