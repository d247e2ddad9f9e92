/** Files of the workspace folders, read from disk: the one opener of every Node host (server, worker, command line). */
import { constants, fstatSync, readSync } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { glob } from 'tinyglobby';
import { decodeText } from '../decodeText.ts';
import type { FileFacts, FileFault, FileHost } from '../../workspace/host.ts';

/** An open file whose size and place were checked. `changed` tells whether it was written to since it was opened. */
export interface OpenFile {
  readonly size: number;
  readonly modified: number;
  /** Reads up to `length` bytes at `position`; fewer only at the end. `into`: where they are put, instead of memory of their own. */
  read(position: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
  /** The same, while this thread waits. */
  readNow(position: number, length: number, into?: Uint8Array): Uint8Array;
  changed(): boolean;
  close(): Promise<void>;
}

/**
 * Opens a file for reading when its real path lies in one of the folders' real paths and it is a regular file of at
 * most `maxBytes`. Symbolic links are followed before the place is checked, and the opened handle is what is examined,
 * so that a file or a folder swapped in between is not read. Pipes are never waited for.
 *
 * @param folders folder uris
 * @param allowed uris that may be read wherever they lie: named on the command line by the user
 */
export async function openFile(
  folders: readonly string[], uri: string, maxBytes: number, allowed: ReadonlySet<string> = new Set(),
): Promise<OpenFile | FileFault> {
  const file = toPath(uri);
  if (file === undefined) return { fault: 'unreadable' };
  let handle: FileHandle | undefined;
  try {
    const real = await realpath(file);
    if (!allowed.has(uri) && !(await liesInside(folders, real))) return { fault: 'outside' };
    if (!(await stat(real)).isFile()) return { fault: 'not-a-file' };
    handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const facts = await handle.stat();
    if (!facts.isFile()) {
      await handle.close();
      return { fault: 'not-a-file' };
    }
    // A folder on the way may have become a link after its place was checked.
    const now = await stat(real);
    if ((await realpath(real)) !== real || now.ino !== facts.ino || now.dev !== facts.dev) {
      await handle.close();
      return { fault: 'unreadable' };
    }
    if (facts.size > maxBytes) {
      await handle.close();
      return { fault: 'too-large', size: facts.size };
    }
    return openedFile(handle, facts.size, facts.mtimeMs);
  } catch (error) {
    await handle?.close().catch(() => undefined);
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') return { fault: 'unreadable' };
    // Whether a file exists elsewhere is nobody's business, and would not help.
    return { fault: allowed.has(uri) || folders.some((it) => isBelow(toPath(it), file)) ? 'not-found' : 'outside' };
  }
}

/** Reads a whole file through `openFile`. */
export async function readFile(
  folders: readonly string[], uri: string, maxBytes: number, allowed?: ReadonlySet<string>,
): Promise<Uint8Array | FileFault> {
  const file = await openFile(folders, uri, maxBytes, allowed);
  if ('fault' in file) return file;
  try {
    return await file.read(0, file.size);
  } catch {
    return { fault: 'unreadable' };
  } finally {
    await file.close();
  }
}

/**
 * The file host of a Node process.
 *
 * @param folders folder uris, each ending with `/`
 * @param allowed see `openFile`
 */
export function createNodeFiles(folders: readonly string[], allowed: ReadonlySet<string> = new Set()): FileHost {
  return {
    async readText(uri, maxBytes) {
      const bytes = await readFile(folders, uri, maxBytes, allowed);
      return 'fault' in bytes ? bytes : decodeText(bytes);
    },
    async readHead(uri, maxBytes) {
      const file = await openFile(folders, uri, Number.MAX_SAFE_INTEGER, allowed);
      if ('fault' in file) return file;
      try {
        return await file.read(0, Math.min(maxBytes, file.size));
      } catch {
        return { fault: 'unreadable' };
      } finally {
        await file.close();
      }
    },
    async stat(uri): Promise<FileFacts | FileFault> {
      const file = await openFile(folders, uri, Number.MAX_SAFE_INTEGER, allowed);
      if ('fault' in file) return file;
      await file.close();
      return { size: file.size, modified: file.modified };
    },
    async find(folder, globs) {
      const cwd = toPath(folder);
      if (cwd === undefined) return [];
      const found = await glob([...globs], {
        cwd, absolute: true, dot: false, followSymbolicLinks: false, ignore: ['**/node_modules/**'],
      });
      return found.sort().map((it) => pathToFileURL(it).href);
    },
  };
}

async function liesInside(folders: readonly string[], real: string): Promise<boolean> {
  for (const folder of folders) {
    const root = toPath(folder);
    if (root === undefined) continue;
    const base = await realpath(root).catch(() => undefined);
    if (base === undefined) continue;
    if (isBelow(base, real)) return true;
  }
  return false;
}

function isBelow(folder: string | undefined, file: string): boolean {
  if (folder === undefined) return false;
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative);
}

function openedFile(handle: FileHandle, size: number, modified: number): OpenFile {
  return {
    size,
    modified,
    async read(position, length, into) {
      const bytes = into ?? new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    readNow(position, length, into) {
      const bytes = into ?? new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const bytesRead = readSync(handle.fd, bytes, filled, length - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    changed() {
      const now = fstatSync(handle.fd);
      return now.size !== size || now.mtimeMs !== modified;
    },
    close: () => handle.close(),
  };
}

function toPath(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
