// The status bar item of the preview: there wherever a model is at hand, whether filters are chosen or not.
import { Disposable, MarkdownString, StatusBarAlignment, window, workspace } from 'vscode';
import type { PreviewState, PreviewStateParams } from '../../../server/src/lsp/protocol/preview.ts';
import { mayHoldDax } from '../languageClient/documents.ts';
import type { Session } from '../session.ts';

export interface PreviewStatus extends Disposable {
  /** Shows the filters as the document in the active editor sees them; hides the item where there is no model. */
  refresh(): Promise<void>;
}

/** Characters of the item; the rest is in its tooltip. */
const longest = 40;

export function createPreviewStatus(session: Session): PreviewStatus {
  const item = window.createStatusBarItem('daxMetrics.preview', StatusBarAlignment.Right, 90);
  item.name = 'DAX Metrics Preview';
  item.command = 'daxMetrics.choosePreview';
  let asked = 0;

  const refresh = async (): Promise<void> => {
    const turn = ++asked;
    const state = await stateOf(session);
    // An answer about the document before is late.
    if (turn !== asked) return;
    if (state === undefined) return item.hide();
    show(state);
  };
  const show = ({ models }: PreviewState): void => {
    const filters = models[0]?.filters ?? [];
    const applying = [...new Set(models.flatMap((it) => it.filters.filter((filter) => filter.applies).map((filter) => filter.text)))];
    const text = applying.length > 0 ? applying.join(' · ') : filters.length > 0 ? 'No filter applies' : 'All rows';
    item.text = `$(${applying.length > 0 ? 'filter-filled' : 'filter'}) ${text.length > longest ? `${text.slice(0, longest - 1)}…` : text}`;
    item.accessibilityInformation = { label: `Preview filters: ${text}`, role: 'button' };
    item.tooltip = tooltipOf(models);
    item.show();
  };
  const following = [window.onDidChangeActiveTextEditor(() => void refresh()), workspace.onDidSaveTextDocument(() => void refresh())];
  return { refresh, dispose: () => void Disposable.from(item, ...following).dispose() };
}

async function stateOf(session: Session): Promise<PreviewState | undefined> {
  const document = window.activeTextEditor?.document;
  const client = document !== undefined && mayHoldDax(document) ? await session.client() : undefined;
  if (document === undefined || client === undefined) return undefined;
  const params: PreviewStateParams = { uri: client.code2ProtocolConverter.asUri(document.uri) };
  return (await client.sendRequest<PreviewState | null>('daxMetrics/previewState', params)) ?? undefined;
}

/** Every filter with its column, those that a model lacks apart; names and values are text, not Markdown. */
function tooltipOf(models: PreviewState['models']): MarkdownString {
  const text = new MarkdownString();
  const line = (it: string): void => void text.appendText(it).appendMarkdown('\n\n');
  if (models.every((it) => it.filters.length === 0)) line('Values are computed over all rows of the sample.');
  else text.appendMarkdown('**Values in the editor obey**\n\n');
  const seen = new Set<string>();
  for (const { name, filters } of models) {
    for (const it of filters) {
      const said = it.applies ? `${it.column}: ${it.text}` : `${it.column}: does not apply, the model ${name} has no such column`;
      if (!seen.has(said)) line(said);
      seen.add(said);
    }
  }
  line('Select to choose filters. Expectations always see all rows.');
  return text;
}
