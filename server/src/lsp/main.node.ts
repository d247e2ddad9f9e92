// Entry of the language server as a Node process: over the editor's channel, or `--stdio` for any editor.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { FileHost } from '../workspace/host.ts';
import { createAfterAnswer } from './afterAnswer.ts';
import { serve } from './server.ts';

const behind = createAfterAnswer();
const connection = createConnection(ProposedFeatures.all, { messageStrategy: behind });

// A fault of ours must not take the server, and with it every open file's findings, down.
process.on('uncaughtException', (error) => connection.console.error(`uncaught: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) => connection.console.error(`unhandled: ${reason instanceof Error ? reason.stack : String(reason)}`));

serve(connection, {
  yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
  delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  async loadHost() {
    const [{ createNodeHost }, { createClientFiles }] = await Promise.all([import('../host/node/host.ts'), import('../host/clientFiles.ts')]);
    return (folders, ask) => {
      const host = createNodeHost(folders);
      return ask === undefined ? host : { ...host, files: byScheme(host.files, createClientFiles(ask)) };
    };
  },
}, behind);

/** What is on a disk is read there; the client reads the files of virtual workspaces. */
function byScheme(disk: FileHost, client: FileHost): FileHost {
  const of = (uri: string): FileHost => (uri.startsWith('file:') ? disk : client);
  return {
    readText: (uri, maxBytes) => of(uri).readText(uri, maxBytes),
    readHead: (uri, maxBytes) => of(uri).readHead(uri, maxBytes),
    stat: (uri) => of(uri).stat(uri),
    find: (folder, globs) => of(folder).find(folder, globs),
  };
}
