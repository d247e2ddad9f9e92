// Metrics that are defined twice: where the two part is listed, and under filters that remove what is known to set them
// apart they are the same. Every one of those filters is needed, so the rows show every difference that is named.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { expectations, type Compare, type EqualExpectation } from '../../server/src/expect/index.ts';
import { runTags } from '../../server/src/workspace/expectationRun.ts';
import { runComparison } from '../../server/src/workspace/comparisonRun.ts';
import { createWorkspace } from '../../server/src/workspace/index.ts';
import type { TagContext } from '../../server/src/workspace/tagRun.ts';
import { createNodeFiles } from '../../server/src/host/node/files.ts';
import { engineOver, metricFiles } from './sample.ts';

const folder = `${pathToFileURL(path.resolve(import.meta.dirname, '../../samples/omnichannel')).href}/`;
const workspace = createWorkspace({
  host: { files: createNodeFiles([folder]), engine: engineOver(folder), now: () => Date.UTC(2031, 1, 28) },
  folders: [folder],
});
afterAll(() => workspace.dispose());

interface Defined {
  readonly file: string;
  readonly metric: string;
  readonly context: TagContext;
  readonly equal: readonly EqualExpectation[];
  readonly compares: readonly Compare[];
}

const models = await workspace.models();
const defined: Defined[] = [];
for (const file of metricFiles) {
  const document = await workspace.document(folder + file);
  for (const region of document?.regions ?? []) {
    for (const segment of region.segments) {
      const { item } = segment.segment;
      const [reading] = segment.readings;
      if (item.kind !== 'measure' || item.docs === undefined || reading === undefined) continue;
      const tags = expectations(item.docs);
      defined.push({
        file, metric: item.name, context: { workspace, region, segment, reading, models, cancellation: undefined },
        equal: tags.expectations.filter((tag) => tag.kind === 'equal'), compares: tags.compares,
      });
    }
  }
}

const named = (it: Defined): string => `${it.file}: ${it.metric}`;
const conditions = defined.flatMap((one) => one.equal.flatMap((tag) => tag.where.map((filter, i) => ({ name: `${named(one)} without ${filter.text.replace(/\s+/g, ' ')}`, one, tag, i }))));

it('every historical metric that real time has too is held against it', () => {
  const compared = defined.filter((it) => it.compares.some((tag) => tag.other.text.startsWith('[realtime::'))).map((it) => it.metric);
  expect(compared.length).toBeGreaterThan(25);
  for (const it of defined) expect(it.compares.length > 0, named(it)).toBe(it.equal.some((tag) => tag.where.length > 0));
});

describe('where the two are the same', () => {
  it.each(conditions.map((it) => [it.name, it] as const))('%s they are not', async (_name, { one, tag, i }) => {
    const [result] = await runTags(one.context, one.metric, [{ ...tag, where: tag.where.filter((_, at) => at !== i) }]);
    expect(result?.passed, result?.actual).toBe(false);
    expect(result?.notEvaluated).toBeUndefined();
  });

  it.each(defined.filter((it) => it.equal.length > 0).map((it) => [named(it), it] as const))('%s names each difference', (_name, { context, equal }) => {
    for (const { span, where } of equal) {
      const text = context.segment.segment.text.slice(span.start, context.segment.segment.text.indexOf('\n', span.end));
      expect((text.match(/ \/\/ \S/g) ?? []).length, text).toBe(where.length);
    }
  });
});

describe('where the two part', () => {
  it.each(defined.filter((it) => it.compares.length > 0).map((it) => [named(it), it] as const))('%s lists groups and rows', async (_name, { metric, context, compares }) => {
    for (const tag of compares) {
      const it = await runComparison(context, metric, tag);
      expect(it.details.some((line) => /groups? part:$/.test(line)), it.title).toBe(true);
      if (tag.rows.length > 0) expect(it.details.some((line) => /^ {2}\d+ (?:only in|in both)/.test(line)), it.title).toBe(true);
    }
  });
});
