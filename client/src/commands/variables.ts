// "Show or Hide Values of Variables": of the metric at the cursor.
import { commands, window } from 'vscode';
import type { PositionParams, VariablesShown } from '../../../server/src/lsp/protocol/values.ts';
import type { ClientFeature } from '../features.ts';

/** How long the status bar says that there are no variables, in milliseconds. */
const patience = 4000;

export const toggleVariablesCommand: ClientFeature = (session) => commands.registerCommand('daxMetrics.toggleVariables', async () => {
  const editor = window.activeTextEditor;
  const client = editor === undefined ? undefined : await session.client();
  if (editor === undefined || client === undefined) return;
  const converter = client.code2ProtocolConverter;
  const params: PositionParams = { uri: converter.asUri(editor.document.uri), position: converter.asPosition(editor.selection.active) };
  const now = await client.sendRequest<VariablesShown>('daxMetrics/toggleVariables', params);
  if (now === null) window.setStatusBarMessage('DAX Metrics: the metric at the cursor has no variables', patience);
});
