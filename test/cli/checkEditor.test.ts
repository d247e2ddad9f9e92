// `check` and the editor find the same: the command line and a language server over the same folder, both as processes.
import { spawn } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { bin, folder, model, type Folder } from './cli.ts';

interface Row {
  readonly file: string; readonly rule: string; readonly severity: string; readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number }; readonly end: { readonly line: number; readonly column: number } };
}

interface Diagnostic {
  readonly code: string; readonly severity: 1 | 2 | 3 | 4; readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number }; readonly end: { readonly line: number; readonly character: number } };
}

const severities = { 1: 'error', 2: 'warning', 3: 'information', 4: 'hint' } as const;

function checked(project: Folder): readonly string[] {
  return project.json<readonly Row[]>('check', '--format', 'json').map(({ file, range: { start, end }, rule, severity, message }) =>
    `${file} ${start.line}:${start.column}-${end.line}:${end.column} ${severity} ${rule} ${message}`).sort();
}

/** What an editor shows that has all these files open, once nothing is being computed any more. */
async function shown(project: Folder, files: readonly string[], expected: readonly string[]): Promise<readonly string[]> {
  const child = spawn(process.execPath, [bin, 'lsp', '--stdio'], { cwd: project.root, stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  client.listen();
  const uri = (file: string): string => pathToFileURL(path.join(project.root, file)).href;
  await client.sendRequest('initialize', {
    processId: null, rootUri: null, capabilities: { textDocument: { diagnostic: {} } }, workspaceFolders: [{ uri: pathToFileURL(project.root).href, name: 'project' }],
  });
  await client.sendNotification('initialized', {});
  for (const file of files) {
    const languageId = file.endsWith('.dax') ? 'dax' : file.endsWith('.md') ? 'markdown' : file.endsWith('.json') ? 'json' : 'yaml';
    await client.sendNotification('textDocument/didOpen', { textDocument: { uri: uri(file), languageId, version: 1, text: project.read(file) } });
  }
  const pull = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const file of files) {
      const { items } = await client.sendRequest<{ items: readonly Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: uri(file) } });
      found.push(...items.map(({ range: { start, end }, severity, code, message }) =>
        `${file} ${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1} ${severities[severity]} ${code} ${message}`));
    }
    return found.sort();
  };
  // What only the rows tell comes late in an editor.
  let found = await pull();
  for (let i = 0; i < 40 && found.length < expected.length; i++) {
    await client.sendRequest('daxMetrics/settled');
    await new Promise((resolve) => setTimeout(resolve, 250));
    found = await pull();
  }
  await client.sendRequest('shutdown');
  await client.sendNotification('exit');
  client.dispose();
  return found;
}

const ours = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).map((it) => it.split(path.sep).join('/')).filter((it) => /\.dax$|\.md$|\.daxmodel\.yaml$|dax-metrics\.json$/.test(it)).sort();

it('in the sample', async () => {
  const project = folder({});
  cpSync(path.join(import.meta.dirname, '../../samples/omnichannel'), project.root, { recursive: true });
  const expected = checked(project);
  expect(expected.length).toBeGreaterThan(10);
  expect(await shown(project, ours(project.root), expected)).toEqual(expected);
}, 120_000);

it('in a project with faults in every kind of file, severities and suppressions of its own', async () => {
  const project = folder({
    'dax-metrics.json': '{ "rules": { "unknown-column": "warning", "prose": "off" }, "rule": {} }\n',
    'm.daxmodel.yaml': `${model.replace('Region: { type: string }', 'Region: { type: string, choice: regions }')}choices:\n  regions: { 1001: { label: North }, 1002: { label: South, deprecated: true } }\n  unused: [1]\n`,
    'a.dax': 'Wrong = SUM(Sales[Amout]) + [Totl]\n\nThis is prose.\n\nÄ😀 = CALCULATE(COUNTROWS(Sales), Sales[Region] IN { "1001", "1002", "100" })\n\n// dax-metrics-disable-next-line unknown-table -- known elsewhere\nB = SUM(Nowhere[x])\n\n/// @expect many\nDup = 1\n',
    'b.dax': 'Dup = 2\n\nBroken = CALCULATE(SUM(Sales[Amount]),\n',
    'page.md': '# Dup\n\n```dax\nDup = 3 +\n```\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | |\n| Filters | |\n',
  });
  const expected = checked(project);
  expect(new Set(expected.map((it) => it.split(' ')[0]))).toEqual(new Set(['dax-metrics.json', 'm.daxmodel.yaml', 'a.dax', 'b.dax', 'page.md']));
  expect(await shown(project, ours(project.root), expected)).toEqual(expected);
}, 120_000);
