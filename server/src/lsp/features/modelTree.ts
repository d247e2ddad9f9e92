// daxMetrics/modelTree and daxMetrics/tableRows, with a notification when lines are others
import { linesOnce, placed } from '../locations.ts';
import type { ModelTreeChanged, ModelTreeNode, ModelTreeParams, ModelTreeResult, TableRowsParams, TableRowsResult } from '../protocol/modelTree.ts';
import { ownRequest, request } from './feature.ts';

export const modelTreeFeature = request<ModelTreeParams, ModelTreeResult>({
  method: 'daxMetrics/modelTree',
  declare: () => ({}),
  neutral: [],
  async run({ path }, ctx) {
    const linesOf = linesOnce(ctx);
    const nodes: ModelTreeNode[] = [];
    for (const { place, ...node } of await ctx.service.modelTree(path)) nodes.push({ ...node, ...(await placed(ctx, linesOf, place)) });
    return nodes;
  },
  also(connection, { service, followsChanges }) {
    if (!followsChanges) return;
    const tell = (it: ModelTreeChanged): void => void connection.sendNotification('daxMetrics/modelTreeChanged', it);
    service.onDidChange(() => tell({}));
    service.onLateTree((path) => tell({ path }));
  },
});

export const tableRowsFeature = ownRequest<TableRowsParams, TableRowsResult>(
  'daxMetrics/tableRows', async ({ model, table }, { service }) => (await service.tableRows(model, table)) ?? null, null,
);
