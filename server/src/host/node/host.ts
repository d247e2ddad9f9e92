/** The Node host: files from disk, the engine in a worker thread. */
import type { Host } from '../../workspace/host.ts';
import { createNodeEngine } from './engineHost.ts';
import { createNodeFiles } from './files.ts';

/** So long is waited with work that nobody asked for, in milliseconds. */
const idleAfter = 300;

/**
 * @param folders folder uris that may be read, each ending with `/`
 * @param allowed single files that may be read besides
 */
export function createNodeHost(folders: readonly string[], allowed: ReadonlySet<string> = new Set()): Host {
  return {
    files: createNodeFiles(folders, allowed),
    engine: createNodeEngine(folders, allowed),
    now: () => Date.now(),
    idle: () => new Promise((resolve) => setTimeout(resolve, idleAfter)),
  };
}
