// Commands that show results, explain a value and tell of the rows behind it, for the definition at the cursor or at a place.
import { commands, Disposable, Uri, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Opening } from '../../webview/results/messages.ts';
import type { ResultSubject, ResultSubjectsParams, RowsBehind, RowsParams } from '../../../server/src/lsp/protocol/results.ts';
import type { ClientFeature } from '../features.ts';
import type { Session } from '../session.ts';
import { createResultsView, type ResultsView } from './view.ts';

/** Named to the server, which attaches it to lenses. */
export const resultsCommand = 'daxMetrics.showResults';

export const resultsFeature: ClientFeature = (session) => {
  const view = createResultsView(session);
  const at = (opening: Opening['kind']) => async (uri?: unknown, line?: unknown, character?: unknown): Promise<string | undefined> => show(session, view, opening, placeOf(uri, line, character));
  return Disposable.from(
    view,
    commands.registerCommand(resultsCommand, at('grid')),
    commands.registerCommand('daxMetrics.explainValue', at('explain')),
    commands.registerCommand('daxMetrics.showRowsBehindValue', at('rows')),
    commands.registerCommand('daxMetrics.explainRow', at('fate')),
  );
};

interface Place {
  readonly uri: Uri;
  readonly line: number;
  readonly character: number;
}

/** Where a code lens says; else the cursor. A menu of the editor names its file alone. */
function placeOf(uri: unknown, line: unknown, character: unknown): Place | undefined {
  if (typeof line === 'number' && typeof character === 'number' && (typeof uri === 'string' || uri instanceof Uri)) {
    return { uri: typeof uri === 'string' ? Uri.parse(uri) : uri, line, character };
  }
  const editor = window.activeTextEditor;
  return editor === undefined ? undefined : { uri: editor.document.uri, line: editor.selection.active.line, character: editor.selection.active.character };
}

/** @returns the title of what is shown; undefined where there is nothing to show, or nothing was chosen */
async function show(session: Session, view: ResultsView, kind: Opening['kind'], place: Place | undefined): Promise<string | undefined> {
  const client = place === undefined ? undefined : await session.ready();
  if (client === undefined || place === undefined) return undefined;
  const subject = await subjectAt(client, place, kind);
  if (subject === undefined) return undefined;
  if (kind !== 'fate') return view.show(subject, { kind });
  const row = await askForRow(client, subject);
  return row === undefined ? undefined : view.show(subject, { kind, row });
}

async function subjectAt(client: BaseLanguageClient, { uri, line, character }: Place, kind: Opening['kind']): Promise<ResultSubject | undefined> {
  const params: ResultSubjectsParams = { uri: client.code2ProtocolConverter.asUri(uri), line, character };
  const found = await client.sendRequest<readonly ResultSubject[]>('daxMetrics/resultSubjects', params);
  const subjects = found.filter((it) => it.kind === 'metric' || kind === 'grid' || kind === 'explain');
  if (subjects.length === 0) {
    const what = kind === 'grid' || kind === 'explain' ? 'a metric or a query of a model' : 'a metric of a model';
    void window.showInformationMessage(`Place the cursor in ${what} first.`);
    return undefined;
  }
  if (subjects.length === 1) return subjects[0];
  const picked = await window.showQuickPick(subjects.map((subject) => ({ label: subject.model, subject })), { title: 'Several models read this text', placeHolder: 'Choose the model' });
  return picked?.subject;
}

/** A row is named by a condition on its table; the first row of the table shows how. */
async function askForRow(client: BaseLanguageClient, subject: ResultSubject): Promise<string | undefined> {
  const params: RowsParams = { subject, filters: [], aggregate: 0, all: true };
  const rows = await client.sendRequest<RowsBehind | null>('daxMetrics/rowsBehindResult', params);
  const example = rows?.keys.find((it) => it !== '') ?? 'Table[Key] == "value"';
  const opening = example.indexOf('"');
  const closing = example.lastIndexOf('"');
  return window.showInputBox({
    title: 'Which row?', prompt: 'A condition that names one row of the table', value: example, placeHolder: example,
    ...(opening >= 0 && closing > opening ? { valueSelection: [opening + 1, closing] as [number, number] } : {}),
  });
}
