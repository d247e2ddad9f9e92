// Entry of the language server as a Node process: over the editor's channel, or `--stdio` for any editor.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createLanguageService } from './createService.ts';
import { serve } from './server.ts';

const connection = createConnection(ProposedFeatures.all);

// A fault of ours must not take the server, and with it every open file's findings, down.
process.on('uncaughtException', (error) => connection.console.error(`uncaught: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) => connection.console.error(`unhandled: ${reason instanceof Error ? reason.stack : String(reason)}`));

serve(connection, {
  yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
  createService: createLanguageService,
});
