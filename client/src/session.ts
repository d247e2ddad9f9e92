// What a feature of the client sees of the language server: whether it runs, and when it has started.
import type { Event, ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ChangedParams } from '../../server/src/lsp/protocol.ts';

export interface Session {
  readonly context: ExtensionContext;
  /** The running client, once a start under way has ended; undefined where none runs. */
  client(): Promise<BaseLanguageClient | undefined>;
  /** Starts the server where the window has not needed it yet; undefined where it cannot be started. */
  ready(): Promise<BaseLanguageClient | undefined>;
  /** Fired each time a server has started, before documents are checked; requests of the server are answered from here on. */
  readonly onDidStart: Event<BaseLanguageClient>;
  /** What was shown may be out of date; pages tell of their edits by themselves. */
  readonly onDidChange: Event<ChangedParams>;
}
