/** Entry of the engine's worker in a browser: it asks the server for files, which asks the editor. */
import { createEngine, type OpenSource } from '../engine.ts';
import type { FromWorker, ToWorker } from '../engineMessages.ts';
import { createEngineWorker } from '../engineWorker.ts';
import { wholeSource } from './source.ts';

declare const self: DedicatedWorkerGlobalScope;

const post = (message: FromWorker): void => self.postMessage(message);
const asked = new Map<number, (bytes: Extract<ToWorker, { kind: 'bytes' }>['bytes']) => void>();
let nextRead = 1;

const openSource: OpenSource = wholeSource(
  (uri, maxBytes) =>
    new Promise((resolve) => {
      const id = nextRead++;
      asked.set(id, resolve);
      post({ kind: 'read', id, uri, maxBytes });
    }),
);

const take = createEngineWorker(createEngine(openSource), post);
self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind !== 'bytes') {
    take(data);
    return;
  }
  asked.get(data.id)?.(data.bytes);
  asked.delete(data.id);
};
