// daxMetrics/testCoverage: the definitions and branches that tests reach
import type { DocumentCoverage } from '../../workspace/testCoverage.ts';
import type { CoveredFile, TestCoverageParams } from '../protocol.ts';
import { toRange, uriOf } from '../convert.ts';
import { clientUri } from '../locations.ts';
import { ownRequest, type FeatureContext } from './feature.ts';

export const testCoverageFeature = ownRequest<TestCoverageParams, readonly CoveredFile[]>('daxMetrics/testCoverage', async ({ tests }, ctx, token) => {
  const found = await ctx.service.testCoverage(tests.map(({ uri, ids }) => ({ uri: uriOf({ uri }), ids })), token);
  return found.map((it) => toFile(ctx, it));
}, []);

function toFile(ctx: FeatureContext, { document, metrics }: DocumentCoverage): CoveredFile {
  return {
    uri: clientUri(ctx, document.uri),
    metrics: metrics.map(({ name, nameSpan, contexts, choices }) => ({
      name,
      range: toRange(document, nameSpan),
      count: contexts,
      choices: choices.map((it) => ({
        name: it.name,
        range: toRange(document, it.span),
        branches: it.branches.map(({ label, span, taken }) => ({ label, range: toRange(document, span), count: taken })),
      })),
    })),
  };
}
