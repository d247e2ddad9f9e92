/** Entry of the engine in a browser: in a worker of its own it asks the server for files, which asks the editor. */
import { createEngine } from '../engine.ts';
import type { FromWorker, ToWorker } from '../engineMessages.ts';
import { createEngineWorker } from '../engineWorker.ts';
import type { EngineScope, StartEngine } from './engineScope.ts';
import { wholeSource } from './source.ts';

declare const self: DedicatedWorkerGlobalScope & EngineScope;

const start: StartEngine = (read, post) => createEngineWorker(createEngine(wholeSource(read)), post);

if (self.takeEngine === undefined) listen();
else self.takeEngine(start);

function listen(): void {
  const post = (message: FromWorker): void => self.postMessage(message);
  const asked = new Map<number, (bytes: Extract<ToWorker, { kind: 'bytes' }>['bytes']) => void>();
  let nextRead = 1;
  const take = start(
    (uri, maxBytes) =>
      new Promise((resolve) => {
        const id = nextRead++;
        asked.set(id, resolve);
        post({ kind: 'read', id, uri, maxBytes });
      }),
    post,
  );
  self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.kind !== 'bytes') {
      take(data);
      return;
    }
    asked.get(data.id)?.(data.bytes);
    asked.delete(data.id);
  };
}
