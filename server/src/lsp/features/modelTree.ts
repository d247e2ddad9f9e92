// daxMetrics/modelTree and daxMetrics/tableRows, with a notification when lines are others
import type { TreeNode } from '../../ide/modelTree/node.ts';
import { toRange } from '../convert.ts';
import { clientUri, linesOnce } from '../locations.ts';
import type { ModelTreeChanged, ModelTreeNode, ModelTreeParams, ModelTreeResult, TableRowsParams, TableRowsResult } from '../protocol/modelTree.ts';
import { ownRequest, request, type FeatureContext } from './feature.ts';

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
  also(connection, { service }) {
    const tell = (it: ModelTreeChanged): void => void connection.sendNotification('daxMetrics/modelTreeChanged', it);
    service.onDidChange(() => tell({}));
    service.onLateTree((path) => tell({ path }));
  },
});

export const tableRowsFeature = ownRequest<TableRowsParams, TableRowsResult>(
  'daxMetrics/tableRows', async ({ model, table }, { service }) => (await service.tableRows(model, table)) ?? null, null,
);

async function placed(ctx: FeatureContext, linesOf: ReturnType<typeof linesOnce>, place: TreeNode['place']): Promise<Pick<ModelTreeNode, 'place'>> {
  const lines = place === undefined ? undefined : await linesOf(place.uri);
  return place === undefined || lines === undefined ? {} : { place: { uri: clientUri(ctx, place.uri), range: toRange({ lines }, place.span) } };
}
