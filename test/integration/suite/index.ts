// Run by VS Code inside its extension host: runs the suite with mocha and writes what came out of it to a file.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import * as vscode from 'vscode';

interface Outcome {
  readonly title: string;
  readonly milliseconds: number;
  readonly error?: string;
}

export async function run(): Promise<void> {
  const file = process.env['DAX_METRICS_TEST_RESULTS'];
  if (file === undefined) throw new Error('DAX_METRICS_TEST_RESULTS names no file');
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, reporter: 'spec' });
  // Defines describe and it, which the suites use as they load.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./suites.ts');

  const passed: Outcome[] = [];
  const failed: Outcome[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (it) => passed.push({ title: it.fullTitle(), milliseconds: it.duration ?? 0 }));
    runner.on('fail', (it, error: Error) =>
      failed.push({ title: it.fullTitle(), milliseconds: it.duration ?? 0, error: error.stack ?? String(error) }),
    );
  });
  writeFileSync(file, JSON.stringify({ host: `VS Code ${vscode.version}, ${vscode.env.remoteName ?? 'local'}`, passed, failed }));
  if (failed.length > 0) throw new Error(`${failed.length} failed`);
}
