// Model files that circle, repeat names, bring in what they may not, or hold what nobody would write.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { megabytes, openProject, type Files, type Project } from './project.ts';

const good = '  Good: { source: good.csv, columns: { A: { type: int64 } } }\n';

/** A project of one model `m` with the table Good and what is given besides. */
const open = (tables: string, files: Files = {}, prepare?: (root: string) => void): Promise<Project> =>
  openProject({ 'm.daxmodel.yaml': `name: m\ntables:\n${good}${tables}`, 'good.csv': 'A\n1\n2\n', ...files }, prepare);

describe('a circle', () => {
  it('of metrics is told at each of its references, and spoils those that read it', async () => {
    const it = await open('', { 'm.dax': 'A = [B] + 1\n\nB = 2 * [A]\n\nReader = [A] + 0\n\nSelf = [Self]\n\nFine = COUNTROWS(Good)\n' });
    expect(await it.allFindings()).toEqual({
      'm.dax': [
        '1:5 error[circular-dependency] The definition depends on itself: [A] → [B] → [A].',
        '3:9 error[circular-dependency] The definition depends on itself: [B] → [A] → [B].',
        '7:8 error[circular-dependency] The definition depends on itself: [Self] → [Self].',
      ],
    });
    expect(await it.value('[Reader]')).toBe('not evaluated: it depends on itself: [A] → [B] → [A]');
    expect(await it.value('[Self]')).toBe('not evaluated: it depends on itself: [Self] → [Self]');
    expect(await it.value('[Fine]')).toBe('2');
  });

  it('of calculated tables is told at each of its references, and nowhere else', async () => {
    const it = await open('  X: { dax: "FILTER(Y, TRUE)" }\n  Y:\n    dax: |\n      VALUES(X)\n  Reader: { dax: "FILTER(X, TRUE)" }\n');
    expect(await it.allFindings()).toEqual({
      'm.daxmodel.yaml': [
        '4:21 error[circular-dependency] The definition depends on itself: X → Y → X.',
        '7:14 error[circular-dependency] The definition depends on itself: Y → X → Y.',
      ],
    });
    expect(await it.value('COUNTROWS(X)')).toBe('not evaluated: it depends on itself: X → Y → X');
    expect(await it.value('COUNTROWS(Reader)')).toBe('not evaluated: it depends on itself: X → Y → X');
    expect(await it.value('COUNTROWS(Good)')).toBe('2');
  });

  it('of calculated columns leaves the table its other columns', async () => {
    const it = await open('  V: { dax: "FILTER(Good, TRUE)", columns: { C: { dax: "V[D] + 1" }, D: { dax: "V[C]" } } }\n');
    expect((await it.findings('m.daxmodel.yaml')).map((finding) => finding.replace(/: .*/, ''))).toEqual([
      '4:58 error[circular-dependency] The definition depends on itself', '4:82 error[circular-dependency] The definition depends on itself',
    ]);
    expect(await it.value('COUNTROWS(V)')).toBe('2');
    expect(await it.value('SUM(V[A])')).toBe('3');
    expect(await it.value('SUM(V[C])')).toMatch(/^not evaluated: it depends on itself: /);
  });

  it('of a calculated table and a metric is told where the table reads the metric', async () => {
    const it = await open('  X: { dax: "FILTER(Good, Good[A] < [M])" }\n', { 'm.dax': 'M = COUNTROWS(X)\n' });
    expect(await it.allFindings()).toEqual({
      'm.daxmodel.yaml': ['4:37 error[circular-dependency] The definition depends on itself: X → X.'],
    });
    expect(await it.value('[M]')).toMatch(/^not evaluated: it depends on itself: /);
    expect(await it.value('COUNTROWS(Good)')).toBe('2');
  });

  it('of models that extend each other is told at each extends', async () => {
    const it = await open('', {
      'a.daxmodel.yaml': 'name: a\nextends: b.daxmodel.yaml\n',
      'b.daxmodel.yaml': 'name: b\nextends: a.daxmodel.yaml\n',
      'c.daxmodel.yaml': 'name: c\nextends: c.daxmodel.yaml\n',
    });
    expect(await it.allFindings()).toEqual({
      'a.daxmodel.yaml': ['2:10 error[model-cycle] A circle of models: a.daxmodel.yaml → b.daxmodel.yaml → a.daxmodel.yaml.'],
      'b.daxmodel.yaml': ['2:10 error[model-cycle] A circle of models: b.daxmodel.yaml → a.daxmodel.yaml → b.daxmodel.yaml.'],
      'c.daxmodel.yaml': ['2:10 error[model-cycle] A circle of models: c.daxmodel.yaml → c.daxmodel.yaml.'],
    });
    expect(await it.value('COUNTROWS(Good)', 'm')).toBe('2');
  });

  it('of 10,000 metrics is told in short lines, in the time of 10,000 metrics', async () => {
    const count = 10_000;
    const text = Array.from({ length: count }, (_, i) => `m${String(i)} = [m${String((i + 1) % count)}] + 1`).join('\n\n');
    const it = await open('', { 'm.dax': `${text}\n\nFine = COUNTROWS(Good)\n` });
    const found = await it.findings('m.dax');
    expect(found).toHaveLength(count);
    expect(found[5]).toBe('11:6 error[circular-dependency] The definition depends on itself: [m5] → [m6] → … → [m5].');
    expect(await it.value('[Fine]')).toBe('2');
  });
});

describe('a name that stands twice', () => {
  it('as a metric, in any case and any form, is told at every definition after the first, which counts', async () => {
    const it = await open('', { 'a.dax': 'M = 1\n\nm = 2\n', 'b.dax': 'MEASURE Good[M] = 3\n' });
    expect(await it.allFindings()).toEqual({
      'a.dax': ['3:1 error[duplicate-definition] m is defined more than once in the model m.'],
      'b.dax': ['1:13 error[duplicate-definition] M is defined more than once in the model m.'],
    });
    expect(await it.value('[M]')).toBe('1');
  });

  it.each([
    ['table', '  good: { rows: [] }\n', '', '4:3 error[model-duplicate-name] Table good exists more than once.'],
    ['column', '  T: { rows: [], columns: { A: {}, a: {} } }\n', '', '4:36 error[model-duplicate-name] Column T[a] exists more than once.'],
    ['choice', '', 'choices:\n  c: { 1: x }\n  C: { 1: z }\n', '6:3 error[model-duplicate-name] Choice C exists more than once.'],
    ['code', '', 'choices:\n  c: { 1: x, 1: y }\n', '5:14 error[model-duplicate-name] Key 1 exists more than once.'],
    ['key', '', 'tables: {}\n', '4:1 error[model-duplicate-name] Key tables exists more than once.'],
  ])('as a %s is told at the second, and the first counts', async (_, tables, more, finding) => {
    const it = await open(`${tables}${more}`);
    expect(await it.allFindings()).toEqual({ 'm.daxmodel.yaml': [finding] });
    expect(await it.value('COUNTROWS(Good)')).toBe('2');
  });

  it('as a model is told at the second', async () => {
    const it = await open('', { 'z.daxmodel.yaml': 'name: M\n' });
    expect(await it.findings('z.daxmodel.yaml')).toEqual(['1:7 error[model-duplicate-name] Model M exists more than once.']);
    expect(await it.value('COUNTROWS(Good)', 'm')).toBe('2');
  });
});

describe('a file that a model takes in', () => {
  const beside = (root: string): void => {
    writeFileSync(path.join(root, '../o.daxmodel.yaml'), 'name: o\ntables: { Secret: { rows: [{ x: 1 }] } }\n');
    writeFileSync(path.join(root, '../o.json'), '{ "choices": {} }');
    symlinkSync('../o.daxmodel.yaml', path.join(root, 'link.yaml'));
    symlinkSync('..', path.join(root, 'up'));
    mkdirSync(path.join(root, 'folder'));
    execFileSync('mkfifo', [path.join(root, 'pipe')]);
  };
  const outside = (file: string): string => `error[data-outside] ${file} lies outside the workspace folder and is not read.`;

  it.each([
    ['extends: ../o.daxmodel.yaml', outside('../o.daxmodel.yaml')],
    ['extends: ../../nowhere.daxmodel.yaml', outside('../../nowhere.daxmodel.yaml')],
    ['extends: /etc/passwd', outside('/etc/passwd')],
    ['extends: link.yaml', outside('link.yaml')],
    ['extends: up/o.daxmodel.yaml', outside('up/o.daxmodel.yaml')],
    ['extends: folder', 'error[data-not-regular] folder is no regular file and is not read.'],
    ['extends: pipe', 'error[data-not-regular] pipe is no regular file and is not read.'],
    ['extends: nowhere.yaml', 'error[data-missing] The file nowhere.yaml does not exist.'],
    ['choices: { import: ../o.json }', outside('../o.json')],
    ['choices: { import: up/o.json }', outside('up/o.json')],
    ['choices: { import: nowhere.json }', 'error[data-missing] The file nowhere.json does not exist.'],
    ['choices: { import: pipe }', 'error[data-not-regular] pipe is no regular file and is not read.'],
  ])('%s is refused at its place', async (line, finding) => {
    const it = await open('', { 'x/a.daxmodel.yaml': `name: a\n${line.replace(/(: (?:\{ import: )?)(?!\/)(\S)/, '$1../$2')}\ntables: { T: { rows: [{ x: 1 }] } }\n` }, beside);
    const column = line.startsWith('extends') ? 10 : 20;
    const file = /(?:extends|import): (\S+)/.exec(line)?.[1] ?? '';
    const shown = file.startsWith('/') ? file : `../${file}`;
    expect(await it.allFindings()).toEqual({ 'x/a.daxmodel.yaml': [`2:${String(column)} ${finding.replace(file, shown)}`] });
    expect(await it.value('COUNTROWS(T)', 'a')).toBe('1');
    expect(await it.value('COUNTROWS(Good)', 'm')).toBe('2');
  });

  it('is no JSON, told once', async () => {
    const it = await open('', { 'a.daxmodel.yaml': 'name: a\nchoices: { c: { import: bad.json } }\n', 'bad.json': '{ "choices":' });
    const found = await it.findings('a.daxmodel.yaml');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^2:25 error\[data-malformed\] bad\.json, line 1: /);
  });
});

describe('a file of ours that cannot be read', () => {
  const large = (head: string): string => `${head}${' '.repeat(65 * 1024 * 1024)}`;
  it.each([
    ['a.dax', 'M = 1\n'], ['a.daxmodel.yaml', 'name: a\n'], ['dax-metrics.json', '{}'],
  ])('%s above 64 MB has one finding, and the rest is checked', async (file, head) => {
    const it = await open('', { [file]: large(head), 'z.dax': 'Fine = COUNTROWS(Good)\n\nWrong = COUNTROWS(Goood)\n' });
    const found = await it.allFindings();
    expect(Object.keys(found).sort()).toEqual([file, 'z.dax'].sort());
    expect(found[file]).toHaveLength(1);
    expect(found[file]?.[0]).toMatch(/^0:0 error\[data-too-large\] /);
    expect(found['z.dax']).toHaveLength(1);
    expect(await it.value('[Fine]', 'm')).toBe('2');
  });
});

describe('DAX in a model file', () => {
  const nested = (closed: boolean): string => '('.repeat(10_000) + (closed ? `1${')'.repeat(10_000)}` : '');

  it.each([true, false])('nests 10,000 brackets deep, closed: %s', async (closed) => {
    const it = await open(`  Deep: { dax: "${nested(closed)}" }\n  Reader: { dax: "FILTER(Deep, TRUE)" }\n`);
    const found = await it.findings('m.daxmodel.yaml');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^4:\d+ error\[nested-too-deep\] /);
    expect(await it.value('COUNTROWS(Deep)')).toBe('not evaluated: the definition has a syntax error');
    expect(await it.value('COUNTROWS(Good)')).toBe('2');
  });

  it('that cannot be read is told where it stops', async () => {
    const it = await open('  T: { dax: "FILTER(Good, Good[A] >" }\n  U:\n    dax: >\n      FILTER(Good,\n      Good[B] = 1)\n');
    const found = await it.findings('m.daxmodel.yaml');
    expect(found.map((finding) => finding.replace(/\] .*/, ']'))).toEqual(['4:20 error[unclosed-bracket]', '8:11 error[unknown-column]']);
    expect(await it.value('COUNTROWS(Good)')).toBe('2');
  });

  it('that asks for what is not done yet is no fault, and is told once', async () => {
    const it = await open('  T: { dax: "SAMPLECARTESIANPOINTSBYCOVER(1, Good, [A], [A])" }\n  U: { dax: "FILTER(T, TRUE)" }\n  V: { dax: "FILTER(Good, TRUE)", columns: { C: { dax: "APPROXIMATEDISTINCTCOUNT(Good[A])" } } }\n');
    expect(await it.findings('m.daxmodel.yaml')).toEqual([
      '4:13 warning[model-not-supported] Not evaluated: SAMPLECARTESIANPOINTSBYCOVER is not supported yet.',
      '6:46 warning[model-not-supported] Not evaluated: APPROXIMATEDISTINCTCOUNT is not supported yet.',
    ]);
    expect(await it.value('COUNTROWS(V)')).toBe('2');
  });

  it('reads metrics of the model, and follows them', async () => {
    const it = await open('  T: { dax: "FILTER(Good, Good[A] >= [Least])", columns: { B: { dax: "[A] + [Least]" } } }\n', { 'm.dax': 'Least = 2\n' });
    expect(await it.allFindings()).toEqual({});
    expect(await it.value('COUNTROWS(T)')).toBe('1');
    expect(await it.value('SUM(T[B])')).toBe('4');
    it.write('m.dax', 'Least = 1\n');
    expect(await it.value('COUNTROWS(T)')).toBe('2');
    expect(await it.value('SUM(T[B])')).toBe('5');
  });
});

describe('names that JavaScript has plans for', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];
  const files = (folder: string): Files => ({
    [`${folder}p.daxmodel.yaml`]: `name: __proto__
tables:
${names.map((it) => `  ${it}: { source: ${it}.csv, columns: { constructor: { type: int64, choice: ${it} } } }`).join('\n')}
choices:
${names.map((it) => `  ${it}: { 1: { label: ${it} }, 2: constructor }`).join('\n')}
`,
    ...Object.fromEntries(names.map((it) => [`${folder}${it}.csv`, '__proto__,constructor,toString\n1,2,3\n__proto__,1,y\n'])),
    [`${folder}p.dax`]: `${names.map((it) => `${it} = COUNTROWS('${it}') + SUM('${it}'[constructor])`).join('\n\n')}\n\nAll = ${names.map((it) => `[${it}]`).join(' + ')}\n`,
  });

  it('are names of tables, columns, choices, metrics and models like any other', async () => {
    const it = await openProject(files(''));
    expect(await it.allFindings()).toEqual({});
    expect(await it.value('[All]', '__proto__')).toBe(String(names.length * 5));
    expect(await it.value('COUNTROWS(__proto__)', '__proto__')).toBe('2');
    expect(await it.value('CALCULATE(COUNTROWS(toString), toString[__proto__] = "__proto__")', '__proto__')).toBe('1');
  });

  it('are no tables, metrics or functions where nobody declared them', async () => {
    const it = await open('', { 'm.dax': names.map((name, i) => `M${String(i)} = COUNTROWS('${name}') + [${name}]`).join('\n\n') });
    const found = await it.findings('m.dax');
    expect(found.map((finding) => /error\[([a-z-]+)\]/.exec(finding)?.[1])).toEqual(names.flatMap(() => ['unknown-table', 'unknown-measure']));
    expect(await it.value('[M0]')).toMatch(/^not evaluated: .*__proto__.* is not known$/);
  });

  it('are refused as rules and keys of a project', async () => {
    const it = await open('', { 'dax-metrics.json': '{ "rules": { "__proto__": "off", "constructor": "off" }, "__proto__": 1 }' });
    expect(await it.findings('dax-metrics.json')).toEqual([
      '1:14 error[model-unknown-reference] There is no rule __proto__.',
      '1:34 error[model-unknown-reference] There is no rule constructor.',
      '1:58 error[model-unknown-key] __proto__ is no key of the project file.',
    ]);
  });
});

it('a file that the project leaves out knows its own metrics while it is open, and the model does not', async () => {
  const it = await open('', { 'm.dax': 'Fine = COUNTROWS(Good)\n', 'dax-metrics.json': '{ "exclude": ["drafts"] }', 'drafts/d.dax': 'Old = 1\n' });
  it.workspace.setText({ uri: it.uri('drafts/d.dax'), languageId: 'dax', version: 1, text: 'Fine = 1\n\nDraft = [Fine] + 1\n\nMore = [Draft] + [Nobody]\n' });
  expect(await it.allFindings()).toEqual({});
  expect(await it.findings('drafts/d.dax')).toEqual([expect.stringMatching(/^5:18 error\[unknown-measure\]/)]);
  expect(await it.value('[Fine]')).toBe('2');
});

it('a glob of a project takes no longer than it is long', async () => {
  const name = `${'a'.repeat(60)}c.dax`;
  const it = await open('', { [name]: 'M = COUNTROWS(Goood)\n', 'dax-metrics.json': JSON.stringify({ exclude: ['(a+)+b.dax', '([a-z]+)+b.dax', `${'*a'.repeat(30)}b.dax`, '(?:a+)+$'] }) });
  expect(Object.keys(await it.allFindings())).toEqual([name]);
});

describe('a model file of great size', () => {
  it('whose aliases repeat each other is refused in one finding', async () => {
    const levels = Array.from({ length: 20 }, (_, i) => `      - &a${String(i)} [${Array.from({ length: 10 }, () => (i === 0 ? 'x' : `*a${String(i - 1)}`)).join(', ')}]`);
    const it = await open('', { 'bomb.daxmodel.yaml': `name: bomb\ntables:\n  T:\n    hierarchies:\n${levels.join('\n')}\n` });
    const found = await it.allFindings();
    expect(Object.keys(found)).toEqual(['bomb.daxmodel.yaml']);
    expect(found['bomb.daxmodel.yaml']).toEqual([expect.stringMatching(/error\[model-syntax\] The file cannot be read: aliases repeat more than 10,000 values\.$/)]);
    expect(await it.value('COUNTROWS(Good)', 'm')).toBe('2');
  });

  it('with lines of 5 MB is read', async () => {
    const it = await open(`  T: { rows: [{ x: "${megabytes('y')}" }], description: "${megabytes('z')}" }\n`, {
      'j.daxmodel.json': JSON.stringify({ name: 'j', tables: { T: { rows: [{ x: megabytes('y') }] } } }),
    });
    expect(await it.allFindings()).toEqual({});
    expect(await it.value('LEN(MAX(T[x]))', 'm')).toBe(String(5 * 1024 * 1024));
    expect(await it.value('LEN(MAX(T[x]))', 'j')).toBe(String(5 * 1024 * 1024));
  });

  it('with DAX of 5 MB in one scalar gives one finding', async () => {
    const it = await open(`  T: { dax: "${megabytes('{1} + ')}" }\n`);
    const found = await it.findings('m.daxmodel.yaml');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^4:\d+ error\[(?:segment-too-long|nested-too-deep)\] /);
    expect(await it.value('COUNTROWS(Good)')).toBe('2');
  });

  it('with a choice of 20,000 codes finds each, and one that is none', async () => {
    const codes = Array.from({ length: 20_000 }, (_, i) => `    ${String(192_350_000 + i)}: { label: Label ${String(i)} }`).join('\n');
    const it = await open(`  T: { rows: [{ Code: "192360001" }], columns: { Code: { type: string, choice: long } } }\nchoices:\n  long:\n${codes}\n`, {
      'm.dax': 'One = CALCULATE(COUNTROWS(T), T[Code] = "192360001")\n\nOther = CALCULATE(COUNTROWS(T), T[Code] = "19235000O")\n',
    });
    const found = await it.findings('m.dax');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^3:43 error\[unknown-code\] "19235000O" is no code of T\[Code\]/);
    expect(await it.value('[One]')).toBe('1');
  });
});

describe('a model file that is not saved yet', () => {
  it('counts as soon as it is open, and no more when it is closed', async () => {
    const it = await open('');
    const uri = it.uri('new.daxmodel.yaml');
    it.workspace.setText({ uri, languageId: 'yaml', version: 1, text: 'name: new\ntables: { N: { rows: [{ x: 7 }] } }\nchoice: {}\n' });
    expect(await it.findings('new.daxmodel.yaml')).toEqual([expect.stringMatching(/^3:1 error\[model-unknown-key\]/)]);
    expect(await it.value('SUM(N[x])', 'new')).toBe('7');
    it.workspace.closeText(uri);
    expect((await it.workspace.models()).map((model) => model.name)).toEqual(['m']);
  });
});
