// The one wrapper around every request: let a cancellation in, run, and turn a fault of ours into a neutral answer.
import { LSPErrorCodes, ResponseError, type CancellationToken } from './library.ts';

export interface HandleContext {
  /** Lets messages that are waiting, such as a cancellation, be read before the work starts. */
  readonly yieldToMessages: () => Promise<void>;
  readonly log: (message: string) => void;
}

export type Handler<P, R> = (params: P, token: CancellationToken) => Promise<R | ResponseError<void>>;

/**
 * @param name the request, for the log
 * @param run the work; it throws only where we are wrong, never for what the user wrote
 * @param neutral the answer after such a fault: the editor shows nothing rather than an error
 */
export function handle<P, R>(
  ctx: HandleContext,
  name: string,
  run: (params: P, token: CancellationToken) => R | Promise<R>,
  neutral: R,
): Handler<P, R> {
  const cancelled = (): ResponseError<void> => new ResponseError(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
  return async (params, token) => {
    await ctx.yieldToMessages();
    if (token.isCancellationRequested) return cancelled();
    try {
      const result = await run(params, token);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      if (token.isCancellationRequested) return cancelled();
      ctx.log(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return neutral;
    }
  };
}
