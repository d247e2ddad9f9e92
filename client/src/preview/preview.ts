// The preview: filters that every shown value obeys, kept for the workspace, in sight in one status bar item.
import { commands, Disposable, window } from 'vscode';
import type { PreviewFilter, SetPreviewParams } from '../../../server/src/lsp/protocol/preview.ts';
import type { ClientFeature } from '../features.ts';
import { chooseFilters } from './choose.ts';
import { createPreviewStatus } from './status.ts';

const kept = 'preview.filters';

export const previewFilters: ClientFeature = (session) => {
  const status = createPreviewStatus(session);
  const filters = (): readonly PreviewFilter[] => session.context.workspaceState.get<readonly PreviewFilter[]>(kept, []);
  const tell = async (): Promise<void> => {
    const params: SetPreviewParams = { filters: filters() };
    await commands.executeCommand('setContext', 'daxMetrics.previewFiltered', params.filters.length > 0);
    await (await session.client())?.sendRequest('daxMetrics/setPreview', params);
    await status.refresh();
  };
  const keep = async (next: readonly PreviewFilter[]): Promise<void> => {
    await session.context.workspaceState.update(kept, next);
    await tell();
  };
  const choose = async (): Promise<void> => {
    const uri = window.activeTextEditor?.document.uri;
    const client = uri === undefined ? undefined : await session.ready();
    if (client === undefined || uri === undefined) return;
    const next = await chooseFilters(client, client.code2ProtocolConverter.asUri(uri), filters());
    if (next !== undefined) await keep(next);
  };
  return Disposable.from(
    status,
    commands.registerCommand('daxMetrics.choosePreview', choose),
    // For other parts of the extension, which know the filters already; no palette offers it.
    commands.registerCommand('daxMetrics.setPreview', (filters: readonly PreviewFilter[]) => keep(filters)),
    commands.registerCommand('daxMetrics.clearPreview', () => keep([])),
    // The server is told before it is asked for values: requests are answered in their order.
    session.onDidStart((client) => {
      const params: SetPreviewParams = { filters: filters() };
      void client.sendRequest('daxMetrics/setPreview', params).then(() => status.refresh());
      void commands.executeCommand('setContext', 'daxMetrics.previewFiltered', params.filters.length > 0);
    }),
  );
};
