// "Choose the Hover's Breakdown": the column by which hovers break values down, as a setting of the workspace.
import { commands, ConfigurationTarget, QuickPickItemKind, window, workspace, type QuickPickItem } from 'vscode';
import type { PreviewColumn, PreviewColumnsParams } from '../../../server/src/lsp/protocol/preview.ts';
import type { ClientFeature } from '../features.ts';

const setting = 'hover.breakdownColumn';

export const breakdownCommand: ClientFeature = (session) => commands.registerCommand('daxMetrics.chooseBreakdown', async () => {
  const document = window.activeTextEditor?.document;
  const client = document === undefined ? undefined : await session.ready();
  if (document === undefined || client === undefined) return;
  const params: PreviewColumnsParams = { uri: client.code2ProtocolConverter.asUri(document.uri) };
  const columns = client.sendRequest<readonly PreviewColumn[]>('daxMetrics/previewColumns', params);
  const chosen = await window.showQuickPick<Item>(columns.then(itemsOf), {
    title: 'Breakdown of Hovers', placeHolder: 'Hovers show the highest values by this column', matchOnDescription: true,
  });
  if (chosen?.column === undefined) return;
  const target = workspace.workspaceFolders === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await workspace.getConfiguration('daxMetrics', document.uri).update(setting, chosen.column === '' ? undefined : chosen.column, target);
});

type Item = QuickPickItem & { readonly column?: string };

function itemsOf(columns: readonly PreviewColumn[]): readonly Item[] {
  const known = new Set<string>();
  const items = columns.filter((it) => it.kind === 'values').flatMap((it): readonly Item[] => {
    const column = `${it.table}[${it.column.replaceAll(']', ']]')}]`;
    if (known.has(column)) return [];
    known.add(column);
    return [{ label: it.column, description: [it.table, it.detail].filter((part) => part !== '').join(' · '), column }];
  });
  return [{ label: 'Nearest dimension', description: 'chosen for each metric', column: '' }, { label: 'Columns', kind: QuickPickItemKind.Separator }, ...items];
}
