// Values of the grid become expectations in the doc comment of their metric, in one edit.
import { window, workspace } from 'vscode';
import type { PinResult, PinResultsParams } from '../../../server/src/lsp/protocol/results.ts';
import type { Session } from '../session.ts';
import { applyPin } from '../tests/pin.ts';

/** How long the status bar says what was pinned, in milliseconds. */
const patience = 4000;

/**
 * @param total how many values there were to pin
 * @param rest why some of them are not among the params
 */
export async function pinResults(session: Session, params: PinResultsParams, total: number, rest: string): Promise<void> {
  const client = await session.ready();
  if (client === undefined) return;
  const document = await workspace.openTextDocument(client.protocol2CodeConverter.asUri(params.subject.uri));
  const { version } = document;
  const found = await client.sendRequest<PinResult>('daxMetrics/pinResults', params);
  if (found === null) return void window.showInformationMessage('The value is not pinned. The metric is not in the text any more.');
  if (found.kind === 'refused') return void window.showInformationMessage(`${total === 1 ? 'The value is' : 'The values are'} not pinned. ${found.reason}`);
  // A text that was edited in the meantime is another one.
  if (document.version !== version) return;
  await applyPin(client, document.uri, found);
  const [first] = found.edits;
  // What was written is seen; the view keeps the focus.
  if (first !== undefined) await window.showTextDocument(document, { preserveFocus: true, selection: client.protocol2CodeConverter.asRange(first.range) });
  const [reason] = found.left;
  const values = found.tags === 1 ? found.tag : `${String(found.tags)} values`;
  if (found.tags + found.held === total) return void window.setStatusBarMessage(`Pinned ${values}${found.held > 0 ? `; ${String(found.held)} more already` : ''}`, patience);
  const why = [...(reason === undefined ? [] : [reason]), ...(total > params.groups.length ? [rest] : [])];
  void window.showInformationMessage(`${String(found.tags + found.held)} of ${total.toLocaleString()} values are pinned. ${why.join(' ')}`);
}
