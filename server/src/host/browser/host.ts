/** The host of a web worker: files through the editor, the engine in a worker of its own where one can be started. */
import type { Host } from '../../workspace/host.ts';
import { createClientFiles, type AskClient, type ClientFileHost } from '../clientFiles.ts';
import { createEngineClient, type StartWorker } from '../engineClient.ts';
import type { FromWorker, ToWorker } from '../engineMessages.ts';
import type { EngineScope, StartEngine } from './engineScope.ts';

/** So long is waited with work that nobody asked for, in milliseconds. */
const idleAfter = 300;

/**
 * @param ask asks the client for files; undefined where it does not answer
 * @param evaluationWorker address of the engine's bundle; undefined where the client did not tell it
 */
export function createBrowserHost(_folders: readonly string[], ask: AskClient | undefined, evaluationWorker: string | undefined): Host {
  const files = createClientFiles(ask ?? (() => Promise.reject(new Error('the client does not answer file requests'))));
  const inOwn = evaluationWorker === undefined ? undefined : inWorker(evaluationWorker, files);
  const inThis = evaluationWorker === undefined ? undefined : inThisWorker(evaluationWorker, files);
  const start: StartWorker = async (hear, ended) => {
    try {
      if (inOwn !== undefined) return await inOwn(hear, ended);
    } catch {
      // Some hosts let no worker start another: evaluation then shares this one.
    }
    if (inThis === undefined) throw new Error('the client did not tell where the engine is');
    return inThis(hear, ended);
  };
  const engine = createEngineClient({
    start,
    sharedMemory: typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated,
    delay: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  return { files, engine, now: () => Date.now(), idle: () => new Promise((resolve) => setTimeout(resolve, idleAfter)) };
}

/** A worker may come from this worker's own origin only, so the bundle is fetched and started as a blob. */
function inWorker(address: string, files: ClientFileHost): StartWorker {
  return async (hear, ended) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const url = URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' }));
    const worker = new Worker(url);
    const post = (message: ToWorker): void => worker.postMessage(message);
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      URL.revokeObjectURL(url);
      if (data.kind !== 'read') hear(data);
      else void files.readBytes(data.uri, data.maxBytes).then((bytes) => post({ kind: 'bytes', id: data.id, bytes }));
    };
    worker.onerror = (event) => ended(`the engine failed: ${event.message}`);
    return { post, end: () => worker.terminate() };
  };
}

/** The engine's bundle is taken into this worker, which needs no more than that scripts of the extension may run here. */
function inThisWorker(address: string, files: ClientFileHost): StartWorker {
  let taken: StartEngine | undefined;
  return (hear) => {
    if (taken === undefined) {
      (self as EngineScope).takeEngine = (it) => (taken = it);
      importScripts(address);
    }
    if (taken === undefined) throw new Error(`${address} is no engine`);
    const take = taken((uri, maxBytes) => files.readBytes(uri, maxBytes), hear);
    return Promise.resolve({
      post(message) {
        if (message.kind !== 'bytes') take(message);
      },
      end: () => undefined,
    });
  };
}
