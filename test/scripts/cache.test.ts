// The cache of the real-editor tests: filled once however many ask, never half, and a dead process does not block it.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cached } from '../../scripts/vscode/cache.mjs';

describe('cached', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'dax-metrics-cache-'));
    vi.stubEnv('DAX_METRICS_CACHE', root);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true });
  });

  it('fills a folder once for all who ask at the same time', async () => {
    let filled = 0;
    const fill = async (folder: string): Promise<void> => {
      filled++;
      await new Promise((resolve) => setImmediate(resolve));
      writeFileSync(path.join(folder, 'content'), 'whole');
    };
    const folders = await Promise.all([cached('thing-1', fill), cached('thing-1', fill), cached('thing-1', fill)]);
    expect(new Set(folders)).toEqual(new Set([path.join(root, 'thing-1')]));
    expect(filled).toBe(1);
    expect(readFileSync(path.join(root, 'thing-1/content'), 'utf8')).toBe('whole');
    expect(readdirSync(root)).toEqual(['thing-1']);
  });

  it('leaves nothing of a filling that failed, and can be asked again', async () => {
    const fail = (folder: string): void => {
      mkdirSync(path.join(folder, 'half'));
      throw new Error('no network');
    };
    await expect(cached('thing-1', fail)).rejects.toThrow('no network');
    expect(readdirSync(root)).toEqual([]);
    await cached('thing-1', () => undefined);
    expect(existsSync(path.join(root, 'thing-1'))).toBe(true);
  });

  it('takes over the lock of a process that has ended', async () => {
    // Beyond the largest process id of any system.
    writeFileSync(path.join(root, 'thing-1.lock'), '999999999');
    await cached('thing-1', () => undefined);
    expect(readdirSync(root)).toEqual(['thing-1']);
  });
});
