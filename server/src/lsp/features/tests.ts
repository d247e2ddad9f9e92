// daxMetrics/tests, daxMetrics/runTests and daxMetrics/pin: the tags of the workspace as an editor's tests, and new ones
import type { FileTests } from '../../ide/tests/list.ts';
import type { Pin } from '../../ide/tests/pin.ts';
import type { WorkspaceDocument } from '../../workspace/types.ts';
import type { PinParams, PinResult, RunTestsParams, TestFile, TestOutcome, TestsParams } from '../protocol.ts';
import { toOffset, toRange, uriOf } from '../convert.ts';
import { clientUri } from '../locations.ts';
import { ownRequest, type FeatureContext } from './feature.ts';

export const testsFeature = ownRequest<TestsParams, readonly TestFile[]>('daxMetrics/tests', async ({ uri }, ctx) => {
  const found = await ctx.service.tests(uri === undefined ? undefined : uriOf({ uri }));
  return found.map((it) => toFile(ctx, it));
}, []);

export const runTestsFeature = ownRequest<RunTestsParams, readonly TestOutcome[]>('daxMetrics/runTests', async ({ uri, ids }, { service }, token) => {
  const outcomes: TestOutcome[] = [];
  let started = Date.now();
  await service.runTests(uriOf({ uri }), ids, token, (done) => {
    const now = Date.now();
    for (const { madeUp, filter, ...it } of done) {
      outcomes.push({
        ...it,
        ...(filter === undefined ? {} : { filter }),
        ...(madeUp === undefined ? {} : { generated: madeUp }),
        milliseconds: (now - started) / done.length,
      });
    }
    started = now;
  });
  return outcomes;
}, []);

export const pinFeature = ownRequest<PinParams, PinResult>('daxMetrics/pin', async ({ uri, position }, { service }) => {
  const own = uriOf({ uri });
  const document = await service.document(own);
  const pin = document === undefined ? undefined : await service.pin(own, toOffset(document, position));
  return document === undefined || pin === undefined ? null : toPinResult(document, pin);
}, null);

export function toPinResult(document: WorkspaceDocument, pin: Pin): PinResult {
  if (pin.kind === 'refused') return pin;
  const { kind, tag, tags, held, left, metric } = pin;
  return { kind, tag, tags, held, left, metric, edits: pin.edits.map(({ span, newText }) => ({ range: toRange(document, span), newText })) };
}

function toFile(ctx: FeatureContext, { document, metrics }: FileTests): TestFile {
  return {
    uri: clientUri(ctx, document.uri),
    metrics: metrics.map(({ id, name, span, tags }) => ({
      id,
      name,
      range: toRange(document, span),
      tags: tags.map((it) => ({ id: it.id, title: it.title, range: toRange(document, it.span), ...(it.model === undefined ? {} : { model: it.model }) })),
    })),
  };
}
