// A session with the server in this process: a client on one end of a pair of streams, files in memory.
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type InitializeResult,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { createAfterAnswer } from '../../server/src/lsp/afterAnswer.ts';
import { serve } from '../../server/src/lsp/server.ts';
// Loaded with the tests, whose times would count what the server loads behind its first answer.
import '../../server/src/lsp/session.ts';
import type { InitializationOptions } from '../../server/src/lsp/protocol.ts';
import type { EngineHost, FileHost } from '../../server/src/workspace/host.ts';

export interface Session {
  readonly client: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Files on the disk that the server sees, by uri. */
  readonly files: Map<string, string>;
  /** Folders of each workspace that was opened, in order. */
  readonly opened: (readonly string[])[];
  open(uri: string, languageId: string, text: string): Promise<void>;
  change(uri: string, version: number, text: string): Promise<void>;
  settled(): Promise<void>;
  end(): Promise<void>;
}

export interface SessionOptions {
  readonly capabilities: ClientCapabilities;
  readonly files?: Readonly<Record<string, string>>;
  readonly folders?: readonly string[];
  readonly initializationOptions?: InitializationOptions;
  /** Registers the client's handlers before the session starts. */
  readonly prepare?: (client: ProtocolConnection) => void;
}

export async function startSession(options: SessionOptions): Promise<Session> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const files = new Map(Object.entries(options.files ?? {}));
  const opened: (readonly string[])[] = [];
  const behind = createAfterAnswer();
  serve(createConnection(ProposedFeatures.all, new StreamMessageReader(toServer), new StreamMessageWriter(toClient), { messageStrategy: behind }), {
    yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
    delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    loadHost: () => Promise.resolve((folders) => {
      opened.push(folders);
      return { files: memoryFiles(files), engine: noEngine, now: () => 0 };
    }),
  }, behind);
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  options.prepare?.(client);
  client.listen();
  const workspaceFolders = (options.folders ?? []).map((uri) => ({ uri, name: uri }));
  const initialized = await client.sendRequest<InitializeResult>('initialize', {
    processId: null, rootUri: null, capabilities: options.capabilities, workspaceFolders,
    initializationOptions: options.initializationOptions,
  });
  await client.sendNotification('initialized', {});
  return {
    client,
    initialized,
    files,
    opened,
    open: (uri, languageId, text) => client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri, version, text) =>
      client.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] }),
    settled: () => client.sendRequest('daxMetrics/settled'),
    async end() {
      await client.sendRequest('shutdown');
      client.dispose();
    },
  };
}

/** Files by their uris. */
export function memoryFiles(files: ReadonlyMap<string, string>): FileHost {
  const text = (uri: string): string | undefined => files.get(uri);
  return {
    readText: (uri) => Promise.resolve(text(uri) ?? { fault: 'not-found' }),
    readHead: (uri, maxBytes) => {
      const it = text(uri);
      return Promise.resolve(it === undefined ? { fault: 'not-found' } : new TextEncoder().encode(it).subarray(0, maxBytes));
    },
    stat: (uri) => {
      const it = text(uri);
      return Promise.resolve(it === undefined ? { fault: 'not-found' } : { size: it.length, modified: 0 });
    },
    find: (folder, globs) => {
      const endings = globs.flatMap((it) => /\*+(\.[\w.]+)$/.exec(it)?.[1] ?? it.slice(it.lastIndexOf('/')));
      return Promise.resolve([...files.keys()].filter((it) => it.startsWith(folder) && endings.some((end) => it.endsWith(end))));
    },
  };
}

/** These sessions ask for no values. */
export const noEngine: EngineHost = {
  open: () => Promise.resolve({ faults: [] }),
  inspect: () => Promise.resolve({ facts: undefined, faults: [] }),
  run: (_name, job) => Promise.resolve({
    results: job.queries.map(() => ({ kind: 'table' as const, columns: [], rowCount: 0 })),
    stats: { scans: 0, waves: 0 },
  }),
  dispose: () => undefined,
};
