// Entry of the extension on desktop and remote hosts: the language server runs in a Node process of its own.
import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { startExtension, type ExtensionApi, type RunningExtension } from './extension.ts';

let running: RunningExtension | undefined;

export function activate(context: ExtensionContext): ExtensionApi {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server.node.js').fsPath;
  running = startExtension(context, (id, name, options) => ({
    client: new LanguageClient(
      id,
      name,
      {
        run: { module, transport: TransportKind.ipc },
        debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6019'] } },
      },
      options,
    ),
    dispose: () => undefined,
  }));
  return running.api;
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
