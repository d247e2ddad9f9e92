/** Files read through the client: the way of web workers, and of virtual workspaces on every host. */
import { decodeText } from './decodeText.ts';
import type { FileFault, FileFacts, FileHost } from '../workspace/host.ts';

/** Sends a request to the client and resolves to its answer. */
export type AskClient = (method: string, params: unknown) => Promise<unknown>;

export interface ClientFileHost extends FileHost {
  /** All bytes of a file of at most `maxBytes`. */
  readBytes(uri: string, maxBytes: number): Promise<Uint8Array | FileFault>;
}

type Answer = FileFault | (FileFacts & { readonly base64: string });

/** The file host over the requests `daxMetrics/stat`, `daxMetrics/readFile` and `daxMetrics/findFiles`. */
export function createClientFiles(ask: AskClient): ClientFileHost {
  const read = async (uri: string, maxBytes: number, head: boolean): Promise<Uint8Array | FileFault> => {
    const answer = await asked<Answer>(ask, 'daxMetrics/readFile', { uri, maxBytes, head });
    return 'fault' in answer ? answer : fromBase64(answer.base64);
  };
  return {
    readBytes: (uri, maxBytes) => read(uri, maxBytes, false),
    readHead: (uri, maxBytes) => read(uri, maxBytes, true),
    async readText(uri, maxBytes) {
      const bytes = await read(uri, maxBytes, false);
      return bytes instanceof Uint8Array ? decodeText(bytes) : bytes;
    },
    stat: (uri) => asked<FileFacts | FileFault>(ask, 'daxMetrics/stat', { uri }),
    async find(folder, globs) {
      const answer = await asked<FileFault | { readonly uris: readonly string[] }>(ask, 'daxMetrics/findFiles', { folder, globs });
      return 'fault' in answer ? [] : answer.uris;
    },
  };
}

/** A client that cannot answer has no such file. */
async function asked<T>(ask: AskClient, method: string, params: unknown): Promise<T | FileFault> {
  try {
    return (await ask(method, params)) as T;
  } catch {
    return { fault: 'unreadable' };
  }
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
