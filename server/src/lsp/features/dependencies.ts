// daxMetrics/dependencies
import type { LanguageService } from '../../ide/service.ts';
import { toOffset, uriOf } from '../convert.ts';
import { linesOnce, placed } from '../locations.ts';
import type { DependenciesParams, DependenciesResult, DependencyGraphNode } from '../protocol/dependencies.ts';
import { ownRequest } from './feature.ts';

export const dependenciesFeature = ownRequest<DependenciesParams, DependenciesResult>(
  'daxMetrics/dependencies',
  async (params, ctx) => {
    const graph = 'model' in params ? await ctx.service.dependencyGraphOf(params.model, params.metric) : await atPlace(params, ctx.service);
    if (graph === undefined) return null;
    const linesOf = linesOnce(ctx);
    const nodes: DependencyGraphNode[] = [];
    for (const { place, ...node } of graph.nodes) nodes.push({ ...node, ...(await placed(ctx, linesOf, place)) });
    return { ...graph, nodes };
  },
  null,
);

async function atPlace({ textDocument, position }: Extract<DependenciesParams, { position: unknown }>, service: LanguageService): ReturnType<LanguageService['dependencyGraphAt']> {
  const uri = uriOf(textDocument);
  const document = await service.document(uri);
  return document === undefined ? undefined : service.dependencyGraphAt(uri, toOffset(document, position));
}
