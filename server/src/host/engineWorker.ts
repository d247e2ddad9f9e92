/** The worker's side: answers messages in the order in which they come. */
import type { LoadWatch } from '../workspace/host.ts';
import type { Engine } from './engine.ts';
import type { FromWorker, ToWorker } from './engineMessages.ts';

/** Milliseconds between two words on how far a file is read. */
const tellEvery = 100;

/** @param post sends a message to the server */
export function createEngineWorker(engine: Engine, post: (message: FromWorker) => void): (message: Exclude<ToWorker, { kind: 'bytes' }>) => void {
  /** What is being opened, or is to be, and is no longer wanted. */
  const cancelled = new Set<number>();
  const watchOf = (id: number): LoadWatch => {
    let last = 0;
    return {
      progress(path, read, bytes) {
        const now = Date.now();
        if (now - last < tellEvery && read < bytes) return;
        last = now;
        post({ kind: 'progress', id, path, read, bytes });
      },
      isCancelled: () => cancelled.has(id),
      done: () => void cancelled.delete(id),
    };
  };
  let turn: Promise<void> = Promise.resolve();
  const answer = async (message: Extract<ToWorker, { kind: 'open' | 'run' | 'inspect' }>): Promise<FromWorker> => {
    const { id, name } = message;
    try {
      if (message.kind === 'open') {
        const watch = watchOf(id);
        const opened = await engine.open(name, message.spec, watch);
        watch.done();
        return { kind: 'opened', id, opened };
      }
      const { flag } = message;
      const isCancelled = (): boolean => flag !== undefined && Atomics.load(flag, 0) !== 0;
      if (message.kind === 'inspect') return { kind: 'inspected', id, inspected: engine.inspect(name, message.key, message.part, { cancelled: isCancelled }) };
      return { kind: 'result', id, result: engine.run(name, message.job, { cancelled: isCancelled }) };
    } catch (error) {
      return { kind: 'failed', id, message: error instanceof Error ? error.message : String(error) };
    }
  };
  return (message) => {
    // Files are read piece by piece, so that this is heard in between.
    if (message.kind === 'cancelOpen') {
      cancelled.add(message.id);
      return;
    }
    turn = turn.then(async () => post(await answer(message)));
  };
}
