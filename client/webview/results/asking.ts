/** Questions to the language server, by way of the extension: the last one of a screen counts, earlier ones are cancelled. */
import type { Ask, Asked, ToExtension } from './messages.ts';

export interface Asking {
  /**
   * Cancels what was asked before and asks.
   *
   * @returns undefined where another question came after it, or the language server gives no answer
   */
  ask<K extends keyof Asked>(about: K, params: Asked[K]['params']): Promise<Asked[K]['answer'] | undefined>;
  answered(id: number, answer: unknown): void;
}

export function createAsking(post: (it: ToExtension) => void): Asking {
  let last = 0;
  let waiting: { readonly id: number; readonly resolve: (answer: never) => void } | undefined;
  const end = (): void => {
    if (waiting === undefined) return;
    post({ type: 'cancel', id: waiting.id });
    waiting.resolve(undefined as never);
    waiting = undefined;
  };
  return {
    ask<K extends keyof Asked>(about: K, params: Asked[K]['params']) {
      end();
      const id = ++last;
      return new Promise<Asked[K]['answer'] | undefined>((resolve) => {
        waiting = { id, resolve };
        post({ type: 'ask', id, ask: { about, params } as Ask });
      });
    },
    answered(id, answer) {
      if (waiting?.id !== id) return;
      const { resolve } = waiting;
      waiting = undefined;
      resolve(answer as never);
    },
  };
}
