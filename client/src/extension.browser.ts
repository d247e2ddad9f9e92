// Entry of the extension in a web host: the language server runs in a web worker.
import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { startExtension, type ExtensionApi, type RunningExtension } from './extension.ts';

let running: RunningExtension | undefined;

export function activate(context: ExtensionContext): ExtensionApi {
  const bundle = Uri.joinPath(context.extensionUri, 'dist', 'server.js').toString(true);
  running = startExtension(context, (id, name, options) => {
    const worker = new Worker(bundle);
    return { client: new LanguageClient(id, name, worker, options), dispose: () => worker.terminate() };
  });
  return running.api;
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
