// "Format DAX in This Page": a page belongs to its own formatter, so its fences are laid out only when asked for.
import { window, workspace, WorkspaceEdit } from 'vscode';
import type { BaseLanguageClient, TextEdit } from 'vscode-languageclient';
import type { PageFormatting } from '../../server/src/lsp/protocol.ts';

const page: PageFormatting = { 'daxMetrics.page': true };

/** Lays out the fences of the page in the active editor. */
export async function formatPage(client: BaseLanguageClient | undefined): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== 'markdown' || client?.isRunning() !== true) return;
  const { document, options } = editor;
  const { version } = document;
  const tabSize = typeof options.tabSize === 'number' ? options.tabSize : 4;
  const found = await client.sendRequest<readonly TextEdit[] | null>('textDocument/formatting', {
    textDocument: { uri: client.code2ProtocolConverter.asUri(document.uri) },
    options: { tabSize, insertSpaces: options.insertSpaces !== false, ...page },
  });
  // A page that was edited in the meantime is another one.
  if (found === null || document.version !== version) return;
  const edit = new WorkspaceEdit();
  for (const it of found) edit.replace(document.uri, client.protocol2CodeConverter.asRange(it.range), it.newText);
  await workspace.applyEdit(edit);
}
