// The wrapper around every request: cancellations are seen before the work, faults end in a neutral answer and a log line.
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import { handle } from '../../server/src/lsp/handle.ts';

function setUp(): { readonly logged: string[]; readonly ctx: Parameters<typeof handle>[0] } {
  const logged: string[] = [];
  return {
    logged,
    ctx: { yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)), log: (it) => void logged.push(it) },
  };
}

const isCancelled = (it: unknown): boolean => it instanceof ResponseError && it.code === LSPErrorCodes.RequestCancelled;

describe('handle', () => {
  it('gives the answer', async () => {
    const { ctx, logged } = setUp();
    const handler = handle(ctx, 'test', (it: number) => it + 1, 0);
    expect(await handler(1, new CancellationTokenSource().token)).toBe(2);
    expect(logged).toEqual([]);
  });

  it('does not start what was cancelled right after it was asked', async () => {
    const { ctx } = setUp();
    const source = new CancellationTokenSource();
    let ran = false;
    const handler = handle(ctx, 'test', () => (ran = true), false);
    const answer = handler(undefined, source.token);
    source.cancel();
    expect(isCancelled(await answer)).toBe(true);
    expect(ran).toBe(false);
  });

  it('throws away the answer of what was cancelled meanwhile', async () => {
    const { ctx } = setUp();
    const source = new CancellationTokenSource();
    const handler = handle(ctx, 'test', () => {
      source.cancel();
      return Promise.resolve('late');
    }, '');
    expect(isCancelled(await handler(undefined, source.token))).toBe(true);
  });

  it('turns a fault into the neutral answer and a line in the log', async () => {
    const { ctx, logged } = setUp();
    const handler = handle(ctx, 'textDocument/hover', () => Promise.reject<string>(new Error('broken')), 'neutral');
    expect(await handler(undefined, new CancellationTokenSource().token)).toBe('neutral');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('textDocument/hover failed: Error: broken');
  });
});
