// Files and evaluations that take longer than a moment show progress that can be cancelled; others show nothing.
import type { ClientCapabilities, Connection } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import { evaluationShown, loadingShown } from '../../server/src/lsp/progress.ts';

const able: ClientCapabilities = { window: { workDoneProgress: true } };

function editor() {
  const said: string[] = [];
  const token = { isCancellationRequested: false };
  const connection = {
    console: { error: (it: string) => void said.push(`error ${it}`) },
    window: {
      createWorkDoneProgress: () => Promise.resolve({
        token,
        begin: (title: string, share: number | undefined, message: string | undefined, cancellable: boolean) =>
          void said.push(`begin ${title}${share === undefined ? '' : `: ${message ?? ''} ${String(share)} %`} ${cancellable ? 'cancellable' : ''}`),
        report: (share: number, message: string) => void said.push(`${message} ${String(share)} %`),
        done: () => void said.push('done'),
      }),
    },
  } as unknown as Connection;
  let pass = (): void => undefined;
  const delay = (): Promise<void> => new Promise((resolve) => { pass = resolve; });
  return { said, token, connection, delay, wait: async () => { pass(); await new Promise((resolve) => void setImmediate(resolve)); } };
}

describe('the reading of data files', () => {
  it('shows nothing when it is soon done', async () => {
    const { said, connection, delay, wait } = editor();
    const watch = loadingShown(connection, able, delay)?.('centre');
    watch?.progress('a.csv', 10, 100);
    watch?.done();
    await wait();
    expect(said).toEqual([]);
  });

  it('shows its share once it takes longer, and can be cancelled', async () => {
    const { said, token, connection, delay, wait } = editor();
    const watch = loadingShown(connection, able, delay)?.('centre');
    watch?.progress('a.csv', 10, 100);
    await wait();
    watch?.progress('a.csv', 57, 100);
    expect(watch?.isCancelled()).toBe(false);
    token.isCancellationRequested = true;
    expect(watch?.isCancelled()).toBe(true);
    watch?.done();
    expect(said).toEqual(['begin Reading data of centre: a.csv 10 % cancellable', 'a.csv 57 %', 'done']);
  });

  it('is not followed where the editor shows no progress', () => {
    const { connection, delay } = editor();
    expect(loadingShown(connection, {}, delay)).toBeUndefined();
  });
});

describe('an evaluation', () => {
  it('shows nothing when it is soon done', async () => {
    const { said, connection, delay, wait } = editor();
    evaluationShown(connection, able, delay)?.('centre').done();
    await wait();
    expect(said).toEqual([]);
  });

  it('shows itself once it takes longer, and can be cancelled', async () => {
    const { said, token, connection, delay, wait } = editor();
    const watch = evaluationShown(connection, able, delay)?.('centre');
    await wait();
    expect(watch?.isCancelled()).toBe(false);
    token.isCancellationRequested = true;
    expect(watch?.isCancelled()).toBe(true);
    watch?.done();
    expect(said).toEqual(['begin Computing values of centre cancellable', 'done']);
  });
});
