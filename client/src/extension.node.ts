// Entry of the extension on desktop and remote hosts: the language server runs in a Node process of its own.
import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { startExtension, type ExtensionApi, type RunningExtension } from './extension.ts';
// More threads that compile and collect would keep the start itself waiting on small machines.
import execArgv from './serverArguments.json' with { type: 'json' };

let running: RunningExtension | undefined;

export function activate(context: ExtensionContext): ExtensionApi {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
  // Node keeps there what it has compiled, and the next start of the server compiles nothing.
  const options = { execArgv, env: { NODE_COMPILE_CACHE: Uri.joinPath(context.globalStorageUri, 'compiled').fsPath } };
  running = startExtension(context, (id, name, clientOptions) => ({
    client: new LanguageClient(
      id,
      name,
      {
        run: { module, transport: TransportKind.ipc, options },
        debug: { module, transport: TransportKind.ipc, options: { ...options, execArgv: [...execArgv, '--nolazy', '--inspect=6019'] } },
      },
      clientOptions,
    ),
    dispose: () => undefined,
  }));
  return running.api;
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
