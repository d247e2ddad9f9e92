/** The worker's side: answers messages in the order in which they come. */
import type { Engine } from './engine.ts';
import type { FromWorker, ToWorker } from './engineMessages.ts';

/** @param post sends a message to the server */
export function createEngineWorker(engine: Engine, post: (message: FromWorker) => void): (message: Extract<ToWorker, { kind: 'open' | 'run' }>) => void {
  let turn: Promise<void> = Promise.resolve();
  const answer = async (message: Extract<ToWorker, { kind: 'open' | 'run' }>): Promise<FromWorker> => {
    const { id, name } = message;
    try {
      if (message.kind === 'open') return { kind: 'opened', id, opened: await engine.open(name, message.spec) };
      const { flag } = message;
      const cancelled = (): boolean => flag !== undefined && Atomics.load(flag, 0) !== 0;
      return { kind: 'result', id, result: engine.run(name, message.job, { cancelled }) };
    } catch (error) {
      return { kind: 'failed', id, message: error instanceof Error ? error.message : String(error) };
    }
  };
  return (message) => {
    turn = turn.then(async () => post(await answer(message)));
  };
}
