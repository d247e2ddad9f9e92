// The language server on a connection: it tells what it can do, and opens the session behind that answer.
import { TextDocumentSyncKind, type Connection, type InitializeResult } from './library.ts';
import type { AskClient } from '../host/clientFiles.ts';
import type { Host } from '../workspace/host.ts';
import type { AfterAnswer } from './afterAnswer.ts';
import { capabilitiesOf, features } from './features.ts';

/**
 * @param folders folder uris, each ending with `/`
 * @param ask asks the client for files; undefined where it does not answer
 * @param evaluationWorker address of the worker's bundle, where the client told it
 */
export type CreateHost = (folders: readonly string[], ask: AskClient | undefined, evaluationWorker: string | undefined) => Host;

/** What differs between a Node process and a web worker. */
export interface ServerHost {
  /** Lets messages that are waiting, such as a cancellation, be read before work goes on. */
  readonly yieldToMessages: () => Promise<void>;
  readonly delay: (milliseconds: number) => Promise<void>;
  /** Loads what reads files and computes; called once, when the first answer is on its way. */
  readonly loadHost: () => Promise<CreateHost>;
}

export const serverName = 'DAX Metrics';

/**
 * Serves one client until the connection ends.
 *
 * @param behind the connection's message strategy
 */
export function serve(connection: Connection, serverHost: ServerHost, behind: AfterAnswer): void {
  connection.onInitialize((params): InitializeResult => {
    behind.load(async () => {
      try {
        const [{ openSession }, createHost] = await Promise.all([import('./session.ts'), serverHost.loadHost()]);
        openSession(connection, params, serverHost, createHost);
      } catch (error) {
        // Every request is then answered by the library: that nobody handles it.
        connection.console.error(`${serverName} could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    });
    return {
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...capabilitiesOf(features, params.capabilities),
      },
      serverInfo: { name: serverName },
    };
  });
  connection.listen();
}
