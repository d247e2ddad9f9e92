// References of a definition, from the lens above it: shown where the editor shows references.
import { commands, Position, Uri } from 'vscode';
import type { Location } from 'vscode-languageclient';
import type { ClientFeature } from '../features.ts';

/** Named to the server, which attaches it to lenses. */
export const referencesCommand = 'daxMetrics.showReferences';

export const showReferencesCommand: ClientFeature = (session) =>
  commands.registerCommand(referencesCommand, async (uri: string, line: number, character: number, places: readonly Location[]) => {
    const client = await session.client();
    if (client === undefined) return;
    const locations = places.map((it) => client.protocol2CodeConverter.asLocation(it));
    await commands.executeCommand('editor.action.showReferences', Uri.parse(uri), new Position(line, character), locations);
  });
