// Refreshes asked of the client: one at a time, however many changes ask for one.
import type { HandleContext } from '../handle.ts';

/** Calls `send` soon; calls that come before it is answered lead to one more. */
export function coalesced(send: () => Promise<void>, ctx: HandleContext): () => void {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      await ctx.yieldToMessages();
      try {
        await send();
      } catch (error) {
        ctx.log(`a refresh failed: ${String(error)}`);
      }
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}
