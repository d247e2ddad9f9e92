/** What the engine's bundle finds in the worker that it is run in, where that is not a worker of its own. */
import type { FromWorker, ToWorker } from '../engineMessages.ts';
import type { ReadBytes } from './source.ts';

/** @returns takes the messages of the server */
export type StartEngine = (read: ReadBytes, post: (message: FromWorker) => void) => (message: Exclude<ToWorker, { kind: 'bytes' }>) => void;

export interface EngineScope {
  /** Set by a server that takes the engine into its own worker. */
  takeEngine?: (start: StartEngine) => void;
}
