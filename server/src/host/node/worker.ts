/** Entry of the engine's worker thread in Node. */
import { parentPort, workerData } from 'node:worker_threads';
import { createEngine } from '../engine.ts';
import type { ToWorker } from '../engineMessages.ts';
import { createEngineWorker } from '../engineWorker.ts';
import { diskSource } from './source.ts';

/** What the thread is started with. */
export interface WorkerData {
  readonly folders: readonly string[];
  readonly allowed: readonly string[];
}

const { folders, allowed } = workerData as WorkerData;
const port = parentPort;
if (port === null) throw new Error('this bundle runs in a worker thread only');
const take = createEngineWorker(createEngine(diskSource(folders, new Set(allowed))), (message) => port.postMessage(message));
port.on('message', (message: ToWorker) => {
  if (message.kind !== 'bytes') take(message);
});
