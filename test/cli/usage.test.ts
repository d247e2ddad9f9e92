// How the command line is used: exit codes, what goes to stdout, which paths mean what.
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bin, folder, model } from './cli.ts';

const good = 'Total = SUM(Sales[Amount])\n';
const wrong = 'Wrong = SUM(Sales[Amout])\n';
const files = { 'm.daxmodel.yaml': model, 'm.dax': good };

interface Row { readonly file: string; readonly rule: string; readonly model: string | null }

describe('wrong use', () => {
  it.each([
    [[], 'Usage: dax-metrics'],
    [['nonsense'], "unknown command 'nonsense'"],
    [['check', '--nonsense'], "unknown option '--nonsense'"],
    [['check', '--format', 'xml'], 'Allowed choices are stylish, json, sarif, github.'],
    [['check', '--max-warnings', 'many'], 'a whole number is wanted'],
    [['check', '--max-warnings', '-1'], 'a whole number is wanted'],
    [['check', '--only', 'unknown-colum'], '--only unknown-colum is no rule or category; did you mean unknown-column?'],
    [['check', '--root', 'nowhere'], '--root nowhere is no folder'],
    [['check', '--root', 'm.dax'], '--root m.dax is no folder'],
    [['check', '-m', 'nowhere'], 'there is no model nowhere; known: shop'],
    [['check', 'nowhere.dax'], 'no file matches nowhere.dax'],
    [['check', '*.none'], 'no file matches *.none'],
    [['check', 'm.dax', 'nowhere.dax'], 'no file matches nowhere.dax'],
    [['check', 'data.csv'], 'no metric file, page or model matches data.csv'],
    [['check', 'empty'], 'no metric file, page or model found'],
    [['test', 'nowhere.dax'], 'no file matches nowhere.dax'],
    [['test', '--format', 'sarif'], 'Allowed choices are stylish, json, junit.'],
    [['eval'], 'name files to evaluate, or give -e, -q or -f'],
    [['eval', '-e', '1', '-q', 'EVALUATE Sales'], '-e, -q and -f cannot be combined'],
    [['eval', '-f', 'nowhere.dax'], 'nowhere.dax cannot be read'],
    [['eval', '-e', '1', '-m', 'nowhere'], 'there is no model nowhere; known: shop'],
    [['eval', '-q', ''], 'no metric, expression or query found'],
    [['eval', 'page.md'], 'no metric, expression or query found'],
    [['eval', 'm.dax', '--by', 'Sales'], '--by Sales is no column; write Table[Column]'],
    [['eval', 'm.dax', '--by', 'Sales[Region'], '--by Sales[Region is no column; write Table[Column]'],
    [['eval', 'm.dax', '--where', 'Sales[Region] ='], '--where Sales[Region] = cannot be read; write Table[Column] = value'],
    [['eval', 'm.dax', '--where', 'TRUE), ROW("x", 1'], 'cannot be read'],
    [['lsp'], "required option '--stdio' not specified"],
  ])('%j ends with 2, says why on stderr, and writes no data', (args, why) => {
    const { status, stdout, stderr } = folder({ ...files, 'data.csv': 'a\n1\n', 'page.md': '# Page\n', 'empty/x.txt': '' }).run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(why);
    expect(stdout).toBe('');
  });
});

it('help and version are data, and fine', () => {
  const { run } = folder({});
  expect(run('--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string, stderr: '' });
  for (const args of [['--help'], ['check', '--help'], ['eval', '--help'], ['test', '--help']]) {
    expect(run(...args)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Usage: dax-metrics/) as string, stderr: '' });
  }
});

it('a fault of ours ends with 3 and says that it is ours', () => {
  const { root } = folder(files);
  const broken = 'data:text/javascript,JSON.stringify=()=>{throw new TypeError("broken")}';
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', broken, bin, 'check', '--format', 'json'], { cwd: root, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
  expect(stderr).toMatch(/^dax-metrics: this is our own fault, please report it:\nTypeError: broken/);
});

it('so does one of the engine, whose results are told all the same', () => {
  const { root } = folder(files);
  const broken = 'data:text/javascript,import{isMainThread}from"node:worker_threads";if(!isMainThread)Atomics.load=()=>{throw new TypeError("broken")}';
  const { status, stdout } = spawnSync(process.execPath, ['--import', broken, bin, 'eval', 'm.dax', '--format', 'json'], { cwd: root, encoding: 'utf8' });
  expect(status).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ results: [{ name: 'Total', notEvaluated: { id: 'internal' } }] });
});

it('a reader that leaves early is no fault', () => {
  const { root } = folder({ ...files, 'm.dax': Array.from({ length: 20_000 }, (_, i) => `M${String(i)} = Nowhere[x]`).join('\n\n') });
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; "${process.execPath}" "${bin}" check --format json | head -c 10`], { cwd: root, encoding: 'utf8' });
  expect(stdout).toHaveLength(10);
  expect(stderr).toBe('');
  expect(status).toBe(1);
});

describe('paths', () => {
  const project = {
    ...files, 'w.dax': wrong, 'sub/x.dax': wrong, 'sub/p.md': '```dax\nP = SUM(Sales[Amout])\n```\n', 'sub/plain.md': 'no DAX\n',
    'node_modules/n/n.dax': wrong, '.hidden/h.dax': wrong, 'sub/data.csv': 'a\n1\n',
  };
  const checked = (...args: readonly string[]): readonly string[] =>
    [...new Set(folder(project).json<readonly Row[]>('check', '--format', 'json', ...args).map((it) => it.file))];

  it.each([
    [[], ['sub/p.md', 'sub/x.dax', 'w.dax']],
    [['.'], ['sub/p.md', 'sub/x.dax', 'w.dax']],
    [['sub'], ['sub/p.md', 'sub/x.dax']],
    [['sub/'], ['sub/p.md', 'sub/x.dax']],
    [['w.dax'], ['w.dax']],
    [['w.dax', './w.dax', 'w.dax'], ['w.dax']],
    [['*.dax'], ['w.dax']],
    [['**/*.dax'], ['sub/x.dax', 'w.dax']],
    [['sub/*'], ['sub/p.md', 'sub/x.dax']],
    [['{w,sub/x}.dax'], ['w.dax', 'sub/x.dax']],
    [['sub/p.md', 'w.dax'], ['sub/p.md', 'w.dax']],
  ])('%j', (args, expected) => {
    expect([...checked(...args)].sort()).toEqual([...expected].sort());
  });

  it('that hold the signs of globs are files first', () => {
    const { json } = folder({ ...files, 'a[1].dax': wrong });
    expect(json<readonly Row[]>('check', '--format', 'json', 'a[1].dax').map((it) => it.file)).toEqual(['a[1].dax']);
  });

  it('are shown relative to the root, with slashes, decoded', () => {
    const { json } = folder({ ...files, 'a b/ü%20#.dax': wrong });
    expect(json<readonly Row[]>('check', '--format', 'json', 'a b').map((it) => it.file)).toEqual(['a b/ü%20#.dax']);
  });

  it('with --root are seen from there', () => {
    const it = folder({ 'p/m.daxmodel.yaml': model, 'p/w.dax': wrong, 'other/m.daxmodel.yaml': 'name: other\n', 'x.dax': wrong });
    expect(it.json<readonly Row[]>('check', '--root', 'p', '--format', 'json').map((row) => row.file)).toEqual(['w.dax']);
    expect(it.json<readonly Row[]>('check', '--root', 'p', '--format', 'json', '.').map((row) => row.file)).toEqual(['w.dax']);
    expect(it.json<readonly Row[]>('check', '--root', 'p', '--format', 'json', 'w.dax')).toMatchObject([{ file: 'w.dax', model: 'shop' }]);
    // What is not there may be in the current folder.
    expect(it.json<readonly Row[]>('check', '--root', 'p', '--format', 'json', 'x.dax')).toMatchObject([{ file: '../x.dax', model: 'shop' }]);
  });

  it('through a link to a folder of the project are read once', () => {
    const it = folder(project);
    symlinkSync('.', path.join(it.root, 'self'));
    expect(it.json<readonly Row[]>('check', '--format', 'json').filter((row) => row.rule === 'unknown-column').map((row) => row.file)).toEqual(['sub/p.md', 'sub/x.dax', 'w.dax']);
  });
});

describe('a path outside the root', () => {
  const outside = {
    ...files,
    '../o/o.dax': 'Double = [Total] * 2\n\n/// @expect 71\nMore = [Double] + 1\n\nWrong = [Totl]\n',
    '../o/p.md': '```dax\nDouble = [Total] * 2\n```\n\n```dax\nX = [Double] + [Nobody]\n```\n',
  };

  it.each([['../o/o.dax'], ['../o/*.dax']])('%s has the project and the models of the root, and its own metrics', (file) => {
    const it = folder(outside);
    expect(it.json<readonly Row[]>('check', '--format', 'json', file)).toMatchObject([{ file: '../o/o.dax', rule: 'unknown-measure', model: 'shop' }]);
    expect(it.run('test', file)).toMatchObject({ status: 0, stdout: expect.stringContaining('1 passed, 0 failed') as string });
    expect(it.json<{ results: readonly unknown[] }>('eval', '--format', 'json', file).results.slice(0, 2)).toMatchObject([{ rows: [[70]] }, { rows: [[71]] }]);
  });

  it('that is a folder has them too', () => {
    const rows = folder(outside).json<readonly Row[]>('check', '--format', 'json', '../o');
    expect(rows).toMatchObject([{ file: '../o/o.dax', rule: 'unknown-measure', model: 'shop' }, { file: '../o/p.md', rule: 'unknown-measure', model: 'shop' }]);
  });

  it('that repeats metrics of the model is no double of them', () => {
    const it = folder({ ...files, '../o/copy.dax': `${good}\nMore = [Total] + 1\n` });
    expect(it.run('check', '../o/copy.dax', '.')).toMatchObject({ status: 0 });
    expect(it.run('check', '../o')).toMatchObject({ status: 0 });
  });

  it('that has a project of its own keeps it', () => {
    const it = folder({ ...files, '../o/m.daxmodel.yaml': 'name: own\ntables: { T: { rows: [{ x: 1 }] } }\n', '../o/o.dax': 'A = SUM(T[x])\n\nB = SUM(Sales[Amount])\n' });
    expect(it.json<readonly Row[]>('check', '--format', 'json', '../o')).toMatchObject([{ file: '../o/o.dax', model: 'own' }]);
  });

  it('that a project leaves out is no part of its folder', () => {
    const it = folder({
      ...files, 'drafts/d.dax': wrong, 'drafts/p.md': '```dax\nP = (\n```\n', 'drafts/x.daxmodel.yaml': 'nme: x\n', 'sub/dax-metrics.json': '{ "exclude": ["old"] }', 'sub/old/o.dax': wrong,
      'dax-metrics.json': '{ "exclude": ["drafts/**"] }',
    });
    expect(it.json<readonly Row[]>('check', '--format', 'json')).toEqual([]);
  });

  it('that was excluded is checked when it is named', () => {
    const it = folder({ ...files, 'drafts/d.dax': `${good}\nMine = [Totl]\n\nYours = [Mine] + 1\n`, 'dax-metrics.json': '{ "exclude": ["drafts/**"] }' });
    expect(it.json<readonly Row[]>('check', '--format', 'json')).toEqual([]);
    expect(it.json<readonly Row[]>('check', '--format', 'json', 'drafts/d.dax')).toMatchObject([{ file: 'drafts/d.dax', rule: 'unknown-measure' }]);
  });
});

describe('-m', () => {
  const two = {
    'a.daxmodel.yaml': model, 'b.daxmodel.yaml': model.replace('shop', 'other').replaceAll('Amount', 'Sum'),
    'm.dax': 'Total = SUM(Sales[Sum])\n', 'p.md': '```dax model=shop\nT = SUM(Sales[Amount])\n```\n\n```dax\nT = SUM(Sales[Sum])\n```\n',
  };

  it('names the model of text whose model nothing else tells, in any case', () => {
    const it = folder(two);
    expect(it.json<readonly Row[]>('check', '--format', 'json', 'm.dax')).toMatchObject([{ rule: 'model-unknown' }]);
    expect(it.json<readonly Row[]>('check', '-m', 'OTHER', '--format', 'json', 'm.dax', 'p.md')).toEqual([]);
    expect(it.json<{ results: readonly unknown[] }>('eval', '-m', 'other', '-e', 'SUM(Sales[Sum])', '--format', 'json').results).toMatchObject([{ model: 'other', rows: [[35]] }]);
  });

  it('is asked for where several models could be meant', () => {
    expect(folder(two).run('eval', '-e', '1')).toMatchObject({ status: 2, stderr: 'dax-metrics: several models are known, name one with -m: shop, other\n' });
  });
});
