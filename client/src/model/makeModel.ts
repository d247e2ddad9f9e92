// "Make a Model from a Folder of Data Files": the server reads them; the model is opened for review and is not saved.
import { commands, FileType, Position, ProgressLocation, Uri, window, workspace, WorkspaceEdit, type TextDocument } from 'vscode';
import type { MakeModelParams, MakeModelResult } from '../../../server/src/lsp/protocol/makeModel.ts';
import type { ClientFeature } from '../features.ts';
import type { Session } from '../session.ts';

export const makeModelCommand: ClientFeature = (session) =>
  commands.registerCommand('daxMetrics.makeModel', (folder?: Uri) => makeModel(session, folder));

/** @param given the folder; asked for where it is none */
async function makeModel(session: Session, given: Uri | undefined): Promise<void> {
  const folder = given instanceof Uri && (await isFolder(given)) ? given : await chosenFolder();
  if (folder === undefined) return;
  const name = folder.path.split('/').filter((it) => it !== '').at(-1) ?? 'model';
  const found = await window.withProgress({ location: ProgressLocation.Notification, title: `Reading the data files of ${name}` }, async () => {
    const client = await session.ready();
    if (client === undefined) return { problem: 'The language server is not running.' };
    const params: MakeModelParams = { folder: client.code2ProtocolConverter.asUri(folder), name };
    return client.sendRequest<MakeModelResult>('daxMetrics/makeModel', params);
  });
  if ('problem' in found) {
    void window.showWarningMessage(found.problem);
    return;
  }
  const document = await shown(folder, found.fileName, found.text);
  const left = found.notRead.length === 0 ? '' : ` Left out: ${found.notRead.slice(0, 3).join('; ')}${found.notRead.length > 3 ? ` and ${String(found.notRead.length - 3)} more` : ''}.`;
  const tables = `${String(found.tables)} ${found.tables === 1 ? 'table' : 'tables'}`;
  const answer = await window.showInformationMessage(`A model of ${tables} was made. Its comments say what was assumed; save it once it is right.${left}`, 'Save');
  if (answer === 'Save') await document.save();
}

async function isFolder(uri: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

async function chosenFolder(): Promise<Uri | undefined> {
  const first = workspace.workspaceFolders?.[0]?.uri;
  const chosen = await window.showOpenDialog({
    canSelectFolders: true, canSelectFiles: false, title: 'Folder of Data Files', openLabel: 'Make a Model', ...(first === undefined ? {} : { defaultUri: first }),
  });
  return chosen?.[0];
}

/** An unsaved file of its name and place; where the file system knows no such thing, one without a name. */
async function shown(folder: Uri, fileName: string, text: string): Promise<TextDocument> {
  const target = Uri.joinPath(folder, fileName);
  if (folder.scheme !== 'file' && folder.scheme !== 'vscode-remote') {
    const document = await workspace.openTextDocument({ language: 'yaml', content: text });
    await window.showTextDocument(document);
    return document;
  }
  const document = await workspace.openTextDocument(target.with({ scheme: 'untitled' }));
  await window.showTextDocument(document, { preview: false });
  if (document.getText() !== '') return document;
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(0, 0), text);
  await workspace.applyEdit(edit);
  return document;
}
