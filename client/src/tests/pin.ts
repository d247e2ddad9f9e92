// "Pin This Value": the value of the metric under the cursor, or under a lens, becomes an expectation in its doc comment.
import { commands, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { PinParams, PinResult } from '../../../server/src/lsp/protocol.ts';
import type { ClientFeature } from '../features.ts';
import type { Session } from '../session.ts';
import { testsCommand } from './explorer.ts';

/** Named to the server, which attaches it to lenses and light bulbs. */
export const pinCommand = 'daxMetrics.pinValue';

export const pinValueCommand: ClientFeature = (session) =>
  commands.registerCommand(pinCommand, (uri?: unknown, line?: unknown, character?: unknown) => pinValue(session, placeOf(uri, line, character)));

/** How long the status bar says that there is nothing to pin, in milliseconds. */
const patience = 4000;

interface Place {
  readonly uri: Uri;
  readonly position: PinParams['position'];
}

/** The place that is given, else the cursor's. */
function placeOf(uri: unknown, line: unknown, character: unknown): Place | undefined {
  if (typeof uri === 'string' && typeof line === 'number' && typeof character === 'number') return { uri: Uri.parse(uri), position: { line, character } };
  const editor = window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { active } = editor.selection;
  return { uri: editor.document.uri, position: { line: active.line, character: active.character } };
}

async function pinValue(session: Session, place: Place | undefined): Promise<void> {
  const client = place === undefined ? undefined : await session.client();
  const document = workspace.textDocuments.find((it) => it.uri.toString() === place?.uri.toString());
  const version = document?.version;
  const params = place === undefined || client === undefined ? undefined : { uri: client.code2ProtocolConverter.asUri(place.uri), position: place.position };
  const found = params === undefined ? null : ((await client?.sendRequest<PinResult>('daxMetrics/pin', params)) ?? null);
  // A text that was edited in the meantime is another one.
  if (document?.version !== version) return;
  if (found === null || client === undefined || place === undefined) {
    window.setStatusBarMessage('DAX Metrics: put the cursor into the definition of a metric to pin its value', patience);
    return;
  }
  if (found.kind === 'refused') {
    void window.showInformationMessage(`The value is not pinned. ${found.reason}`);
    return;
  }
  await applyPin(client, place.uri, found);
}

/** Writes tags in one edit and runs what they expect. */
export async function applyPin(client: BaseLanguageClient, uri: Uri, { edits, metric }: Extract<PinResult, { kind: 'edits' }>): Promise<void> {
  const edit = new WorkspaceEdit();
  for (const it of edits) edit.replace(uri, client.protocol2CodeConverter.asRange(it.range), it.newText);
  if (await workspace.applyEdit(edit)) await commands.executeCommand(testsCommand, client.code2ProtocolConverter.asUri(uri), metric);
}
