/** The engine of a Node process, in a worker thread. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { EngineHost } from '../../workspace/host.ts';
import { createEngine } from '../engine.ts';
import { createEngineClient, type StartWorker } from '../engineClient.ts';
import type { FromWorker } from '../engineMessages.ts';
import { createEngineWorker } from '../engineWorker.ts';
import { diskSource } from './source.ts';
import type { WorkerData } from './worker.ts';

/** Name of the worker's bundle beside this one: the build sets it. From the sources, as the tests run them, there is none. */
declare const workerBundle: string | undefined;

/**
 * @param folders folder uris that may be read, each ending with `/`
 * @param allowed single files that may be read besides
 */
export function createNodeEngine(folders: readonly string[], allowed: ReadonlySet<string>): EngineHost {
  // In a bundle this is decided when it is built, which leaves the engine out of all bundles but the worker's.
  const start = typeof workerBundle === 'string'
    ? inThread(fileURLToPath(new URL(workerBundle, import.meta.url)), { folders, allowed: [...allowed] })
    : inThisThread(folders, allowed);
  return createEngineClient({ start, sharedMemory: true, delay: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) });
}

function inThread(bundle: string, workerData: WorkerData): StartWorker {
  return (hear, ended) => {
    const worker = new Worker(bundle, { workerData });
    let asked = false;
    // An idle engine does not keep a command from ending; one that owes an answer does.
    let owed = 0;
    worker.unref();
    worker.on('message', (message: FromWorker) => {
      if (message.kind !== 'progress' && --owed === 0) worker.unref();
      hear(message);
    });
    worker.once('error', (error: NodeJS.ErrnoException) =>
      ended(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'the memory of the engine' : `the engine failed: ${error.message}`));
    worker.once('exit', () => {
      if (!asked) ended('the engine ended');
    });
    return Promise.resolve({
      post(message) {
        // A cancellation has no answer of its own.
        if (message.kind !== 'cancelOpen' && owed++ === 0) worker.ref();
        worker.postMessage(message);
      },
      end() {
        asked = true;
        void worker.terminate();
      },
    });
  };
}

function inThisThread(folders: readonly string[], allowed: ReadonlySet<string>): StartWorker {
  return (hear) => {
    const take = createEngineWorker(createEngine(diskSource(folders, allowed)), hear);
    return Promise.resolve({
      post(message) {
        if (message.kind !== 'bytes') take(message);
      },
      end: () => undefined,
    });
  };
}
