// `dax-metrics check`: its formats, its exit codes, what --only, --max-warnings and --fix do.
import { describe, expect, it } from 'vitest';
import { folder, model } from './cli.ts';

interface Position { readonly line: number; readonly column: number }
interface Range { readonly start: Position; readonly end: Position }
interface Row {
  readonly file: string; readonly range: Range; readonly rule: string; readonly category: string; readonly severity: string;
  readonly message: string; readonly model: string | null;
  readonly fixes: readonly { readonly title: string; readonly edits: readonly { readonly file: string; readonly range: Range; readonly newText: string }[] }[];
}

const range = (line: number, start: number, end: number): Range => ({ start: { line, column: start }, end: { line, column: end } });

const good = 'Total = SUM(Sales[Amount])\n';
const wrong = 'Wrong = SUM(Sales[Amout])\n';
/** A warning and no error. */
const warned = 'This is prose.\n\nTotal = SUM(Sales[Amount])\n';

describe('check --format json', () => {
  it('has every finding with its range, category, model and fixes, as contracted', () => {
    const { json, run } = folder({ 'm.daxmodel.yaml': model, 'metrics/w.dax': `${good}\nÄ😀 = [Totl]\n` });
    expect(json<readonly Row[]>('check', '--format', 'json')).toEqual([
      {
        file: 'metrics/w.dax', range: range(3, 7, 13), rule: 'unknown-measure', category: 'reference', severity: 'error',
        message: 'Nothing named [Totl] is known here. Did you mean [Total]?', model: 'shop',
        fixes: [{ title: 'Change to [Total]', edits: [{ file: 'metrics/w.dax', range: range(3, 7, 13), newText: '[Total]' }] }],
      },
    ]);
    expect(run('check', '--format', 'json').status).toBe(1);
  });

  it('is an empty list where nothing is wrong', () => {
    const { run } = folder({ 'm.daxmodel.yaml': model, 'm.dax': good });
    expect(run('check', '--format', 'json')).toEqual({ status: 0, stdout: '[]\n', stderr: '' });
  });

  it('has null for the model where none is known', () => {
    const { json } = folder({ 'm.dax': 'A = 1\n' });
    expect(json<readonly Row[]>('check', '--format', 'json')).toMatchObject([{ rule: 'model-unknown', severity: 'information', model: null, fixes: [] }]);
  });

  it('has findings of model files, project files and pages', () => {
    const { json } = folder({
      'm.daxmodel.yaml': model.replace('rows:', 'rws:'), 'dax-metrics.json': '{ "rule": {} }', 'p.md': '# P\n\n```dax\nM = (\n```\n', 'plain.md': '# No DAX\n',
    });
    const rows = json<readonly Row[]>('check', '--format', 'json');
    expect([...new Set(rows.map((it) => it.file))]).toEqual(['dax-metrics.json', 'm.daxmodel.yaml', 'p.md']);
  });
});

describe('the exit code of check', () => {
  const files = { 'm.daxmodel.yaml': model };
  it.each([
    [good, [], 0],
    [wrong, [], 1],
    [warned, [], 0],
    [warned, ['--max-warnings', '1'], 0],
    [warned, ['--max-warnings', '0'], 1],
    [wrong, ['--only', 'code'], 0],
    [wrong, ['--only', 'code,reference'], 1],
    [wrong, ['--only', 'unknown-column'], 1],
    [warned, ['--only', 'reference', '--max-warnings', '0'], 0],
  ])('of %j with %j is %i', (text, options, status) => {
    expect(folder({ ...files, 'm.dax': text }).run('check', ...options)).toMatchObject({ status, stderr: '' });
  });

  it('follows the severities of the project', () => {
    const it = folder({ ...files, 'm.dax': wrong, 'dax-metrics.json': '{ "rules": { "unknown-column": "warning" } }' });
    expect(it.run('check').status).toBe(0);
    expect(it.run('check', '--max-warnings', '0').status).toBe(1);
  });
});

describe('check --format stylish', () => {
  it('groups findings by file and counts them', () => {
    const { run } = folder({ 'm.daxmodel.yaml': model, 'a.dax': wrong, 'b.dax': warned });
    expect(run('check').stdout).toBe(`a.dax
  1:18     error  The table Sales has no column or measure [Amout]. Did you mean [Amount]?  unknown-column

b.dax
  1:1      warning  This text is no DAX.  prose

1 error, 1 warning in 3 files
1 can be mended with --fix
`);
  });

  it('says so where nothing is wrong', () => {
    const { run } = folder({ 'm.daxmodel.yaml': model, 'a.dax': good });
    expect(run('check', 'a.dax')).toEqual({ status: 0, stdout: '0 errors, 0 warnings in 1 file\n', stderr: '' });
  });
});

describe('check --fix', () => {
  const fixed = (text: string | Uint8Array): { read: string; stdout: string; status: number | null } => {
    const it = folder({ 'm.daxmodel.yaml': model, 'm.dax': text });
    const { stdout, status } = it.run('check', '--fix');
    return { read: it.read('m.dax'), stdout, status };
  };

  it('mends what has one certain fix, and tells the rest', () => {
    const { read, stdout, status } = fixed('A = SUM(Sales[Amout]) + COUNT(Sale[Regon])\n\nB = SUM(Nowhere[x])\n');
    expect(read).toBe('A = SUM(Sales[Amount]) + COUNT(Sales[Region])\n\nB = SUM(Nowhere[x])\n');
    expect(stdout).toContain('There is no table Nowhere');
    expect(stdout).not.toContain('Amout');
    expect(status).toBe(1);
  });

  it('leaves a file without faults as it is, byte for byte', () => {
    expect(fixed(good).read).toBe(good);
  });

  it('keeps line ends and the byte order mark', () => {
    expect(fixed('\ufeffA = SUM(Sales[Amout])\r\n\r\nB = 1\r\n').read).toBe('\ufeffA = SUM(Sales[Amount])\r\n\r\nB = 1\r\n');
    const it = folder({ 'm.daxmodel.yaml': model, 'm.dax': Buffer.from(`\ufeff${wrong}`, 'utf16le') });
    it.run('check', '--fix');
    expect(it.readBytes('m.dax')).toEqual(Buffer.from('\ufeffWrong = SUM(Sales[Amount])\n', 'utf16le'));
  });

  it('mends in a page, and nothing around it', () => {
    const it = folder({ 'm.daxmodel.yaml': model, 'p.md': '# [Amout]\n\n> ```dax\n> A = SUM(Sales[Amout])\n> ```\n\nSales[Amout]\n' });
    expect(it.run('check', '--fix').status).toBe(0);
    expect(it.read('p.md')).toBe('# [Amout]\n\n> ```dax\n> A = SUM(Sales[Amount])\n> ```\n\nSales[Amout]\n');
  });

  it('tells what it mended: people by name, machines beside the findings', () => {
    const files = { 'm.daxmodel.yaml': model, 'a.dax': wrong, 'b/b.dax': 'A = SUM(Sales[Amout]) + COUNT(Sale[Region])\n' };
    expect(folder(files).run('check', '--fix')).toEqual({ status: 0, stderr: '', stdout: `a.dax
  mended  Change to [Amount]  unknown-column

b/b.dax
  mended  Change to [Amount]  unknown-column
  mended  Change to Sales  unknown-table

0 errors, 0 warnings in 3 files
3 findings mended
` });
    expect(folder(files).run('check', '--fix', '--format', 'json')).toEqual({ status: 0, stdout: '[]\n', stderr: 'dax-metrics: 3 findings mended\n' });
  });

  it('goes on until nothing is left: what was hidden behind one repair is mended in the next round', () => {
    const it = folder({ 'm.daxmodel.yaml': model, 'a.dax': 'M = [Totl] + DIVIDE(SUM(Sale[Amout]), 2, BLANK())\n', 'b.dax': good });
    expect(it.run('check', '--fix', 'a.dax').status).toBe(0);
    expect(it.read('a.dax')).toBe('M = [Total] + DIVIDE(SUM(Sales[Amount]), 2)\n');
    expect(it.json<readonly Row[]>('check', '--format', 'json')).toEqual([]);
  });

  it('leaves files alone that were not named', () => {
    const it = folder({ 'm.daxmodel.yaml': model, 'a.dax': wrong, 'b.dax': wrong.replace('Wrong', 'Other') });
    it.run('check', '--fix', 'a.dax');
    expect(it.read('a.dax')).toContain('[Amount]');
    expect(it.read('b.dax')).toContain('[Amout]');
  });

  it('mends a text that two models read once', () => {
    const it = folder({
      'm.daxmodel.yaml': model, 'n.daxmodel.yaml': model.replace('name: shop', 'name: other'), 'dax-metrics.json': '{ "markdown": { "models": { "x": "shop", "y": "other" } } }',
      'p.md': '# P\n\n```dax\nA = SUM(Sales[Amout])\n```\n\n### [X](#tab/x)\n\nOne.\n\n### [Y](#tab/y)\n\nTwo.\n\n---\n',
    });
    it.run('check', '--fix');
    expect(it.read('p.md')).toContain('A = SUM(Sales[Amount])\n');
  });

  it('mends only what --only names', () => {
    const it = folder({ 'm.daxmodel.yaml': model, 'm.dax': wrong });
    it.run('check', '--fix', '--only', 'syntax');
    expect(it.read('m.dax')).toBe(wrong);
  });
});

describe('check --format sarif', () => {
  it('is SARIF 2.1.0 with rules, levels, regions in UTF-16 units and fixes', () => {
    const { json } = folder({ 'm.daxmodel.yaml': model, 'a b#c.dax': wrong });
    expect(json('check', '--format', 'sarif')).toMatchObject({
      version: '2.1.0',
      runs: [{
        columnKind: 'utf16CodeUnits',
        tool: { driver: { name: 'dax-metrics', rules: [{ id: 'unknown-column' }] } },
        results: [{
          ruleId: 'unknown-column', level: 'error',
          locations: [{ physicalLocation: { artifactLocation: { uri: 'a%20b%23c.dax' }, region: { startLine: 1, startColumn: 18, endLine: 1, endColumn: 25 } } }],
          fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: '[Amount]' } }] }] }],
        }],
      }],
    });
  });
});

describe('check --format github', () => {
  it('is one command a finding, and nothing where nothing is wrong', () => {
    const it = folder({ 'm.daxmodel.yaml': model, 'm.dax': `${wrong}\n${'nothing of DAX\n'}` });
    expect(it.run('check', '--format', 'github').stdout.split('\n')[0]).toBe(
      '::error file=m.dax,line=1,col=18,endLine=1,endColumn=25,title=unknown-column::The table Sales has no column or measure [Amout]. Did you mean [Amount]?',
    );
    it.write('m.dax', good);
    expect(it.run('check', '--format', 'github')).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
