// After an extraction: the new name is offered for renaming, where it stands.
import { commands, Position, Selection, Uri, window } from 'vscode';
import type { ClientFeature } from '../features.ts';

/** Named to the server, which attaches it to what makes up a name. */
export const renameCommand = 'daxMetrics.renameAt';

export const renameAtCommand: ClientFeature = () => commands.registerCommand(renameCommand, renameAt);

/** Renames in the active editor; another document has the focus by now: nothing is asked. */
async function renameAt(uri: string, line: number, character: number): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor?.document.uri.toString() !== Uri.parse(uri).toString()) return;
  const position = new Position(line, character);
  editor.selection = new Selection(position, position);
  await commands.executeCommand('editor.action.rename');
}
