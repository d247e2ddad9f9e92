// DAX files and pages that nobody would write: deep, long, many; one finding where it is wrong, the neighbours intact.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runExpectations } from '../../server/src/workspace/index.ts';
import { megabytes, openProject, type Files, type Project } from './project.ts';

const open = (files: Files, prepare?: (root: string) => void): Promise<Project> =>
  openProject({ 'm.daxmodel.yaml': 'name: m\ntables:\n  Good: { source: good.csv, columns: { A: { type: int64 } } }\n', 'good.csv': 'A\n1\n2\n', ...files }, prepare);

const fine = '\n\nFine = COUNTROWS(Good)\n';
const deep = 10_000;

/** What each finding says, without what varies with the text. */
const rules = (found: readonly string[]): readonly string[] => found.map((it) => it.replace(/(\]) .*/s, '$1'));

describe('10,000 nested', () => {
  it.each([
    ['brackets', `${'('.repeat(deep)}1${')'.repeat(deep)}`, 'nested-too-deep'],
    ['calls', `${'IF('.repeat(deep)}1${')'.repeat(deep)}`, 'nested-too-deep'],
    ['braces', `${'{'.repeat(deep)}1${'}'.repeat(deep)}`, 'nested-too-deep'],
    ['brackets without an end', `${'('.repeat(deep)}1`, 'nested-too-deep'],
    ['calls without an end', `${'IF('.repeat(deep)}1`, 'nested-too-deep'],
    ['square brackets', '['.repeat(deep), 'unclosed-name'],
    ['closing brackets', `1${')'.repeat(deep)}`, 'unexpected-token'],
    ['signs', `${'- '.repeat(deep)}1`, 'nested-too-deep'],
    ['negations', `${'NOT '.repeat(deep)}TRUE`, 'nested-too-deep'],
    ['powers', `${'2 ^ '.repeat(deep)}1`, 'nested-too-deep'],
    ['sums', `${'1 + '.repeat(deep)}1`, 'nested-too-deep'],
  ])('%s in a .dax file are one finding', async (_, text, rule) => {
    const it = await open({ 'm.dax': `Deep = ${text}${fine}` });
    const found = await it.findings('m.dax');
    expect(found.map((finding) => finding.replace(/^1:\d+ |\].*/gs, ''))).toEqual([`error[${rule}`]);
    expect(await it.value('[Deep]')).toBe('not evaluated: the definition has a syntax error');
    expect(await it.value('[Fine]')).toBe('2');
  });

  it('brackets in a fence are one finding, and the next fence is checked', async () => {
    const it = await open({ 'p.md': `# Page\n\n\`\`\`dax\nDeep = ${'('.repeat(deep)}\n\`\`\`\n\n> \`\`\`dax\n> Other = COUNTROWS(Goood)\n> \`\`\`\n` });
    expect(rules(await it.findings('p.md'))).toEqual([expect.stringMatching(/^4:\d+ error\[nested-too-deep\]$/), '8:21 error[unknown-name]']);
  });

  it('brackets in a tag are one short finding, and the metric is what it was', async () => {
    const nested = `${'('.repeat(deep)}1${')'.repeat(deep)}`;
    for (const tag of [`@expect = ${nested}`, `@expect 2 where ${nested}`, `@expect = ${'('.repeat(deep)}`, `@expect ${'('.repeat(deep)}`, `@compare ${nested} by Good[A]`]) {
      const it = await open({ 'm.dax': `/// ${tag}\n/// @expect 2\nFine = COUNTROWS(Good)\n` });
      const found = await it.findings('m.dax');
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(/^1:\d+ warning\[malformed-tag\] /);
      expect(found[0]?.length).toBeLessThan(400);
      const results = await runExpectations(it.workspace, it.uri('m.dax'));
      expect(results.at(-1)).toMatchObject({ passed: true, expected: '2' });
      expect(await it.value('[Fine]')).toBe('2');
    }
  });
});

describe('a line of 5 MB', () => {
  it.each([
    ['a comment', `// ${megabytes('x ')}`, []],
    ['a doc comment', `/// ${megabytes('x ')}`, []],
    ['a sum', `Long = ${megabytes('1 + ')}1\n`, ['error[segment-too-long]']],
    ['a string', `Long = "${megabytes('x')}"\n`, ['error[segment-too-long]']],
    ['a string without an end', `Long = "${megabytes('x')}\n`, ['error[segment-too-long]']],
    ['a name', `${megabytes('x')} = 1\n`, ['error[segment-too-long]']],
    ['references', `Long = ${megabytes('[nobody] + ')}1\n`, ['error[segment-too-long]']],
    ['quotes', `Long = ${megabytes('"')}\n`, ['error[segment-too-long]']],
    ['square brackets', `Long = ${megabytes('[')}\n`, ['error[segment-too-long]']],
    ['words', megabytes('x '), ['warning[prose]']],
  ])('in a .dax file: %s', async (_, line, expected) => {
    const it = await open({ 'm.dax': `${line}\nFine = COUNTROWS(Good)\n` });
    const found = await it.findings('m.dax');
    expect(found.map((finding) => finding.replace(/^1:\d+ |(?<=\]) .*/gs, ''))).toEqual(expected);
    expect(found.join('').length).toBeLessThan(500);
    expect(await it.value('[Fine]')).toBe('2');
  });

  it.each([
    ['links', megabytes('[a](')], ['quotes and lists', megabytes('> - ')], ['stars', megabytes('*_')], ['angle brackets', megabytes('<')],
    ['a heading', `# ${megabytes('[')}`], ['a table', `| ${megabytes('a | ')}\n|${megabytes('-|')}`], ['blanks', megabytes(' ')],
  ])('in a page: %s', async (_, line) => {
    const it = await open({ 'p.md': `${line}\n\n\`\`\`dax\nX = COUNTROWS(Goood)\n\`\`\`\n` });
    const lines = line.split('\n').length;
    expect(rules(await it.findings('p.md'))).toEqual([`${String(lines + 3)}:15 error[unknown-name]`]);
  });

  it('in a fence is one finding of that fence', async () => {
    const it = await open({ 'p.md': `\`\`\`dax\nLong = ${megabytes('1 + ')}1\n\`\`\`\n\n\`\`\`dax\nX = COUNTROWS(Goood)\n\`\`\`\n` });
    expect(rules(await it.findings('p.md'))).toEqual(['2:7 error[segment-too-long]', '6:15 error[unknown-name]']);
  });
});

describe('very many', () => {
  const definitions = (count: number): string => Array.from({ length: count }, (_, i) => `Metric ${String(i)} = CALCULATE(COUNTROWS(Good), Good[A] = ${String(i)})`).join('\n\n');

  it('definitions in one file: each is parsed and bound once, and an edit costs one of each', async () => {
    const count = 20_000;
    const it = await open({ 'm.dax': definitions(count) });
    expect(await it.findings('m.dax')).toEqual([]);
    const first = it.workspace.work();
    expect({ parsed: first.parsed, bound: first.bound }).toEqual({ parsed: count, bound: count });
    it.workspace.setText({ uri: it.uri('m.dax'), languageId: 'dax', version: 1, text: definitions(count).replace('[A] = 777)', '[A] = -778)') });
    expect(await it.findings('m.dax')).toEqual([]);
    const then = it.workspace.work();
    expect({ parsed: then.parsed - first.parsed, bound: then.bound - first.bound }).toEqual({ parsed: 1, bound: 1 });
    expect(await it.value('[Metric 2]')).toBe('1');
  });

  it('fences on one page: each is parsed and bound once', async () => {
    const count = 10_000;
    const page = Array.from({ length: count }, (_, i) => `## Metric ${String(i)}\n\n\`\`\`dax\nMetric ${String(i)} = COUNTROWS(${i === 5000 ? 'Goood' : 'Good'})\n\`\`\`\n`).join('\n');
    const it = await open({ 'p.md': page });
    expect(rules(await it.findings('p.md'))).toEqual([`${String(5000 * 6 + 4)}:25 error[unknown-name]`]);
    const { parsed, bound } = it.workspace.work();
    expect({ parsed, bound }).toEqual({ parsed: count, bound: count });
  });

  it('faults in one file: each has its finding', async () => {
    const count = 5_000;
    const it = await open({ 'm.dax': Array.from({ length: count }, (_, i) => `M${String(i)} = COUNTROWS(Nowhere${String(i)}) + [nobody]`).join('\n\n') });
    const found = await it.findings('m.dax');
    expect(new Set(found.map((finding) => finding.split(':')[0])).size).toBe(count);
  });
});

describe('a file that is no file', () => {
  it('of metrics or a page is passed over when it is a folder, a pipe, or a link out of the folder', async () => {
    const it = await open({ 'm.dax': fine }, (root) => {
      for (const name of ['dir.dax', 'dir.md', 'dir.daxmodel.yaml']) mkdirSync(path.join(root, name));
      execFileSync('mkfifo', ['q.dax', 'q.md', 'q.daxmodel.yaml'].map((name) => path.join(root, name)));
      writeFileSync(path.join(root, '../o.dax'), 'Outside = (\n');
      symlinkSync('../o.dax', path.join(root, 'l.dax'));
      symlinkSync('/', path.join(root, 'everything'));
      symlinkSync('.', path.join(root, 'self'));
    });
    expect(await it.allFindings()).toEqual({});
    expect(await it.value('[Fine]')).toBe('2');
    expect(await it.value('[Outside]')).toBe('not evaluated: [Outside] is not known');
  });
});

describe('text of another encoding', () => {
  it('with a mark of UTF-8 is read without the mark', async () => {
    const it = await open({ 'm.dax': '\ufeffFine = COUNTROWS(Good)\n\nWrong = COUNTROWS(Goood)\n' });
    expect(rules(await it.findings('m.dax'))).toEqual(['3:19 error[unknown-name]']);
    expect(await it.value('[Fine]')).toBe('2');
  });

  it('that is UTF-16 with its mark is read as what it is', async () => {
    const it = await open({
      'le.dax': Buffer.from('\ufeffFine = COUNTROWS(Good)\n\nWrong = COUNTROWS(Goood)\n', 'utf16le'),
      'be.dax': Buffer.from('\ufeffAlso = COUNTROWS(Good) + 0\n', 'utf16le').swap16(),
    });
    expect(await it.allFindings()).toEqual({ 'le.dax': [expect.stringMatching(/^3:19 error\[unknown-name\]/)] });
    expect(await it.value('[Fine] + [Also]')).toBe('4');
  });

  it('that is no text gives one finding', async () => {
    const it = await open({ 'm.dax': Uint8Array.from({ length: 1000 }, (_, i) => (i * 37) % 256), 'n.dax': fine });
    const found = await it.allFindings();
    expect(Object.keys(found)).toEqual(['m.dax']);
    expect(found['m.dax']).toHaveLength(1);
    expect(await it.value('[Fine]')).toBe('2');
  });
});
