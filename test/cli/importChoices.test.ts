// `import-choices` as a process: metadata in, a model file changed, a report on stderr, data alone on stdout.
import { describe, expect, it } from 'vitest';
import { folder, type Folder } from './cli.ts';

const label = (text: string, german: string): object => ({
  LocalizedLabels: [{ Label: text, LanguageCode: 1033 }, { Label: german, LanguageCode: 1031 }], UserLocalizedLabel: { Label: text, LanguageCode: 1033 },
});

const metadata = (...more: readonly object[]): string => JSON.stringify({
  '@odata.context': 'https://x/$metadata#GlobalOptionSetDefinitions',
  value: [
    { Name: 'why', Options: [{ Value: 1, Label: label('Reject', 'Ablehnung') }, { Value: 2, Label: label('Timeout (Deprecated)', 'Zeit') }] },
    { Name: 'session_channel', Options: [{ Value: 7, Label: label('Chat', 'Chat') }] },
    ...more,
  ],
});

const model = `# The model.
name: shop
choices:
  why: { 1: Refused, 3: Old } # reasons
tables:
  Sales:
    rows: [{ Why: 1 }]
    columns: { Why: { type: int64, choice: why } }
`;

const changed = model
  .replace('{ 1: Refused, 3: Old }', '{ 1: Reject, 3: Old, 2: { label: Timeout (Deprecated), deprecated: true } }')
  .replace('# reasons\n', '# reasons\n  session_channel:\n    7: Chat\n');

const project = (more: Readonly<Record<string, string>> = {}): Folder => folder({ 'm.daxmodel.yaml': model, 'meta.json': metadata(), ...more });

describe('import-choices', () => {
  it('writes the choices into the model and says what it did', () => {
    const it = project();
    const ran = it.run('import-choices', 'meta.json', '-m', 'SHOP');
    expect(ran).toEqual({
      status: 0, stdout: '',
      stderr: 'why: 1 new code: 2 Timeout (Deprecated); 1 is now Reject, was Refused; kept, though not in the metadata: 3\nsession_channel: new, 1 code\nm.daxmodel.yaml is written: 1 new, 1 changed, 0 the same\n',
    });
    expect(it.read('m.daxmodel.yaml')).toBe(changed);
    expect(it.run('import-choices', 'meta.json', '-m', 'shop')).toEqual({
      status: 0, stdout: '', stderr: 'why: kept, though not in the metadata: 3\nm.daxmodel.yaml needs no change: 0 new, 0 changed, 2 the same\n',
    });
    expect(it.run('check', 'm.daxmodel.yaml').status).toBe(0);
  });

  it('takes the only model where none is named', () => {
    const it = project();
    expect(it.run('import-choices', 'meta.json').status).toBe(0);
    expect(it.read('m.daxmodel.yaml')).toBe(changed);
  });

  it('only checks', () => {
    const it = project();
    expect(it.run('import-choices', 'meta.json', '--check')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('m.daxmodel.yaml would change: 1 new, 1 changed, 0 the same\n') as string });
    expect(it.read('m.daxmodel.yaml')).toBe(model);
    it.write('m.daxmodel.yaml', changed);
    expect(it.run('import-choices', 'meta.json', '--check').status).toBe(0);
  });

  it('shows the file that it would write', () => {
    const it = project();
    expect(it.run('import-choices', 'meta.json', '--stdout')).toMatchObject({ status: 0, stdout: changed });
    expect(it.read('m.daxmodel.yaml')).toBe(model);
  });

  it.each([[['--language', 'de-AT'], 'Ablehnung'], [['--language', '1031'], 'Ablehnung'], [['--language', 'fr'], 'Reject'], [[], 'Ablehnung']])('speaks the language of %j', (args, expected) => {
    const it = project({ 'dax-metrics.json': '{ "labels": { "language": "de" } }' });
    expect(it.run('import-choices', 'meta.json', '--stdout', ...args).stdout).toContain(`{ 1: ${expected}, 3: Old`);
  });

  it('writes some of them', () => {
    const it = project();
    it.run('import-choices', 'meta.json', '--only', 'session_*');
    expect(it.read('m.daxmodel.yaml')).toBe(model.replace('# reasons\n', '# reasons\n  session_channel:\n    7: Chat\n'));
  });

  it('makes a file, or adds to one that is there', () => {
    const it = project();
    expect(it.run('import-choices', 'meta.json', '--out', 'new/../codes.daxmodel.yaml').status).toBe(0);
    expect(it.read('codes.daxmodel.yaml')).toBe('name: codes\nchoices:\n  why:\n    1: Reject\n    2: { label: Timeout (Deprecated), deprecated: true }\n  session_channel:\n    7: Chat\n');
    expect(it.run('import-choices', 'meta.json', '--out', 'codes.daxmodel.json').status).toBe(0);
    expect(JSON.parse(it.read('codes.daxmodel.json'))).toEqual({ name: 'codes', choices: { why: { 1: 'Reject', 2: { label: 'Timeout (Deprecated)', deprecated: true } }, session_channel: { 7: 'Chat' } } });
    it.write('more.json', metadata({ Name: 'more', Options: [] }));
    it.run('import-choices', 'more.json', '--out', 'codes.daxmodel.yaml');
    expect(it.read('codes.daxmodel.yaml')).toContain('\n  more: {}\n');
  });

  it('joins files, and puts labels of rows to the choice of their column', () => {
    const rows = JSON.stringify({ value: [{ channel: 8, 'channel@OData.Community.Display.V1.FormattedValue': 'Voice', other: 9, 'other@OData.Community.Display.V1.FormattedValue': 'Nine' }] });
    const it = project({ 'rows.json': rows, 'c.xml': '<ImportExportXml><optionsets><optionset Name="colour"><options><option value="1"><labels><label description="Red" languagecode="1033"/></labels></option></options></optionset></optionsets></ImportExportXml>' });
    const { stdout } = it.run('import-choices', 'rows.json', 'meta.json', 'c.xml', '--out', 'x.yaml', '--stdout');
    expect(stdout).toContain('  session_channel:\n    7: Chat\n    8: Voice\n');
    expect(stdout).toContain('  colour:\n    1: Red\n');
    expect(stdout).toContain('  other:\n    partial: true\n    9: Nine\n');
  });

  it('keeps the encoding', () => {
    const it = project();
    it.write('m.daxmodel.yaml', Buffer.from(`\ufeff${model.replaceAll('\n', '\r\n')}`, 'utf16le'));
    it.run('import-choices', 'meta.json');
    expect(it.readBytes('m.daxmodel.yaml').toString('utf16le')).toBe(`\ufeff${changed.replaceAll('\n', '\r\n')}`);
  });

  it('reads files beside the project', () => {
    const it = project({ '../outside/meta.json': metadata() });
    expect(it.run('import-choices', '../outside/meta.json').status).toBe(0);
    expect(it.read('m.daxmodel.yaml')).toBe(changed);
  });

  it.each([
    [['meta.json', '-m', 'none'], 2, 'there is no model none; known: shop'],
    [['meta.json', '-m', 'shop', '--out', 'x.yaml'], 2, '-m and --out name two files; keep one of them'],
    [['none.json'], 2, 'no file matches none.json'],
    [['.'], 2, '. is no regular file'],
    [['meta.json', '--language', 'Latin'], 2, '--language Latin is no language; wanted: a language such as en-US, de or 1033'],
    [['meta.json', '--only', 'wy'], 2, 'the metadata has no choice wy; did you mean why?'],
    [['meta.json', '--out', 'x.txt'], 2, '--out must name a YAML or JSON file'],
    [['meta.json', '--out', 'no/x.yaml'], 2, 'x.yaml cannot be written'],
    [[], 2, "missing required argument 'metadata'"],
    [['bad.json'], 1, 'bad.json:2: The file cannot be read: a comma before ] must go.'],
    [['empty.json'], 1, 'empty.json: it holds no choices; expand OptionSet, or ask for rows with formatted values'],
    [['meta.json', 'bad.json'], 1, 'bad.json:2: The file cannot be read: a comma before ] must go.'],
    [['meta.json', '--out', 'list.yaml'], 1, 'list.yaml: choices is no mapping of names to choices'],
  ])('%j fails with %i', (args, status, message) => {
    const it = project({ 'bad.json': '{"value": [\n1,]}', 'empty.json': '{"LogicalName": "a"}', 'list.yaml': 'name: x\nchoices: [1]\n' });
    const ran = it.run('import-choices', ...args);
    expect(ran).toMatchObject({ status, stdout: '', stderr: expect.stringContaining(message) as string });
    expect(it.read('m.daxmodel.yaml')).toBe(model);
  });

  it('wants to know where to, when there are several models', () => {
    const it = project({ 'n.daxmodel.yaml': 'name: other\n' });
    expect(it.run('import-choices', 'meta.json')).toMatchObject({ status: 2, stderr: expect.stringContaining('-m or --out must say where the choices go; models: shop, other') as string });
  });

  it('lets no label steer the terminal', () => {
    const it = project({ 'meta.json': metadata({ Name: 'x\u001b[31m', Options: [{ Value: 1, Label: label('\u001b]0;t\u0007', '') }] }) });
    const { stderr, status } = it.run('import-choices', 'meta.json');
    expect(status).toBe(0);
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});
