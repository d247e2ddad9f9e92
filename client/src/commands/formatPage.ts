// "Format DAX in This Page": a page belongs to its own formatter, so its fences are laid out only when asked for.
import { commands, window, workspace, WorkspaceEdit } from 'vscode';
import type { BaseLanguageClient, TextEdit } from 'vscode-languageclient';
import type { PageFormatting } from '../../../server/src/lsp/protocol.ts';
import type { ClientFeature } from '../features.ts';

const page: PageFormatting = { 'daxMetrics.page': true };

/** How long the status bar says that there was nothing to do, in milliseconds. */
const patience = 4000;

export const formatPageCommand: ClientFeature = (session) =>
  commands.registerCommand('daxMetrics.formatPage', async () => formatPage(await session.client()));

/** Lays out the fences of the page in the active editor. */
async function formatPage(client: BaseLanguageClient | undefined): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== 'markdown') return;
  const { document, options } = editor;
  const { version } = document;
  const tabSize = typeof options.tabSize === 'number' ? options.tabSize : 4;
  // No server runs where no page has DAX.
  const found = client === undefined ? null : await client.sendRequest<readonly TextEdit[] | null>('textDocument/formatting', {
    textDocument: { uri: client.code2ProtocolConverter.asUri(document.uri) },
    options: { tabSize, insertSpaces: options.insertSpaces !== false, ...page },
  });
  // A page that was edited in the meantime is another one.
  if (document.version !== version) return;
  if (client === undefined || found === null) {
    window.setStatusBarMessage('DAX Metrics: nothing to format in this page', patience);
    return;
  }
  const edit = new WorkspaceEdit();
  for (const it of found) edit.replace(document.uri, client.protocol2CodeConverter.asRange(it.range), it.newText);
  await workspace.applyEdit(edit);
}
