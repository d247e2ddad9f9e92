// The command line as a process: its bundle, built once for a process of tests, run in a folder of its own.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { buildAll } from '../../scripts/build.mjs';

// Files of tests that share a process share this module, and so what it built; the folder is cleared after all of them.
const dist = mkdtempSync(path.join(inject('scratch'), 'cli-'));
await buildAll({ dist, dev: true, only: ['cli.js', 'commands.js', 'worker.js', 'server.js'] });

export const bin = path.join(dist, 'cli.js');

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Folder {
  /** The folder that commands run in; it lies in a folder of its own, so that there is an outside. */
  readonly root: string;
  run(...args: readonly string[]): Ran;
  /** Runs and parses what was written to stdout; nothing may be on stderr. */
  json<T>(...args: readonly string[]): T;
  read(file: string): string;
  readBytes(file: string): Buffer;
  write(file: string, content: string | Uint8Array): void;
}

/** @param files contents by path, relative to the folder; `../` is beside it */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): Folder {
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'dax-metrics-project-')));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const root = path.join(home, 'project');
  mkdirSync(root);
  const write = (file: string, content: string | Uint8Array): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  };
  for (const [file, content] of Object.entries(files)) write(file, content);
  const run = (...args: readonly string[]): Ran => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
      cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 60_000, env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined },
    });
    return { status, stdout, stderr };
  };
  return {
    root,
    run,
    json<T>(...args: readonly string[]): T {
      const { stdout, stderr } = run(...args);
      if (stderr !== '') throw new Error(stderr);
      return JSON.parse(stdout) as T;
    },
    read: (file) => readFileSync(path.join(root, file), 'utf8'),
    readBytes: (file) => readFileSync(path.join(root, file)),
    write,
  };
}

export const model = `name: shop
tables:
  Sales:
    rows:
      - { Region: north, Amount: 10, Day: 2025-03-01 }
      - { Region: north, Amount: 20, Day: 2025-03-02 }
      - { Region: south, Amount: 5, Day: 2025-03-03 }
    columns: { Region: { type: string }, Amount: { type: int64 }, Day: { type: dateTime } }
`;
