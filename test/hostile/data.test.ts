// Data files that are missing, malformed, out of reach or no files at all: one finding at the source, the rest works.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { megabytes, openProject, type Files, type Project } from './project.ts';

const model = (source: string): string => `name: m
tables:
  Good: { source: good.csv, columns: { A: { type: int64 } } }
  Bad:
    source: ${source}
    columns: { A: { type: int64 } }
`;

const metrics = `Good rows = COUNTROWS(Good)

Bad rows = COUNTROWS(Bad)

Bad sum = SUM(Bad[A])
`;

const open = (source: string, files: Files = {}, prepare?: (root: string) => void): Promise<Project> =>
  openProject({ 'm.daxmodel.yaml': model(source), 'good.csv': 'A\n1\n2\n', 'm.dax': metrics, ...files }, prepare);

const noRows = 'not evaluated: the rows of Bad cannot be had: its source cannot be read';

/** The only finding of the project, at the table's source, and no value from the table; the other table is as it was. */
async function expectLost(it: Project, finding: string, why = noRows): Promise<void> {
  expect(await it.allFindings()).toEqual({ 'm.daxmodel.yaml': [`5:13 ${finding}`] });
  expect(await it.value('[Bad rows]')).toBe(why);
  expect(await it.value('[Bad sum]')).toBe(why);
  expect(await it.value('[Good rows]')).toBe('2');
}

describe('a data file that cannot be had', () => {
  it('is missing', async () => expectLost(await open('none.csv'), 'error[data-missing] The file none.csv does not exist.'));

  it('is a link to nowhere', async () =>
    expectLost(await open('l.csv', {}, (root) => symlinkSync('nowhere.csv', path.join(root, 'l.csv'))), 'error[data-missing] The file l.csv does not exist.'));

  it('is a link to itself', async () =>
    expectLost(await open('l.csv', {}, (root) => symlinkSync('l.csv', path.join(root, 'l.csv'))), 'error[data-malformed] l.csv, the file: it cannot be read.'));

  it('is a folder', async () =>
    expectLost(await open('f.csv', {}, (root) => mkdirSync(path.join(root, 'f.csv'))), 'error[data-not-regular] f.csv is no regular file and is not read.'));

  it('is a pipe that nobody writes to', async () =>
    expectLost(await open('f.csv', {}, (root) => execFileSync('mkfifo', [path.join(root, 'f.csv')])), 'error[data-not-regular] f.csv is no regular file and is not read.'));

  it('is larger than the project allows', async () =>
    expectLost(
      await open('b.csv', { 'dax-metrics.json': '{ "limits": { "fileBytes": 100 } }', 'b.csv': `A\n${'1\n'.repeat(100)}` }),
      'error[data-too-large] b.csv has 202 bytes; the limit is 100 bytes. Raise it in dax-metrics.json under limits.',
    ));
});

describe('a data file outside the workspace folder', () => {
  const outside = (file: string): string => `error[data-outside] ${file} lies outside the workspace folder and is not read.`;
  const beside = (root: string): void => writeFileSync(path.join(root, '../o.csv'), 'A\n1\n');

  it('is named by a path that climbs', async () => expectLost(await open('../o.csv', {}, beside), outside('../o.csv')));

  it('is not told from one that does not exist', async () => expectLost(await open('../../nowhere/o.csv'), outside('../../nowhere/o.csv')));

  it.each(['/etc/passwd', 'file:///etc/passwd', 'https://example.org/b.csv', 'C:\\b.csv'])('is named by %s', async (source) => {
    await expectLost(await open(source), outside(source), 'not evaluated: the rows of Bad cannot be had: a source outside the workspace folder');
  });

  it('is reached by a link', async () =>
    expectLost(await open('l.csv', {}, (root) => {
      beside(root);
      symlinkSync('../o.csv', path.join(root, 'l.csv'));
    }), outside('l.csv')));

  it('is reached by a link to a folder', async () =>
    expectLost(await open('l/o.csv', {}, (root) => {
      beside(root);
      symlinkSync('..', path.join(root, 'l'));
    }), outside('l/o.csv')));

  it('is a device', async () =>
    expectLost(await open('zero.csv', {}, (root) => symlinkSync('/dev/zero', path.join(root, 'zero.csv'))), outside('zero.csv')));

  it('comes to be so when its folder is swapped for a link', async () => {
    const it = await open('in/b.csv', { 'in/b.csv': 'A\n5\n' });
    expect(await it.value('[Bad sum]')).toBe('5');
    const secret = path.join(it.root, '../secret');
    mkdirSync(secret);
    writeFileSync(path.join(secret, 'b.csv'), 'A\n7\n');
    renameSync(path.join(it.root, 'in'), path.join(it.root, 'was'));
    symlinkSync(secret, path.join(it.root, 'in'));
    it.workspace.filesChanged([it.uri('in/b.csv')]);
    await expectLost(it, outside('in/b.csv'));
  });
});

it('a link inside the workspace folder is followed', async () => {
  const it = await open('l.csv', { 'data/b.csv': 'A\n5\n' }, (root) => symlinkSync('data/b.csv', path.join(root, 'l.csv')));
  expect(await it.allFindings()).toEqual({});
  expect(await it.value('[Bad sum]')).toBe('5');
});

describe('a data file that is malformed', () => {
  const malformed = (file: string, place: string, problem: string): string => `error[data-malformed] ${file}, ${place}: ${problem}.`;

  it.each([
    ['ragged', 'A,B\n1,2\n3\n4,5,6\n', malformed('b.csv', 'line 3', 'the row has 1 field, the first line 2 fields')],
    ['with a quote that is never closed', 'A,B\n1,"2\n3,4\n', malformed('b.csv', 'line 2', 'the quote that opens field 2 is never closed')],
    ['with a column twice', 'A,a\n1,2\n', malformed('b.csv', 'line 1', 'the column "a" stands twice')],
    ['empty', '', malformed('b.csv', 'line 1', 'the file is empty; its first line must name the columns')],
  ])('is CSV, %s', async (_, text, finding) => expectLost(await open('b.csv', { 'b.csv': text }), finding));

  it('is not UTF-8', async () => {
    const it = await open('b.csv', { 'b.csv': Uint8Array.of(65, 10, 49, 10, 0xe4, 10) });
    const [finding] = await it.findings('m.daxmodel.yaml');
    expect(finding).toMatch(/^5:13 error\[data-malformed\] b\.csv, .*: the file is not UTF-8\.$/);
    await expectLost(it, finding?.slice('5:13 '.length) ?? '');
  });

  it('is UTF-16', async () =>
    expectLost(await open('b.csv', { 'b.csv': Buffer.from('\ufeffA\n1\n', 'utf16le') }), malformed('b.csv', 'line 1', 'the file is UTF-16; save it as UTF-8')));

  it.each([
    ['cut off', '[{"A":1},{"A":', malformed('b.json', 'line 1', 'a value is missing')],
    ['no rows', '"x"', malformed('b.json', 'line 1', 'a list of rows must begin here')],
  ])('is JSON, %s', async (_, text, finding) => expectLost(await open('b.json', { 'b.json': text }), finding));
});

describe('a cell of another type than its column', () => {
  it('spoils its column, not the table', async () => {
    const it = await open('b.csv', { 'b.csv': 'A\n1\nzwei\n3\ndrei\n' });
    const [finding, ...more] = await it.findings('m.daxmodel.yaml');
    expect(finding).toMatch(/^6:27 error\[data-cell-type\] b\.csv, line 3: "zwei" in A is no int64\. 1 more /);
    expect(more).toEqual([]);
    expect(await it.value('[Bad rows]')).toBe('4');
    expect(await it.value('[Bad sum]')).toBe('not evaluated: the rows of Bad cannot be had: a cell of A is no int64');
    expect(await it.value('[Good rows]')).toBe('2');
  });

  it('is told in one short line, however long and strange it is', async () => {
    const it = await open('b.csv', { 'b.csv': `A\n"\u001b[2J\u202e${megabytes('x')}\n<b>|\u0007"\n` });
    const found = await it.findings('m.daxmodel.yaml');
    expect(found).toHaveLength(1);
    expect(found[0]?.length).toBeLessThan(300);
    expect(found[0]).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

it('a header of 5 MB gives one short finding', async () => {
  const it = await open('b.csv', { 'b.csv': `${megabytes('x')}\n1\n` });
  const found = await it.findings('m.daxmodel.yaml');
  expect(found).toEqual(['6:16 error[data-column-missing] b.csv has no column A.']);
  expect(await it.value('[Bad rows]')).toBe('1');
});

it.each([
  ['b.csv', `A,B\n1,${megabytes('x')}\n`],
  ['b.json', `[{"A":1,"B":"${megabytes('x')}"}]`],
  ['b.ndjson', `{"A":1,"B":"${megabytes('x')}"}\n`],
])('a line of 5 MB in %s is read', async (file, text) => {
  const it = await open(file, { [file]: text });
  expect(await it.allFindings()).toEqual({});
  expect(await it.value('[Bad sum] + LEN(MAX(Bad[B]))')).toBe(String(1 + 5 * 1024 * 1024));
});

it('a header longer than the first read is known whole', async () => {
  const names = Array.from({ length: 20_000 }, (_, i) => `Column ${String(i)}`);
  const it = await open('b.csv', { 'b.csv': `A,${names.join(',')}\n1,${names.map((_, i) => i).join(',')}\n`, 'x.dax': 'Last = SUM(Bad[Column 19999])\n' });
  expect(await it.allFindings()).toEqual({});
  expect(await it.value('[Last]')).toBe('19999');
});

describe('a data file that changes while it is read', () => {
  /** Appends a row to the file after each of the first `times` reads of its place by the workspace and the engine. */
  const growing = async (stop: () => boolean): Promise<Project> =>
    openProject({ 'm.daxmodel.yaml': model('b.csv'), 'good.csv': 'A\n1\n2\n', 'm.dax': metrics, 'b.csv': `A\n${'1\n'.repeat(3_000_000)}` }, () => undefined, (host) => ({
      ...host,
      engine: {
        ...host.engine,
        open(name, spec) {
          const writer = setInterval(() => {
            const table = spec.tables.find((it) => it.name === 'Bad');
            if (table?.source.kind === 'file' && !stop()) appendFileSync(new URL(table.source.uri), '1\n');
          }, 1);
          return host.engine.open(name, spec).finally(() => clearInterval(writer));
        },
      },
    }));

  it('is not used while it grows, and used once it rests', async () => {
    let rests = false;
    const it = await growing(() => rests);
    await expectLost(it, 'warning[data-changed] b.csv changed while it was read. It is read again when it rests.');
    rests = true;
    it.workspace.filesChanged([it.uri('b.csv')]);
    expect(await it.findings('m.daxmodel.yaml')).toEqual([]);
    expect(Number(await it.value('[Bad sum]'))).toBeGreaterThan(3_000_000);
  });
});

it('a value computed from rows that changed meanwhile is not kept', async () => {
  const it = await open('b.csv', { 'b.csv': 'A\n1\n' });
  const before = it.value('[Bad sum]');
  it.write('b.csv', 'A\n1\n2\n');
  await before;
  expect(await it.value('[Bad sum]')).toBe('3');
});
