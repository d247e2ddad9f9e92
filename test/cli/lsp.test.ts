// `dax-metrics lsp --stdio`: the language server as a process of its own, which lives through whatever is opened in it.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished, describe, expect, it } from 'vitest';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter, type ProtocolConnection } from 'vscode-languageserver/node';
import { bin, folder, type Folder } from './cli.ts';

interface Server {
  readonly client: ProtocolConnection;
  readonly project: Folder;
  uri(file: string): string;
  /** Opens a text, or changes it, and resolves to its findings: `line:column code`. */
  findings(file: string, text: string): Promise<readonly string[]>;
  hints(file: string, lines: number): Promise<readonly string[]>;
  hover(file: string, line: number, character: number): Promise<string>;
  /** Ends the session and resolves to the exit code. */
  end(): Promise<number | null>;
}

async function start(files: Readonly<Record<string, string>>): Promise<Server> {
  const project = folder(files);
  const child = spawn(process.execPath, [bin, 'lsp', '--stdio'], { cwd: project.root, stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(() => void child.kill());
  const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  client.onError(() => undefined);
  client.listen();
  const uri = (file: string): string => pathToFileURL(path.join(project.root, file)).href;
  await client.sendRequest('initialize', {
    processId: null, rootUri: null, capabilities: { textDocument: { diagnostic: {}, inlayHint: {}, hover: {} } },
    workspaceFolders: [{ uri: pathToFileURL(project.root).href, name: 'project' }],
  });
  await client.sendNotification('initialized', {});
  const versions = new Map<string, number>();
  const put = async (file: string, text: string): Promise<void> => {
    const version = (versions.get(file) ?? 0) + 1;
    versions.set(file, version);
    const languageId = file.endsWith('.dax') ? 'dax' : file.endsWith('.md') ? 'markdown' : 'yaml';
    if (version === 1) await client.sendNotification('textDocument/didOpen', { textDocument: { uri: uri(file), languageId, version, text } });
    else await client.sendNotification('textDocument/didChange', { textDocument: { uri: uri(file), version }, contentChanges: [{ text }] });
  };
  return {
    client,
    project,
    uri,
    async findings(file, text) {
      await put(file, text);
      const report = await client.sendRequest<{ items: readonly { code: string; range: { start: { line: number; character: number } } }[] }>(
        'textDocument/diagnostic', { textDocument: { uri: uri(file) } },
      );
      return report.items.map((it) => `${String(it.range.start.line + 1)}:${String(it.range.start.character + 1)} ${it.code}`);
    },
    async hints(file, lines) {
      const range = { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } };
      const ask = async (): Promise<readonly string[]> => {
        const hints = await client.sendRequest<readonly { label: string }[] | null>('textDocument/inlayHint', { textDocument: { uri: uri(file) }, range });
        return (hints ?? []).map((it) => it.label);
      };
      await ask();
      await client.sendRequest('daxMetrics/settled');
      return ask();
    },
    async hover(file, line, character) {
      const hover = await client.sendRequest<{ contents: { value: string } } | null>('textDocument/hover', { textDocument: { uri: uri(file) }, position: { line, character } });
      return hover?.contents.value ?? '';
    },
    async end() {
      await client.sendRequest('shutdown');
      await client.sendNotification('exit');
      return exited;
    },
  };
}

const good = { 'm.daxmodel.yaml': 'name: m\ntables:\n  Good: { source: good.csv, columns: { A: { type: int64 } } }\n', 'good.csv': 'A\n1\n2\n' };

/** The server answers with findings and values as before. */
async function expectAlive(server: Server): Promise<void> {
  expect(await server.findings('alive.dax', `Alive = COUNTROWS(Good) + ${String(Date.now() % 7)} * 0\n\nWrong = COUNTROWS(Goood)\n`)).toEqual(['3:19 unknown-name']);
  expect(await server.hints('alive.dax', 4)).toContain('= 2');
}

const deep = 10_000;
const megabytes = (unit: string, count = 5): string => unit.repeat(Math.ceil((count * 1024 * 1024) / unit.length));

describe('the language server over stdio', () => {
  it('lives through texts that nobody would write', async () => {
    const server = await start(good);
    const texts: readonly (readonly [string, string, RegExp])[] = [
      ['a.dax', `Deep = ${'('.repeat(deep)}1${')'.repeat(deep)}\n`, /^1:\d+ nested-too-deep$/],
      ['a.dax', `Deep = ${'IF('.repeat(deep)}\n`, /^1:\d+ nested-too-deep$/],
      ['a.dax', `Long = ${megabytes('1 + ')}1\n`, /^1:\d+ segment-too-long$/],
      ['a.dax', `Long = "${megabytes('x')}\n`, /^1:\d+ segment-too-long$/],
      ['a.dax', `Self = [Self]\n`, /^1:8 circular-dependency$/],
      ['a.dax', `N\u0000\u001b\ud800 = COUNTROWS(Goood)\n`, /./],
      ['p.md', `\`\`\`dax\nDeep = ${'{'.repeat(deep)}\n\`\`\`\n`, /^2:\d+ nested-too-deep$/],
      ['p.md', `${megabytes('[a](')}\n\n\`\`\`dax\nM = (\n\`\`\`\n`, /^4:5 unclosed-bracket$/],
      ['x/x.daxmodel.yaml', `name: x\ntables: ${'['.repeat(deep)}\n`, /^2:\d+ model-syntax$/],
      ['x/x.daxmodel.yaml', `name: x\ntables:\n  T: { dax: "${'('.repeat(deep)}" }\n`, /^3:\d+ nested-too-deep$/],
    ];
    for (const [file, text, wanted] of texts) {
      const found = await server.findings(file, text);
      expect([text.slice(0, 40), found.length > 0]).toEqual([text.slice(0, 40), true]);
      for (const it of found) expect(it).toMatch(wanted);
      await server.hints(file, 3);
      await server.hover(file, 0, 2);
    }
    await expectAlive(server);
    expect(await server.end()).toBe(0);
  });

  it('lives through data that cannot be had, and uses it once it can', async () => {
    const server = await start({ ...good, 't.daxmodel.yaml': 'name: t\ntables:\n  T: { source: t.csv, columns: { A: { type: int64 } } }\n' });
    const page = '```dax model=t\nSum = SUM(T[A])\n```\n';
    const model = server.project.read('t.daxmodel.yaml');
    const watch = async (): Promise<void> => server.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: server.uri('t.csv'), type: 2 }] });
    expect(await server.findings('t.daxmodel.yaml', model)).toEqual(['3:16 data-missing']);
    await server.findings('p.md', page);
    expect(await server.hints('p.md', 3)).toEqual(['= ?']);
    server.project.write('t.csv', 'A\n1\n"2\n');
    await watch();
    expect(await server.findings('t.daxmodel.yaml', model)).toEqual(['3:16 data-malformed']);
    server.project.write('t.csv', 'A\n1\n2\n');
    await watch();
    expect(await server.findings('t.daxmodel.yaml', model)).toEqual([]);
    expect(await server.hints('p.md', 3)).toEqual(['= 3']);
    await server.findings('alive.md', '```dax model=m\nAlive = COUNTROWS(Good)\n```\n');
    expect(await server.hints('alive.md', 3)).toEqual(['= 2']);
    expect(await server.end()).toBe(0);
  });

  it('lives through evaluations that want too much', async () => {
    const server = await start({
      ...good, 'dax-metrics.json': '{ "limits": { "milliseconds": 1000, "rows": 100000 } }',
    });
    const metrics = Array.from({ length: 60 }, (_, i) => `m${String(i)} = ${i === 0 ? 'COUNTROWS(Good)' : `CALCULATE([m${String(i - 1)}], Good[A] = 1) + CALCULATE([m${String(i - 1)}], Good[A] = 2)`}`);
    await server.findings('m.dax', `${metrics.join('\n\n')}\n\nMany = COUNTROWS(CALENDAR(DATE(1900, 1, 1), DATE(9999, 1, 1)))\n`);
    expect((await server.hints('m.dax', 200)).at(-1)).toBe('= ?');
    expect(await server.hover('m.dax', 120, 1)).toContain('100,000 rows');
    await expectAlive(server);
    expect(await server.end()).toBe(0);
  });

  it('shows labels and cells as text', async () => {
    const server = await start({
      'm.daxmodel.yaml': `name: m
tables:
  T:
    rows: [{ Code: "1" }, { Code: "<img src=x>|\\n# \\e[2J[x](command:y)" }]
    columns: { Code: { type: string, choice: c } }
choices:
  c: { 1: { label: "<b>|\\n\\n# [x](command:evil) \\e[31m\`\`\` ![i](http://x/y.png)" } }
`,
    });
    expect(await server.findings('m.dax', 'One = CALCULATE(COUNTROWS(T), T[Code] = "1")\n')).toEqual([]);
    for (const label of await server.hints('m.dax', 2)) expect(label).not.toMatch(/[\u0000-\u001f\u007f]/);
    for (const character of [1, 32, 42]) {
      const text = await server.hover('m.dax', 0, character);
      expect(text).not.toBe('');
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
      // Outside code spans there is no markup of the label's.
      const outside = text.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
      expect(outside).not.toMatch(/<b>|<img|command:|http:\/\/x/);
      expect(text).not.toMatch(/^# \[x\]/m);
    }
    expect(await server.end()).toBe(0);
  });
});
