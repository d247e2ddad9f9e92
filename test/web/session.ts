// One scripted session with a language server, the same over every transport: messages in, answers out.
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { globSync } from 'tinyglobby';

export interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface Session {
  /** To be given each message of the server. */
  receive(message: Message): void;
  /** Fails what waits for an answer: none will come. */
  fail(why: string): void;
  request<T>(method: string, params: unknown): Promise<T>;
  notify(method: string, params: unknown): void;
}

/**
 * @param send sends a message to the server
 * @param answers what the client says to the server's own requests, by method
 */
export function createSession(send: (message: Message) => void, answers: ReadonlyMap<string, (params: never) => unknown> = new Map()): Session {
  const asked = new Map<number | string, { resolve(result: unknown): void; reject(error: Error): void }>();
  let nextId = 1;
  return {
    receive({ id, method, params, result, error }) {
      if (id === undefined) return;
      if (method !== undefined) {
        const answer = answers.get(method);
        send({ jsonrpc: '2.0', id, result: answer === undefined ? null : answer(params as never) });
      } else if (error === undefined) asked.get(id)?.resolve(result);
      else asked.get(id)?.reject(new Error(error.message));
    },
    fail(why) {
      for (const it of asked.values()) it.reject(new Error(why));
    },
    request: <T>(method: string, params: unknown) =>
      new Promise<T>((resolve, reject) => {
        const id = nextId++;
        asked.set(id, { resolve: resolve as (result: unknown) => void, reject });
        send({ jsonrpc: '2.0', id, method, params });
      }),
    notify: (method, params) => send({ jsonrpc: '2.0', method, params }),
  };
}

/** The answers of an editor that reads files for the server from the disk. */
export const fileAnswers: ReadonlyMap<string, (params: never) => unknown> = new Map<string, (params: never) => unknown>([
  ['daxMetrics/stat', ({ uri }: { uri: string }) => factsOf(uri)],
  [
    'daxMetrics/readFile',
    ({ uri, maxBytes, head }: { uri: string; maxBytes: number; head: boolean }) => {
      const facts = factsOf(uri);
      if ('fault' in facts) return facts;
      const bytes = readFileSync(fileURLToPath(uri));
      return { ...facts, base64: (head ? bytes.subarray(0, maxBytes) : bytes).toString('base64') };
    },
  ],
  [
    'daxMetrics/findFiles',
    ({ folder, globs }: { folder: string; globs: string[] }) => ({
      uris: globSync(globs, { cwd: fileURLToPath(folder), absolute: true }).map((it) => pathToFileURL(it).href),
    }),
  ],
]);

function factsOf(uri: string): { readonly size: number; readonly modified: number } | { readonly fault: 'not-found' } {
  const facts = statSync(fileURLToPath(uri), { throwIfNoEntry: false });
  return facts === undefined ? { fault: 'not-found' } : { size: facts.size, modified: facts.mtimeMs };
}
