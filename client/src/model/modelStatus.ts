// The language status item of the model: which one a document has, else what is missing and the step that helps.
import { languages, LanguageStatusSeverity, window, type Command, type Disposable, type DocumentSelector } from 'vscode';
import type { ModelState, ModelStateParams, ModelStateResult } from '../../../server/src/lsp/protocol/modelState.ts';
import { documentSelector, mayHoldDax } from '../languageClient/documents.ts';
import type { ClientFeature } from '../features.ts';
import type { Session } from '../session.ts';

/** How long changes gather before the server is asked, in milliseconds. */
const calm = 500;

export const modelStatus: ClientFeature = (session) => {
  const item = languages.createLanguageStatusItem('daxMetrics.model', []);
  item.name = 'DAX Metrics Model';
  let asked = 0;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const refresh = async (): Promise<void> => {
    const turn = ++asked;
    const reading = setTimeout(() => {
      if (turn !== asked || !isAsked()) return;
      if (item.text === '') item.text = 'Reading the model';
      item.selector = documentSelector as DocumentSelector;
      item.busy = true;
    }, calm);
    const state = await stateOf(session).finally(() => clearTimeout(reading));
    if (turn !== asked) return;
    item.busy = false;
    // Where there is nothing to tell the item is for no document.
    item.selector = state === undefined ? [] : (documentSelector as DocumentSelector);
    if (state === undefined) return;
    const { text, detail, severity, command } = told(state);
    item.text = text;
    item.detail = detail;
    item.severity = severity;
    item.command = command;
  };
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void refresh(), calm);
  };
  const all: readonly Disposable[] = [
    item,
    { dispose: () => clearTimeout(waiting) },
    window.onDidChangeActiveTextEditor(soon),
    // Whatever changes models or their files changes findings.
    languages.onDidChangeDiagnostics(soon),
    session.onDidStart(soon),
  ];
  return { dispose: () => all.forEach((it) => void it.dispose()) };
};

const isAsked = (document = window.activeTextEditor?.document): boolean => document !== undefined && mayHoldDax(document);

async function stateOf(session: Session): Promise<ModelState | undefined> {
  const document = window.activeTextEditor?.document;
  const client = isAsked(document) ? await session.client() : undefined;
  if (document === undefined || client === undefined) return undefined;
  const params: ModelStateParams = { uri: client.code2ProtocolConverter.asUri(document.uri) };
  return (await client.sendRequest<ModelStateResult>('daxMetrics/modelState', params)) ?? undefined;
}

interface Told {
  readonly text: string;
  readonly detail: string;
  readonly severity: LanguageStatusSeverity;
  readonly command: Command;
}

function told({ models, anyModel, problem, problems }: ModelState): Told {
  const show: Command = { command: 'daxMetrics.model.focus', title: 'Show' };
  if (problem !== undefined) {
    const more = problems === 1 ? '' : ` and ${String(problems - 1)} more`;
    const open: Command = problem.place === undefined ? show : { command: 'daxMetrics.tree.reveal', title: 'Go to Problem', arguments: [{ place: problem.place }] };
    return { text: `Model ${models.join(', ')} has problems`, detail: `${problem.message}${more}`, severity: LanguageStatusSeverity.Warning, command: open };
  }
  if (models.length > 0) return { text: `${models.length === 1 ? 'Model' : 'Models'} ${models.join(', ')}`, detail: '', severity: LanguageStatusSeverity.Information, command: show };
  if (anyModel) return { text: 'No model applies to this file', detail: 'only its syntax is checked', severity: LanguageStatusSeverity.Warning, command: { ...show, title: 'Show Models' } };
  return {
    text: 'No model', detail: 'names are not checked, and there are no values', severity: LanguageStatusSeverity.Warning,
    command: { command: 'daxMetrics.makeModel', title: 'Make a Model from Data Files' },
  };
}
