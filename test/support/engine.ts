/** The engine in this process, over files in memory. */
import { createEngine } from '../../server/src/host/engine.ts';
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
  return {
    open: (name, spec) => engine.open(name, spec),
    run: (name, job, signal) => Promise.resolve(engine.run(name, job, { cancelled: () => signal?.isCancellationRequested === true })),
    dispose: () => undefined,
  };
}
