/** The engine in this process, over files in memory. */
import { createEngine, type Engine } from '../../server/src/host/engine.ts';
import type { EngineHost } from '../../server/src/workspace/host.ts';

/** @param contents texts by uri, as they are when a database is opened */
export function createLocalEngine(contents: ReadonlyMap<string, string>): EngineHost {
  const engine = createEngine((uri) => {
    const text = contents.get(uri);
    if (text === undefined) return Promise.resolve({ fault: 'not-found' });
    const bytes = new TextEncoder().encode(text);
    return Promise.resolve({
      stamp: text,
      async *chunks() {
        yield await Promise.resolve(bytes);
      },
      size: bytes.length,
      read: (from, to) => bytes.subarray(from, to),
      changed: () => contents.get(uri) !== text,
      close: () => Promise.resolve(),
    });
  });
  return hostOver(engine);
}

/** An engine in this thread, as the workspace knows it. */
export const hostOver = (engine: Engine): EngineHost => ({
  open: (name, spec) => engine.open(name, spec),
  async inspect(name, key, part) {
    for (;;) {
      const it = engine.inspect(name, key, part, { cancelled: () => false });
      if (it === 'other') return undefined;
      if (it !== 'unfinished') return it;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  },
  run: (name, job, signal) => Promise.resolve(engine.run(name, job, { cancelled: () => signal?.isCancellationRequested === true })),
  dispose: () => undefined,
});
