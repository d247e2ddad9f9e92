// The server of the command line starts with what was compiled ahead, where that belongs to it, and without it otherwise.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compiledWith } from '../../scripts/compile.mjs';

const root = path.resolve(import.meta.dirname, '../..');

describe('what is compiled ahead', () => {
  let dist: string;
  const file = (name: string): string => path.join(dist, name);

  beforeAll(() => {
    dist = mkdtempSync(path.join(tmpdir(), 'dax-compiled-'));
    const built = spawnSync(process.execPath, ['--input-type=module', '-e', `
      const { buildAll } = await import(${JSON.stringify(path.join(root, 'scripts/build.mjs'))});
      await buildAll({ dist: ${JSON.stringify(dist)}, only: ['cli.js', 'server.js'] });`], { encoding: 'utf8' });
    expect(built.stderr).toBe('');
    expect(built.status).toBe(0);
  });
  afterAll(() => rmSync(dist, { recursive: true, force: true }));

  it.each([
    ['with the options with which the extension starts it', compiledWith, []],
    ['by the command line, which says them before', [], compiledWith],
  ])('is taken by this version of Node, started %s', (_, options, said) => {
    const script = `
      for (const it of ${JSON.stringify(said)}) require('node:v8').setFlagsFromString(it);
      const { readFileSync } = require('node:fs');
      const source = require('node:module').wrap(readFileSync(${JSON.stringify(file('server.js'))}, 'utf8'));
      const cachedData = readFileSync(${JSON.stringify(file('server.js.compiled'))}).subarray(64);
      process.stdout.write(String(new (require('node:vm').Script)(source, { cachedData }).cachedDataRejected));`;
    expect(spawnSync(process.execPath, [...options, '-e', script], { encoding: 'utf8' }).stdout).toBe('false');
  });

  /** What `lsp --stdio` answers in a copy whose files were changed. */
  const answer = async (change: (copy: string) => void): Promise<string> => {
    const copy = mkdtempSync(path.join(tmpdir(), 'dax-compiled-'));
    try {
      cpSync(dist, copy, { recursive: true });
      change(copy);
      const server = spawn(process.execPath, [path.join(copy, 'cli.js'), 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
      const body = '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}';
      server.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
      let said = '';
      server.stdout.setEncoding('utf8');
      for await (const text of server.stdout) {
        said += String(text);
        if (said.includes('serverInfo')) break;
      }
      server.kill();
      return said;
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  };

  it('is used or left, and the server answers', async () => {
    const compiled = (copy: string): string => path.join(copy, 'server.js.compiled');
    expect(await answer(() => undefined)).toContain('serverInfo');
    expect(await answer((copy) => rmSync(compiled(copy)))).toContain('serverInfo');
    expect(await answer((copy) => writeFileSync(compiled(copy), 'of another text'))).toContain('serverInfo');
    // Data that V8 refuses: it compiles as ever.
    expect(await answer((copy) => writeFileSync(compiled(copy), `${readFileSync(compiled(copy)).toString('latin1', 0, 64)}no code`))).toContain('serverInfo');
  });
});
