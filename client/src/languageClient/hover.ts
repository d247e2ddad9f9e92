// Hovers over a selection: the server is told what is selected, so that it can tell what that is worth.
import { window } from 'vscode';
import type { BaseLanguageClient, HoverMiddleware } from 'vscode-languageclient';
import type { Hover } from 'vscode-languageclient';
import type { SelectionHoverParams } from '../../../server/src/lsp/protocol/values.ts';

/** @param running the client, where it runs */
export const hoverOfSelection = (running: () => BaseLanguageClient | undefined): Required<HoverMiddleware> => ({
  async provideHover(document, position, token, next) {
    const editor = window.visibleTextEditors.find((it) => it.document === document && !it.selection.isEmpty && it.selection.contains(position));
    const client = running();
    if (editor === undefined || client === undefined) return next(document, position, token);
    const params: SelectionHoverParams = {
      ...client.code2ProtocolConverter.asTextDocumentPositionParams(document, position), selection: client.code2ProtocolConverter.asRange(editor.selection),
    };
    const found = await client.sendRequest<Hover | null>('daxMetrics/selectionHover', params, token);
    return client.protocol2CodeConverter.asHover(found);
  },
});
