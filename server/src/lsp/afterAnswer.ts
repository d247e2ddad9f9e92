// What is loaded behind the answer to initialize, so that no editor waits for it before it goes on with its own start.
import type { MessageStrategy } from './library.ts';

export interface AfterAnswer extends MessageStrategy {
  /**
   * To be called while a request is handled: `load` runs once its answer has been written. Messages that come before it has
   * ended wait for it, and are then handled in their order.
   *
   * @param load never rejects
   */
  readonly load: (load: () => Promise<void>) => void;
}

export function createAfterAnswer(): AfterAnswer {
  let next: (() => Promise<void>) | undefined;
  let loaded: Promise<void> | undefined;
  return {
    load: (it) => void (next = it),
    async handleMessage(message, handle) {
      await loaded;
      const answered = handle(message);
      if (next !== undefined) {
        loaded = Promise.resolve(answered).then(next);
        next = undefined;
      }
      await answered;
    },
  };
}
