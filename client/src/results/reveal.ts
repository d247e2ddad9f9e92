// Shows a place of a text in the editor, beside which the view stays as it is.
import { Position, Range, window, workspace, type TextDocument } from 'vscode';
import type { ExplainNode } from '../../../server/src/lsp/protocol/results.ts';
import type { Session } from '../session.ts';

export async function revealPlace(session: Session, { uri, line, character }: NonNullable<ExplainNode['place']>): Promise<void> {
  const client = await session.ready();
  if (client === undefined) return;
  const at = new Position(line, character);
  const document: TextDocument = await workspace.openTextDocument(client.protocol2CodeConverter.asUri(uri));
  await window.showTextDocument(document, { selection: new Range(at, at) });
}
