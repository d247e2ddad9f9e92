// Hostile text on its way out: nothing from a name, a cell or a label steers a terminal, a spreadsheet or a build server.
import { describe, expect, it } from 'vitest';
import { folder, type Folder } from './cli.ts';

/** What a terminal would obey: control characters but line breaks, and marks that turn the direction of text. */
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

const escape = '\u001b]0;owned\u0007\u001b[2J';
const cells = [`${escape}red`, '=cmd|\'/c calc\'!A1', '+1', '-1', '@SUM(A1)', '\t=1', 'a\u202eb', '<img src=x onerror=alert(1)>', '| a | b |', '[x](command:evil)', 'two\nlines', 'a,b"c', '::error::x', '%0A::set-output'];

/** A project whose table, metric, file and cells hold what steers. */
function hostile(): Folder {
  const rows = cells.map((it) => `      - { 'Na\u202eme': ${JSON.stringify(it)}, x: 1 }`).join('\n');
  return folder({
    'm.daxmodel.yaml': `name: "m\\e[31m"\ntables:\n  T:\n    rows:\n${rows}\n    columns: { Code: { type: string, choice: c, dax: '"1"' } }\nchoices:\n  c: { 1: { label: "x\\e[2J\\n::error::" } }\n`,
    'a,b:c%.dax': `M\u001b[2J = COUNTROWS(T)\n\nW\u202e = SUM(T[no\u001b[31mpe])\n\nCode = CALCULATE(COUNTROWS(T), T[Code] = "\u001b[2J2")\n\n/// @expect "${escape}"\nText = "${escape}<b>&"\n`,
  });
}

describe('a terminal is not steered by', () => {
  it.each([
    ['check'], ['check --format github'], ['check --format json'], ['check --format sarif'], ['eval .'], ['eval -q EVALUATE_T'], ['test'], ['test --format junit'], ['test --format json'],
  ])('%s', (command) => {
    const args = command.split(' ').map((it) => it.replace('_', ' '));
    const { stdout, stderr, status } = hostile().run(...args, '-m', 'm\u001b[31m');
    expect(status === 0 || status === 1).toBe(true);
    expect(stdout).not.toBe('');
    // JSON writes control characters as \uXXXX; marks of direction are text there.
    const shown = args.includes('json') || args.includes('sarif') ? stdout.replace(/[\u007f-\u009f\u200e-\u202e\u2066-\u2069]/g, '') : stdout;
    expect(shown.match(steering)).toBeNull();
    expect(stderr.match(steering)).toBeNull();
  });

  it('wrong use', () => {
    const { stderr, status } = hostile().run('check', `${escape}nowhere.dax`);
    expect(status).toBe(2);
    expect(stderr.match(steering)).toBeNull();
    expect(hostile().run('check', '-m', escape).stderr.match(steering)).toBeNull();
  });
});

describe('eval --format csv', () => {
  it('runs nothing in a spreadsheet, and is read back as it was', () => {
    const { stdout } = hostile().run('eval', '-q', 'EVALUATE T', '--format', 'csv', '-m', 'm\u001b[31m');
    const fields = parseCsv(stdout);
    expect(fields[0]?.length).toBe(3);
    const at = fields[0]?.indexOf('T[Na\u202eme]') ?? -1;
    const written = fields.slice(1).map((row) => row[at]);
    expect(written).toEqual(cells.map((it) => (/^[=+\-@\t\r]/.test(it) ? `'${it}` : it)));
    for (const field of fields.flat()) expect(field).not.toMatch(/^[=+\-@\t\r]/);
  });

  it('leaves numbers as they are', () => {
    expect(folder({ 'm.daxmodel.yaml': 'name: m\n' }).run('eval', '-e', '{ (-1, -2.5) }', '--format', 'csv').stdout).toBe('[Value1],[Value2]\n-1,-2.5\n');
  });
});

describe('check --format github', () => {
  it('writes one command a line, whatever files and names are called', () => {
    const lines = hostile().run('check', '--format', 'github', '-m', 'm\u001b[31m').stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      expect(line).toMatch(/^::(?:error|warning|notice) file=a%2Cb%3Ac%25\.dax,line=\d+,col=\d+,endLine=\d+,endColumn=\d+,title=[a-z-]+::[^\r\n]+$/);
    }
  });
});

describe('a cell of 10 MB', () => {
  const big = (): Folder => folder({
    'm.daxmodel.yaml': 'name: m\ntables:\n  T: { source: t.csv, columns: { A: { type: string }, N: { type: int64 } } }\n',
    't.csv': `A,N\n${'y'.repeat(10 * 1024 * 1024)},${'z'.repeat(10 * 1024 * 1024)}\n`,
  });

  it('in a finding is shown in part', () => {
    const { stdout, status } = big().run('check');
    expect(status).toBe(1);
    expect(stdout.length).toBeLessThan(1000);
    expect(stdout).toContain('data-cell-type');
  });

  it('in a table for people is shown in part, for programs whole', () => {
    expect(big().run('eval', '-e', 'MAX(T[A])').stdout.length).toBeLessThan(5000);
    expect(big().json<{ results: readonly { rows: readonly (readonly string[])[] }[] }>('eval', '-e', 'MAX(T[A])', '--format', 'json').results[0]?.rows[0]?.[0]).toHaveLength(10 * 1024 * 1024);
  });
});

describe('very much', () => {
  it('of a table is written to its end', () => {
    const it = folder({ 'm.daxmodel.yaml': 'name: m\ntables:\n  T: { source: t.csv }\n', 't.csv': `A\n${Array.from({ length: 150_000 }, (_, i) => i).join('\n')}\n` });
    const { stdout, stderr, status } = it.run('eval', '-e', 'T');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(150_003);
    expect(it.run('eval', '-e', 'T', '--format', 'csv').stdout.trimEnd().split('\n')).toHaveLength(150_001);
  });

  it('of findings is written to its end', () => {
    const it = folder({ 'm.daxmodel.yaml': 'name: m\ntables: { T: { rows: [{ x: 1 }] } }\n', 'm.dax': `M = COUNTROWS({ ${'zzz,'.repeat(150_000)} 1 })\n` });
    const { stdout, stderr, status } = it.run('check');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('150000 errors, 0 warnings in 2 files');
  });
});

/** Fields of RFC 4180 text. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n|$)/y;
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (match === null) throw new Error(`no CSV: ${text}`);
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}
